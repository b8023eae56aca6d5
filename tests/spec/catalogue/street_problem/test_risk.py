"""Risk is impact times likelihood; the category follows from the table of the day."""

from __future__ import annotations

from itertools import product

import pytest

from frontdoor.decisions.automation import may_automate
from frontdoor.decisions.weighing import rules_for
from tests.spec.catalogue.street_problem.reporting import RECEIVED, known, pack, sheet

REPORT = {"category": "pothole", "danger": "none", "hole_depth": "golf_ball"}
TABLE = {
    16: "emergency",
    12: "high",
    9: "high",
    8: "medium",
    6: "medium",
    4: "low",
    3: "low",
    2: "none",
    1: "none",
}
BEFORE = {**TABLE, 9: "medium", 3: "none"}


@pytest.mark.parametrize(("impact", "likelihood"), list(product(range(1, 5), repeat=2)))
def test_category_follows_from_the_table_of_the_day(impact: int, likelihood: int) -> None:
    now = known(REPORT, impact=impact, likelihood=likelihood).values
    then = known(REPORT, received_on="2024-03-31", impact=impact, likelihood=likelihood).values

    assert (now["risk"], now["defect_category"]) == (impact * likelihood, TABLE[impact * likelihood])
    assert then["defect_category"] == BEFORE[impact * likelihood]


@pytest.mark.parametrize(
    ("impact", "likelihood", "outcome"),
    [
        (4, 4, "make safe"),
        (3, 3, "make safe"),
        (2, 3, "plan repair"),
        (1, 3, "plan repair"),
        (1, 2, "look again at what was found"),
    ],
)
def test_what_is_suggested_after_the_inspection(impact: int, likelihood: int, outcome: str) -> None:
    assert sheet(REPORT, impact=impact, likelihood=likelihood).outcome == outcome


def test_size_alone_gives_no_category() -> None:
    found = known({**REPORT, "hole_depth": "deeper", "hole_width": "wider"}).values

    assert "defect_category" not in found
    assert sheet({**REPORT, "hole_depth": "deeper"}).outcome == "inspect"


def test_software_closes_nothing() -> None:
    rules = rules_for(rule_sets=pack().rules, on=RECEIVED)

    assert not may_automate(sheet=sheet(REPORT, impact=1, likelihood=1), rules=rules, consent=True)
