"""The life of an application: moves in, states, words and effects out."""

from __future__ import annotations

from typing import Any

import pytest

from frontdoor.journeys.definition import Effect, Mover, Situation, Verb, Wants
from frontdoor.journeys.moving import MoveNotOffered, make_move
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.blue_badge.applying import chapter, pack

LIVES: dict[str, dict[str, Any]] = chapter("lives.yaml")
NOT_OFFERED: list[dict[str, Any]] = chapter("not_offered.yaml")
PERSON: dict[str, Json] = {"applicant": "person"}


def situation(state: str, who: str, facts: dict[str, Json]) -> Situation:
    """Somebody who has given all that any move wants."""
    asks = {name for move in pack().journey.moves.values() for name in move.asks}
    return Situation(state, frozenset({Mover(who)}), facts, frozenset(), frozenset(Wants), frozenset(asks))


@pytest.mark.parametrize("name", LIVES)
def test_life_of_an_application(name: str) -> None:
    life, journey = LIVES[name], pack().journey
    state, effects, clock = journey.starts_at, list[Effect](), list[str]()
    states, updates = [], []
    for step in life["moves"]:
        [(who, move)] = step.items()
        moved = make_move(
            journey=journey, move=move, situation=situation(state, who, life.get("facts", PERSON))
        )
        state = moved.state.name
        states.append(state)
        updates.append(moved.update or "*")
        effects += moved.effects
        clock += ["stopped"] * moved.stops_clock + ["started"] * moved.starts_clock

    assert states == life["states"]
    assert updates == life["updates"]
    assert journey.states[state].ends_as == life.get("ends as")
    done = [f"{each.verb.value} {each.what}".strip() for each in effects if each.verb.value != "record"]
    assert done == life.get("effects", done)
    assert clock == life.get("clock", clock)


@pytest.mark.parametrize(
    "case", NOT_OFFERED, ids=lambda each: f"{each['who']}: {each['move']}, {each['state']}"
)
def test_move_is_not_there(case: dict[str, Any]) -> None:
    asked = situation(case["state"], case["who"], case.get("facts", PERSON))

    with pytest.raises(MoveNotOffered):
        make_move(journey=pack().journey, move=case["move"], situation=asked)


def test_only_a_second_officer_ends_in_a_refusal() -> None:
    into = {
        move.name: move.by
        for move in pack().journey.moves.values()
        if move.to in ("refused", "review upheld")
    }

    assert into == {
        "confirm refusal": {Mover.SOMEONE_ELSE},
        "uphold decision": {Mover.SOMEONE_ELSE},
    }


def test_every_state_that_is_left_to_the_customer_has_words_for_it() -> None:
    silent = {name for name, state in pack().journey.states.items() if state.update is None}

    assert silent == {"refusal to confirm", "deceased", "holder deceased"}


def test_paid_fee_is_given_back_when_there_is_no_badge() -> None:
    gives_back = {
        move.name
        for move in pack().journey.moves.values()
        for effect in move.does
        if effect.verb == "refund payment"
    }

    assert gives_back == {"confirm refusal", "withdraw", "record death"}


def test_badge_has_a_number_an_end_and_a_reminder_twelve_weeks_before() -> None:
    badge = pack().journey.issues["badge"]

    assert (badge.number, badge.starts, badge.expires) == ("blue badge number", "start_on", "expires_on")
    assert (str(badge.remind_before), badge.remind_update) == ("12 weeks", "reapply")


def test_review_is_asked_for_and_answered_within_28_days_by_someone_else() -> None:
    [rules] = pack().rules

    assert rules.review is not None
    assert (rules.review.called, rules.review.ask_within_days, rules.review.answer_within_days) == (
        "review",
        28,
        28,
    )
    assert rules.review.by_someone_else
    assert str(pack().journey.promises["answer review"].within) == "28 days"


def test_nobody_is_reminded_of_a_badge_that_was_cancelled_or_whose_holder_has_died() -> None:
    cancels = {
        move.name for move in pack().journey.moves.values() if Effect(Verb.CANCEL, "badge") in move.does
    }

    assert cancels == {"cancel badge", "record death of holder", "record death"}
