"""Who can have a Blue Badge: figures in, outcome out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from frontdoor.decisions.automation import may_automate
from frontdoor.decisions.definition import Automation, Status
from frontdoor.decisions.weighing import rules_for
from frontdoor.forms.asking import interrupt_due
from frontdoor.journeys.checks import refuses
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.blue_badge.applying import RECEIVED, answers_of, chapter, known, pack, sheet

FIXTURES = chapter("fixtures.yaml")
NAMES = [each["id"] for each in FIXTURES]
OUTCOMES = {"route 1": "approve", "assess": "assess", "fast track": "fast track", "redirect": "transfer"}


def given_of(figures: Mapping[str, Any]) -> dict[str, Json]:
    return {"issuing_authority": figures["postcode_authority"]} if "postcode_authority" in figures else {}


@pytest.mark.parametrize("figures", FIXTURES, ids=NAMES)
def test_outcome_when_everything_has_been_seen(figures: Mapping[str, Any]) -> None:
    weighed = sheet(answers_of(figures), given=given_of(figures))

    assert weighed.outcome == OUTCOMES[figures["expect"]]
    passes = weighed.groups["eligible without assessment"] is Status.MET
    assert passes == (figures["expect"] == "route 1")


@pytest.mark.parametrize(
    "figures", [each for each in FIXTURES if "expiry" in each], ids=lambda each: each["id"]
)
def test_badge_ends_on_the_day_the_rules_give(figures: Mapping[str, Any]) -> None:
    assert sheet(answers_of(figures)).computed["expires_on"] == figures["expiry"]


@pytest.mark.parametrize(
    "figures", [each for each in FIXTURES if each["expect"] == "route 1"], ids=lambda f: f["id"]
)
def test_claim_without_papers_is_asked_for_them(figures: Mapping[str, Any]) -> None:
    weighed = sheet(answers_of(figures), seen=frozenset())

    assert weighed.outcome == "ask for evidence"
    assert {"identity", "address", "photo"} < set(weighed.asks_for)


def test_person_of_another_council_is_told_before_any_more_is_asked() -> None:
    facts = known({"applicant": "person"}, {"issuing_authority": "other", "issuing_authority_name": "Other"})

    due = interrupt_due(form=pack().form, facts=facts.values, not_asked=facts.not_asked, seen=frozenset())

    assert due is not None
    assert (due.name, due.then.value, due.counts_as) == ("lives elsewhere", "stop", "not ours")


def test_address_is_asked_before_anything_about_health() -> None:
    asked = [question.id for section in pack().form.sections for question in section.questions]

    assert asked.index("home_address") == 1
    assert asked[0] == "applicant"


@pytest.mark.parametrize("figures", FIXTURES, ids=NAMES)
def test_software_decides_nothing(figures: Mapping[str, Any]) -> None:
    rules = rules_for(rule_sets=pack().rules, on=RECEIVED)
    weighed = sheet(answers_of(figures), given=given_of(figures))

    assert rules.automation is Automation.PREPARE_ONLY
    assert not may_automate(sheet=weighed, rules=rules, consent=True)


def test_no_outcome_refuses() -> None:
    for rules in pack().rules:
        assert [each.name for each in rules.outcomes if refuses(each.name) or refuses(each.says)] == []


MOVING, JOURNEYS = (0, 4, 8, 10, 12), "ABCDEF"


@pytest.mark.parametrize(("points", "descriptor"), list(product(MOVING, JOURNEYS)))
def test_pip_passes_by_eight_points_or_by_descriptor_e_alone(points: int, descriptor: str) -> None:
    figures = {"age": 47, "pip_moving": points, "pip_planning": {"descriptor": descriptor}}

    is_passed = sheet(answers_of(figures)).groups["eligible without assessment"] is Status.MET

    assert is_passed == (points >= 8 or descriptor == "E")


ENDS = [
    ("an ongoing award gives three years", "ongoing", None, "2029-11-21"),
    ("an award that ends sooner ends the badge", "fixed", "2028-02-29", "2028-02-29"),
    ("an award that ends later does not lengthen it", "fixed", "2029-11-22", "2029-11-21"),
]


@pytest.mark.parametrize("benefit", [{"pip_moving": 8}, {"dla_mobility": "higher"}, {"wpms": True}], ids=str)
@pytest.mark.parametrize(("name", "length", "ends_on", "expected"), ENDS, ids=[each[0] for each in ENDS])
def test_badge_never_outlasts_its_award(
    benefit: dict[str, Any], name: str, length: str, ends_on: str | None, expected: str
) -> None:
    answers = {**answers_of({"age": 60, **benefit}), "award_length": length, "award_ends_on": ends_on}

    assert sheet(answers).computed["expires_on"] == expected


def test_award_of_someone_assessed_does_not_shorten_the_badge() -> None:
    answers = answers_of({"age": 60, "pip_moving": 4})
    found: dict[str, Json] = {"assessed_walking": "meets", "assessed_lasting": True}

    weighed = sheet(answers, given=found)

    assert weighed.outcome == "approve after assessment"
    assert weighed.computed["expires_on"] == "2029-11-21"


def test_end_of_the_award_that_nobody_knows_is_a_doubt() -> None:
    answers = {**answers_of({"age": 60, "pip_moving": 8}), "award_length": "unsure"}

    weighed = sheet(answers)

    assert weighed.outcome == "check evidence"
    assert weighed.doubts == ("award end date",)
    assert "expires_on" not in weighed.computed


def test_fee_is_ten_pounds() -> None:
    assert sheet(answers_of({"age": 60, "wpms": True})).values["fee"] == 10
    approved = known({"applicant": "organisation"}, {"badges_agreed": 3})
    assert approved.values["organisation_fee"] == 30
