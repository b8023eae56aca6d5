"""The life of a request: second pair of eyes, alternatives apart from declines, vouchers, reconsideration."""

from __future__ import annotations

import re
from typing import Any

import pytest

from frontdoor.catalogue.templates import NAME
from frontdoor.journeys.definition import Effect, Mover, Situation, Verb, Wants
from frontdoor.journeys.moving import MoveNotOffered, make_move
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.crisis_support.asking import RECEIVED, chapter, known, pack

LIVES: dict[str, dict[str, Any]] = chapter("lives.yaml")
LONGEST = {
    "council": "Wealdmoor County Council",
    "council_phone": "01632 960100",
    "reference": "CS-4T7K-92M",
    "track_link": "https://my.wealdmoor.example/track/CS-4T7K-92M",
}
TELLS = re.compile(r"crisis|voucher|food|fuel|abuse|hardship|award|money|help\b", re.I)


def situation(state: str, who: str, facts: dict[str, Json]) -> Situation:
    """Somebody who has given all that any move wants."""
    asks = {name for move in pack().journey.moves.values() for name in move.asks}
    return Situation(state, frozenset({Mover(who)}), facts, frozenset(), frozenset(Wants), frozenset(asks))


@pytest.mark.parametrize("name", LIVES)
def test_life_of_a_request(name: str) -> None:
    life, journey = LIVES[name], pack().journey
    state, effects = journey.starts_at, list[Effect]()
    states, updates = list[str](), list[str]()
    for step in life["moves"]:
        [(who, move)] = step.items()
        moved = make_move(journey=journey, move=move, situation=situation(state, who, life.get("facts", {})))
        state = moved.state.name
        states.append(state)
        updates.append(moved.update or "*")
        effects += moved.effects

    assert states == life["states"]
    assert updates == life["updates"]
    assert journey.states[state].ends_as == life.get("ends as")
    assert [each.what for each in effects if each.verb is Verb.ISSUE] == life.get("issued", [])
    assert [each.what for each in effects if each.verb is Verb.CANCEL] == life.get("cancelled", [])


NOT_THERE: list[tuple[str, str, str, dict[str, Json]]] = [
    (
        "officer",
        "award proposed",
        "give food and fuel award",
        {"award_for": "food_and_fuel", "second_eyes": True},
    ),
    (
        "officer",
        "award proposed",
        "confirm food and fuel award",
        {"award_for": "food_and_fuel", "second_eyes": True},
    ),
    ("officer", "award proposed", "confirm household items award", {"award_for": "items"}),
    ("officer", "decline to confirm", "confirm decline", {}),
    ("officer", "looking again", "uphold decision", {}),
    ("system", "looking into it", "decline", {"alternatives_recorded": True}),
    ("officer", "received", "decline", {"alternatives_recorded": True}),
    ("officer", "looking into it", "decline", {}),
    ("officer", "looking into it", "find alternative", {"alternatives_recorded": False}),
    ("officer", "being sent", "send voucher", {"is_voucher": False}),
]


@pytest.mark.parametrize(("who", "state", "move", "facts"), NOT_THERE)
def test_move_is_not_there(who: str, state: str, move: str, facts: dict[str, Json]) -> None:
    with pytest.raises(MoveNotOffered):
        make_move(journey=pack().journey, move=move, situation=situation(state, who, facts))


@pytest.mark.parametrize(
    ("award_for", "amounts", "total", "needs_two"),
    [
        ("food_and_fuel", {"food_and_fuel_amount": 150}, 150, False),
        ("food_and_fuel", {"food_and_fuel_amount": 151}, 151, True),
        ("items", {"items_amount": 40}, 40, False),
        ("both", {"food_and_fuel_amount": 60, "items_amount": 240}, 300, True),
    ],
)
def test_larger_awards_want_a_second_pair_of_eyes(
    award_for: str, amounts: dict[str, Json], total: int, needs_two: bool
) -> None:
    values = known({}, award_for=award_for, **amounts).values

    assert (values["award_total"], values["second_eyes"]) == (total, needs_two)


def test_ends_are_counted_apart() -> None:
    ends = {state.ends_as for state in pack().journey.states.values() if state.ends_as}

    assert {
        "award given",
        "alternative found",
        "declined",
        "duty of another body",
        "closed without information",
    } <= ends
    assert len(ends) == 8


def test_only_a_second_officer_ends_in_a_decline() -> None:
    into = {
        move.name: move.by
        for move in pack().journey.moves.values()
        if move.to in ("declined", "decision stands")
    }

    assert into == {"confirm decline": {Mover.SOMEONE_ELSE}, "uphold decision": {Mover.SOMEONE_ELSE}}


def test_unused_vouchers_are_reminded_of() -> None:
    reminders = pack().journey.states["voucher sent"].reminders

    assert [each.update for each in reminders] == ["voucher reminder", "voucher reminder"]


@pytest.mark.parametrize("name", pack().updates)
def test_what_a_locked_screen_shows_says_nothing(name: str) -> None:
    words = pack().updates[name]
    text = NAME.sub(lambda found: LONGEST.get(found[1], "10:30am on 15 December 2026"), words.text)

    assert TELLS.search(words.subject + words.text) is None
    assert 0 < len(text) <= 160, len(text)


@pytest.mark.parametrize("name", ["declined", "decision stands"])
def test_decline_gives_reasons_other_help_and_the_way_on(name: str) -> None:
    body = pack().updates[name].body

    assert "{reasons}" in body
    assert "other help" in body.lower()
    assert ("{review_by}" in body) == (name == "declined")
    assert "appeal" not in body


def test_articles_are_in_date_and_say_where_they_come_from() -> None:
    assert all(each.review_by > RECEIVED and each.source for each in pack().articles.values())
    assert len(pack().examples) >= 24
    assert len(pack().says) >= 40
