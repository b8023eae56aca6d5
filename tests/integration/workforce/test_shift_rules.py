"""The rules of shifts as the council says them: the usual ones where it says nothing, and what cannot be is refused."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from pydantic import ValidationError

from frontdoor.catalogue.council import ShiftRules
from frontdoor.catalogue.published import our_council
from frontdoor.staff.models import User
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import Part
from frontdoor.workforce.records.rotas.solving import make_rota
from frontdoor.workforce.records.terms import shift_rules
from frontdoor.workforce.records.terms.shift_rules import rules_of
from frontdoor.workforce.rota.definition import Pause, Rules, Span
from tests.integration.workforce.conftest import AT, MONDAY
from tests.integration.workforce.test_covering import calls, contract

NEXT = MONDAY + timedelta(days=7)
pytestmark = pytest.mark.any_database


def test_the_usual_rules_are_those_of_the_rota() -> None:
    assert rules_of(ShiftRules()) == Rules()


def test_pauses_come_in_from_the_hours_that_are_said() -> None:
    said = ShiftRules.model_validate(
        {
            "lunch": {"minutes": 45, "from hours": 4, "earliest": "12:00", "latest": "14:00", "paid": True},
            "breaks": {"one from hours": 6, "two from hours": 6},
            "rest hours": 12,
            "desks": 3,
        }
    )
    found = rules_of(said)
    lunch, rest = Pause("lunch", 3, window=Span(48, 56)), Pause("break", 1)
    assert [(each.least, each.pauses) for each in found.patterns] == [
        (0, ()),
        (16, (lunch,)),
        (24, (rest, lunch, rest)),
    ]
    assert (found.rest, found.desks) == (48, 3)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"shortest hours": 9}, "longer than the longest"),
        ({"longest hours": 7.1}, "multiple of 0.25"),
        ({"rest hours": 9}, "greater than or equal to 11"),
        ({"breaks": {"one from hours": 8, "two from hours": 7}}, "a second break"),
        ({"lunch": {"earliest": "12:10"}}, "at a quarter of an hour"),
        ({"lunch": {"minutes": 60, "earliest": "12:00", "latest": "12:30"}}, "longer than lies between"),
    ],
)
def test_what_cannot_be_is_refused(said: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ShiftRules.model_validate(said)


def test_a_rota_keeps_to_what_the_council_says(
    alice: User, petra: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lunch = {"minutes": 60, "from hours": 4, "earliest": "12:30", "latest": "14:00"}
    planning = our_council().planning.model_copy(
        update={"shifts": ShiftRules.model_validate({"lunch": lunch})}
    )
    council = our_council().model_copy(update={"planning": planning})
    monkeypatch.setattr(shift_rules, "our_council", lambda: council)
    publish_forecast(found=calls(1.0, first=NEXT), by=petra, at=AT)
    contract(alice)
    make_rota(monday=NEXT, by=petra, at=AT, rng=Random(1))
    lunches = list(Part.objects.filter(kind="lunch"))
    assert len(lunches) == 5
    assert {each.ends_at - each.starts_at for each in lunches} == {timedelta(hours=1)}
    assert all(each.starts_at.strftime("%H:%M") >= "12:30" for each in lunches)
