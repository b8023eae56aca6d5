"""Danger is heard before anything else is asked, and a number to call is given."""

from __future__ import annotations

import pytest

from frontdoor.kernel.facts import Json
from tests.spec.catalogue.street_problem.reporting import interrupt, known, pack, sheet

DANGERS: list[tuple[str, dict[str, Json]]] = [
    ("someone is hurt", {"category": "ice", "danger": "hurt"}),
    ("danger now", {"category": "ice", "danger": "now"}),
    ("dangerous kind", {"category": "street light", "danger": "none", "light_fault": "wires"}),
    ("dangerous kind", {"category": "street light", "danger": "none", "light_fault": "leaning"}),
    ("dangerous kind", {"category": "traffic light", "danger": "none", "signal_fault": "all_out"}),
    ("dangerous kind", {"category": "drain", "danger": "none", "drain_fault": "cover_missing"}),
    ("dangerous kind", {"category": "tree", "danger": "none", "tree_fault": "fallen"}),
    ("dangerous kind", {"category": "flooding", "danger": "none", "flood_depth": "cars_stuck"}),
    ("dangerous kind", {"category": "bridge", "danger": "none", "bridge_fault": "fallen"}),
    ("sounds dangerous", {"category": "verge", "danger": "none", "what_is_wrong": "There is a live wire"}),
    ("sounds dangerous", {"category": "verge", "danger": "none", "what_is_wrong": "The WALL has COLLAPSED!"}),
]
IDS = [f"{name}: {list(answers.values())[-1]}" for name, answers in DANGERS]


@pytest.mark.parametrize(("name", "answers"), DANGERS, ids=IDS)
def test_danger_interrupts_with_a_number_and_may_go_on(name: str, answers: dict[str, Json]) -> None:
    due = interrupt(answers)

    assert due is not None
    assert (due.name, due.then.value, due.counts_as) == (name, "go on", "emergency")
    assert "{highways_line}" in due.say
    assert "999" in due.say


@pytest.mark.parametrize(("name", "answers"), DANGERS, ids=IDS)
def test_danger_is_looked_at_at_once(name: str, answers: dict[str, Json]) -> None:
    assert sheet(answers).outcome == "look at once"


def test_no_danger_is_not_interrupted() -> None:
    assert (
        interrupt(
            {"category": "drain", "danger": "none", "drain_fault": "smells", "what_is_wrong": "It smells"}
        )
        is None
    )


def test_gas_is_never_a_form() -> None:
    due = interrupt({"category": "gas smell"}, owner={"is_us": False, "name": "Gas", "contact": "Call them."})

    assert due is not None
    assert (due.name, due.then.value) == ("gas", "stop")


def test_how_soon_we_look_is_known_whatever_is_left_out() -> None:
    for category in pack().form.question("category").options:
        found = known({"category": category.value, "danger": "none"})
        if category.value not in ("street light", "traffic light", "drain", "tree", "flooding", "bridge"):
            assert found.values["inspect_by"] == "ordinary"
    assert (
        known({"category": "street light", "danger": "none", "light_fault": "out"}).values["inspect_by"]
        == "light"
    )
    assert known({"category": "pothole", "danger": "now"}).values["inspect_by"] == "danger"
