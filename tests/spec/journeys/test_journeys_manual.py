"""The manual of journeys, run: moving, checks and promises."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from frontdoor.journeys.checks import faults
from frontdoor.journeys.definition import Moved
from frontdoor.journeys.moving import MoveNeeds, MoveNotOffered, make_move, moves_offered
from frontdoor.journeys.promises import promise_due, span_of, start_clock, stop_clock, warn_at
from frontdoor.kernel.clock import LONDON, london
from tests.builders.chapters import cases_of, read_yaml
from tests.builders.journeys import a_journey, a_promise, a_situation

HERE = Path(__file__).parent
MOVING = a_journey(read_yaml(HERE / "moving.yaml")["journey"])
SOUND: dict[str, Any] = read_yaml(HERE / "checks.yaml")["sound"]
GIVEN = {"state", "by", "facts", "move", "given", "answered", "not asked"}


@pytest.mark.parametrize("case", cases_of(HERE / "moving.yaml", "cases"))
def test_a_case_moves_as_the_manual_says(case: dict[str, Any]) -> None:
    situation = a_situation(case["state"], case)
    expected = {heading: value for heading, value in case.items() if heading not in GIVEN}
    if "move" not in case:
        found: dict[str, Any] = {
            "offered": [move.name for move in moves_offered(journey=MOVING, situation=situation)]
        }
    else:
        try:
            found = followed(make_move(journey=MOVING, move=case["move"], situation=situation))
        except MoveNotOffered as refusal:
            found = {"not offered": refusal.words}
        except MoveNeeds as wanting:
            found = {"needs": wanting.words}
    assert expected == {heading: found.get(heading) for heading in expected}


def followed(moved: Moved) -> dict[str, Any]:
    return {
        "to": moved.state.name,
        "update": moved.update,
        "reminders": [reminder.update for reminder in moved.reminders],
        "after": moved.after.move if moved.after else None,
        "clock": {(True, False): "stops", (False, True): "starts", (False, False): "unchanged"}[
            moved.stops_clock, moved.starts_clock
        ],
        "effects": [f"{effect.verb.value} {effect.what}" for effect in moved.effects],
        "ends as": moved.ends_as,
        "decides": moved.decides,
        "confirms": moved.confirms,
        "rule": moved.rule,
    }


def test_the_sound_journey_has_no_fault() -> None:
    assert faults(journey=a_journey(SOUND), outcomes=SOUND["outcomes"]) == []


@pytest.mark.parametrize("case", cases_of(HERE / "checks.yaml", "cases"))
def test_a_fault_is_named_where_it_stands(case: dict[str, Any]) -> None:
    found = faults(journey=a_journey(changed(SOUND, case["change"])), outcomes=SOUND["outcomes"])
    assert [f"{fault.where}: {fault.problem}" for fault in found] == case["faults"]
    assert all(fault.mend for fault in found)


def changed(sound: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    whole = deepcopy(sound)
    for key, value in change.items():
        if isinstance(value, dict):
            whole[key].update(value)
        else:
            whole[key] = value
    return whole


@pytest.mark.parametrize("case", cases_of(HERE / "promises.yaml"))
def test_a_promise_falls_due_as_the_manual_says(case: dict[str, Any]) -> None:
    promise, facts = a_promise("p", case["promise"]), case.get("facts", {})
    due_at = promise_due(promise=promise, start_at=instant(case["from"]), facts=facts)
    assert said(due_at) == case["due"]
    if due_at is not None:
        assert said(warn_at(promise=promise, due_at=due_at)) == case.get("warn")
    if due_at is not None and "stopped" in case:
        span = span_of(promise=promise, facts=facts)
        assert span is not None
        left = stop_clock(due_at=due_at, stopped_at=instant(case["stopped"]), span=span)
        assert said(start_clock(left=left, resumed_at=instant(case["started"]))) == case["due again"]


def instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON).astimezone(UTC)


def said(at: datetime | None) -> str | None:
    return f"{london(at):%Y-%m-%d %H:%M:%S}" if at else None
