"""How little time is left, who is in danger, and how they are reached."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frontdoor.forms.asking import evidence_asked, next_page
from frontdoor.journeys.promises import promise_due
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.crisis_support.asking import (
    FOOD,
    calculators,
    given_on,
    interrupt,
    known,
    pack,
    sheet,
)

RECEIVED_AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("runs_out", "hours", "urgency"),
    [
        ("gone", 0, "urgent"),
        ("today", 8, "urgent"),
        ("tomorrow", 24, "urgent"),
        ("few_days", 72, "soon"),
        ("later", 168, "soon"),
    ],
)
def test_hours_left_make_it_urgent(runs_out: str, hours: int, urgency: str) -> None:
    values = known({**FOOD, "runs_out": runs_out}).values

    assert (values["hours_left"], values["urgency"]) == (hours, urgency)


def test_danger_is_urgent_whatever_is_left() -> None:
    assert known({**FOOD, "runs_out": "later", "not_safe_now": "now"}).values["urgency"] == "urgent"


@pytest.mark.parametrize(
    ("urgency", "due_at"),
    [("urgent", datetime(2026, 11, 21, 17, tzinfo=UTC)), ("soon", datetime(2026, 11, 22, 17, tzinfo=UTC))],
)
def test_decision_is_promised_in_clock_hours(urgency: str, due_at: datetime) -> None:
    promise = pack().journey.promises["decide"]

    assert promise_due(promise=promise, start_at=RECEIVED_AT, facts={"urgency": urgency}) == due_at


ALARMS: list[tuple[str, dict[str, Json], str]] = [
    ("danger now", {"not_safe_now": "now"}, "emergency"),
    ("child at risk", {"household": ["child"], "child_at_risk": "now"}, "emergency"),
    ("nothing today", {"runs_out": "gone", "household": ["ill"]}, "emergency"),
    ("no public funds", {"public_funds": "limited"}, "advice"),
    ("too young", {"born_on": "2011-01-01"}, "advice"),
    ("not running out", {"runs_out": "later"}, "advice"),
]


@pytest.mark.parametrize(("name", "said", "counts_as"), ALARMS, ids=[each[0] for each in ALARMS])
def test_advice_comes_at_once_and_nobody_is_turned_away(
    name: str, said: dict[str, Json], counts_as: str
) -> None:
    due = interrupt({**FOOD, **said})

    assert due is not None
    assert (due.name, due.then.value, due.counts_as) == (name, "go on", counts_as)


def test_no_page_stops_anyone() -> None:
    assert [each.name for each in pack().form.interrupts if each.then.value == "stop"] == []


@pytest.mark.parametrize(
    "said", [{"not_safe_now": "now"}, {"household": ["baby"], "child_at_risk": "now"}], ids=str
)
def test_protection_comes_before_any_rule(said: dict[str, Json]) -> None:
    over: dict[str, Json] = {**FOOD, **said, "weeks_here": "fewer", "left_because": "other"}

    assert sheet(over, food_awards_counted=5).outcome == "protect first"


def asked_of(answers: dict[str, Json]) -> list[str]:
    """Every question put to someone who leaves out what may be left out."""
    said: dict[str, Json] = {}
    typed: dict[str, Json] = {
        "phone": None,
        "born_on": "1990-04-02",
        "share_with_helpers": True,
        "here_now": True,
    }
    while page := next_page(form=pack().form, answers=said, given=given_on(), calculators=calculators()):
        question = page.question
        last = question.options[-1].value if question.options else "words enough"
        several: Json = [last] if question.type.value == "choose many" else last
        said[question.id] = answers.get(
            question.id, None if question.is_optional else typed.get(question.id, several)
        )
        assert len(said) < 60
    return list(said)


def test_safe_ways_times_and_code_word_stand_before_every_contact() -> None:
    every = [question for section in pack().form.sections for question in section.questions]

    assert [each.id for each in every if each.is_contact_caution] == [
        "safe_contact",
        "safe_times",
        "code_word",
    ]


def test_safe_ways_are_asked_before_anything_else_about_contact() -> None:
    asked = asked_of({**FOOD, "not_safe_now": "not_always", "contact_by": "text"})

    assert asked.index("safe_contact") < asked.index("contact_by")
    assert {"safe_times", "code_word"} <= set(asked)


def test_who_is_safe_is_not_asked_how() -> None:
    asked = asked_of({**FOOD, "contact_by": "text"})

    assert {"safe_contact", "safe_times", "code_word", "items_needed", "meter", "left_because"} & set(
        asked
    ) == set()
    assert len(asked) <= 25


def test_refuge_need_not_give_an_address() -> None:
    asked = asked_of({**FOOD, "home": "refuge", "weeks_here": "six_or_more", "contact_by": "text"})

    assert "home_address" not in asked


@pytest.mark.parametrize(
    ("fact", "kinds"),
    [
        (None, []),
        ("bank_statement_wanted", ["bank statement"]),
        ("identity_wanted", ["identity"]),
        ("tenancy_wanted", ["tenancy"]),
    ],
)
def test_no_paper_is_asked_for_unless_an_officer_wants_it(fact: str | None, kinds: list[str]) -> None:
    found = known(FOOD, **({fact: True} if fact else {}))

    asked = evidence_asked(form=pack().form, facts=found.values, not_asked=found.not_asked)

    assert [each.name for each in asked] == kinds
