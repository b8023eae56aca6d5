"""Who can be helped: limits, and the way past each of them. No limit ends a request."""

from __future__ import annotations

import pytest

from frontdoor.decisions.automation import may_automate
from frontdoor.decisions.definition import Automation, Status
from frontdoor.decisions.weighing import rules_for
from frontdoor.journeys.checks import refuses
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.crisis_support.asking import FOOD, ITEMS, RECEIVED, known, pack, sheet

NEW: dict[str, Json] = {**FOOD, "weeks_here": "fewer", "left_because": "other"}
LIMITS: list[tuple[str, dict[str, Json], dict[str, Json], str]] = [
    ("a third award of food in 12 months", FOOD, {"food_awards_counted": 2}, "exception_food"),
    ("things for the home again", ITEMS, {"item_awards_ever": 1}, "exception_items"),
    ("no referral code", {**ITEMS, "has_referral": "nobody"}, {}, "exception_items"),
    ("fewer than 6 weeks here", NEW, {}, "exception_weeks"),
]
IDS = [each[0] for each in LIMITS]
READY: dict[str, Json] = {"alternatives_recorded": True}


@pytest.mark.parametrize(("name", "answers", "before", "exception"), LIMITS, ids=IDS)
def test_limit_that_is_reached_goes_to_an_officer(
    name: str, answers: dict[str, Json], before: dict[str, Json], exception: str
) -> None:
    assert sheet(answers, **before).outcome == "consider exception"


@pytest.mark.parametrize(("name", "answers", "before", "exception"), LIMITS, ids=IDS)
def test_exceptional_circumstances_open_the_way(
    name: str, answers: dict[str, Json], before: dict[str, Json], exception: str
) -> None:
    assert sheet(answers, **before, **READY, **{exception: True}).outcome == "ready to award"


@pytest.mark.parametrize(("name", "answers", "before", "exception"), LIMITS, ids=IDS)
def test_circumstances_that_are_not_exceptional_leave_it_to_an_officer(
    name: str, answers: dict[str, Json], before: dict[str, Json], exception: str
) -> None:
    assert sheet(answers, **before, **READY, **{exception: False}).outcome == "weigh what was found"


@pytest.mark.parametrize(("awards", "is_over"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_awards_of_food_or_fuel_in_12_months_are_the_limit(awards: int, is_over: bool) -> None:
    assert known(FOOD, food_awards_counted=awards).values["over_food_limit"] is is_over


@pytest.mark.parametrize(("months", "after"), [(12, "2025-11-21"), (6, "2026-05-21")])
def test_how_far_back_awards_count_is_a_dated_value_of_the_rules(months: int, after: str) -> None:
    assert pack().rules[0].values["food_award_months"]
    assert known(FOOD, food_award_months=months).values["food_awards_count_after"] == after


def test_one_need_does_not_use_up_the_limit_of_the_other() -> None:
    assert sheet(ITEMS, food_awards_counted=2, **READY).outcome == "ready to award"
    assert sheet(FOOD, item_awards_ever=1, **READY).outcome == "ready to award"


@pytest.mark.parametrize("left_because", ["abuse", "prison", "care"])
def test_six_weeks_do_not_matter_for_who_had_to_leave(left_because: str) -> None:
    weighed = sheet({**NEW, "left_because": left_because}, **READY)

    assert weighed.groups["weeks in the area"] is Status.MET
    assert weighed.outcome == "ready to award"


def test_six_weeks_do_not_matter_without_a_fixed_address() -> None:
    answers = {**NEW, "home": "none", "here_now": True}

    assert sheet(answers, **READY, issuing_authority=None).outcome == "ready to award"


@pytest.mark.parametrize(
    ("day", "is_cash", "larger"), [("2026-03-31", False, 100), ("2026-04-01", True, 150)]
)
def test_money_comes_first_since_april_2026(day: str, is_cash: bool, larger: int) -> None:
    values = sheet(FOOD, received_on=day).values

    assert (values["cash_first"], values["second_eyes_above"]) == (is_cash, larger)


@pytest.mark.parametrize("happened", ["benefit_cut", "benefit_wait", "costs", "other"])
def test_what_happened_is_never_a_reason_to_stop(happened: str) -> None:
    assert sheet({**FOOD, "what_happened": [happened]}, **READY).outcome == "ready to award"


def test_no_recourse_to_public_funds_is_advised_first() -> None:
    assert sheet({**FOOD, "public_funds": "limited"}, **READY).outcome == "advise about public funds"
    checked = sheet({**FOOD, "public_funds": "limited"}, **READY, funds_checked="may")
    assert checked.outcome == "ready to award"


def test_software_decides_nothing_and_no_outcome_says_no() -> None:
    current = rules_for(rule_sets=pack().rules, on=RECEIVED)

    assert current.automation is Automation.PREPARE_ONLY
    assert not may_automate(sheet=sheet(FOOD, **READY), rules=current, consent=True)
    outcomes = [outcome.name for rules in pack().rules for outcome in rules.outcomes]
    assert [name for name in outcomes if refuses(name)] == []


def test_reconsideration_is_asked_for_within_28_days_and_answered_by_someone_else() -> None:
    for rules in pack().rules:
        assert rules.review is not None
        assert (rules.review.called, rules.review.ask_within_days) == ("reconsideration", 28)
        assert rules.review.by_someone_else


def test_reasons_are_counted_apart() -> None:
    assert set(pack().rules[0].reasons) >= {
        "not resident",
        "over limit",
        "not a crisis",
        "duty of another body",
        "funds exhausted",
    }
