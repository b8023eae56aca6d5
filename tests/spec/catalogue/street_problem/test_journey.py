"""The life of a report: three clocks kept apart, ends counted apart, nothing merged, followers told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from frontdoor.journeys.definition import Effect, Mover, Situation, Verb, Wants
from frontdoor.journeys.moving import MoveNotOffered, make_move
from frontdoor.journeys.promises import promise_due, span_of
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.street_problem.reporting import chapter, pack

LIVES: dict[str, dict[str, Any]] = chapter("lives.yaml")
FACTS: dict[str, Json] = {"wants_news": True, "pass_on": "with_name"}


def situation(state: str, who: str, facts: dict[str, Json] = FACTS) -> Situation:
    """Somebody who has given all that any move wants."""
    asks = {name for move in pack().journey.moves.values() for name in move.asks}
    return Situation(state, frozenset({Mover(who)}), facts, frozenset(), frozenset(Wants), frozenset(asks))


@pytest.mark.parametrize("name", LIVES)
def test_life_of_a_report(name: str) -> None:
    life, journey = LIVES[name], pack().journey
    state, states, updates = journey.starts_at, [], []
    for step in life["moves"]:
        who, move = step.split(": ", 1) if isinstance(step, str) else next(iter(step.items()))
        moved = make_move(journey=journey, move=move, situation=situation(state, who))
        state = moved.state.name
        states.append(state)
        updates.append(moved.update)

    assert states == life["states"]
    assert updates == life["updates"]
    assert journey.states[state].ends_as == life.get("ends as")


@pytest.mark.parametrize("name", LIVES)
def test_who_wants_news_at_the_end_only_is_spared_the_steps(name: str) -> None:
    wish: dict[str, Json] = {"news_wanted": "end_only"}
    words = [pack().updates[update] for update in LIVES[name]["updates"]]

    assert [each.name for each in words if not each.is_unwanted(wish, not_asked=())] == LIVES[name][
        "at the end only"
    ]
    assert not any(each.is_unwanted({"news_wanted": "all"}, not_asked=()) for each in words)


def test_new_dates_do_not_reach_who_wants_news_at_the_end_only() -> None:
    late = [promise.missed_update for promise in pack().journey.promises.values() if promise.missed_update]

    assert late
    assert all(pack().updates[each].is_unwanted({"news_wanted": "end_only"}, not_asked=()) for each in late)


@pytest.mark.parametrize("facts", [{}, {"news_wanted": "all"}])
def test_who_has_not_chosen_hears_everything(facts: dict[str, Json]) -> None:
    asked = frozenset() if facts else frozenset({"news_wanted"})

    assert not any(each.is_unwanted(facts, not_asked=asked) for each in pack().updates.values())


def test_three_clocks_are_kept_apart() -> None:
    journey = pack().journey
    inspection = set(journey.moves["record inspection"].does)

    assert journey.states["received"].promise == "inspect"
    assert inspection >= {
        Effect(Verb.KEEP_PROMISE, "inspect"),
        Effect(Verb.MAKE_PROMISE, "make safe"),
        Effect(Verb.MAKE_PROMISE, "repair"),
    }
    makers = {
        move.name for move in journey.moves.values() if Effect(Verb.MAKE_PROMISE, "repair") in move.does
    }
    assert makers == {"record inspection"}


@pytest.mark.parametrize("name", ["received", "on the way", "details needed", "linked"])
def test_no_repair_is_promised_before_someone_has_looked(name: str) -> None:
    words = pack().updates[name]

    assert "repair_date" not in words.subject + words.text + words.body


REPORTED = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # a Friday
DUE = [
    ("inspect", {"inspect_by": "danger"}, datetime(2026, 11, 20, 18, 30, tzinfo=UTC)),
    ("make safe", {"defect_category": "emergency"}, datetime(2026, 11, 20, 18, 30, tzinfo=UTC)),
]


@pytest.mark.parametrize(("promise", "facts", "due_at"), DUE, ids=[each[0] for each in DUE])
def test_hours_run_through_the_weekend(promise: str, facts: dict[str, Json], due_at: datetime) -> None:
    assert promise_due(promise=pack().journey.promises[promise], start_at=REPORTED, facts=facts) == due_at


@pytest.mark.parametrize(
    ("promise", "by", "spans"),
    [
        ("inspect", "inspect_by", {"danger": "2 hours", "light": "5 working days", "ordinary": "14 days"}),
        ("make safe", "defect_category", {"emergency": "2 hours", "high": "1 working day"}),
        (
            "repair",
            "defect_category",
            {"emergency": "28 days", "high": "28 days", "medium": "28 days", "low": "6 months"},
        ),
    ],
)
def test_times_are_those_of_the_policy(promise: str, by: str, spans: dict[str, str]) -> None:
    within = pack().journey.promises[promise]

    assert {value: str(span_of(promise=within, facts={by: value})) for value in spans} == spans


@pytest.mark.parametrize("category", ["medium", "low", "none"])
def test_what_is_not_dangerous_needs_no_making_safe(category: str) -> None:
    promise = pack().journey.promises["make safe"]

    assert span_of(promise=promise, facts={"defect_category": category}) is None


def test_followers_hear_of_every_end_but_a_withdrawal() -> None:
    silent = {
        move.name
        for move in pack().journey.moves.values()
        if move.to and pack().journey.states[move.to].ends_as
        if not any(effect.verb is Verb.TELL_FOLLOWERS for effect in move.does)
    }

    assert silent == {"withdraw"}


def test_ends_are_counted_apart() -> None:
    ends = {state.ends_as for state in pack().journey.states.values() if state.ends_as}

    assert ends == {
        "repaired",
        "no defect found",
        "closed, not done",
        "passed on, not ours",
        "not ours",
        "withdrawn",
    }


def test_closing_without_a_repair_needs_a_reason_and_words() -> None:
    assert pack().journey.moves["close, not done"].wants == {Wants.REASONS, Wants.WORDS}
    assert "{reasons}" in pack().updates["closed, not done"].body
    assert "not marked it as repaired" in pack().updates["closed, not done"].body


@pytest.mark.parametrize(
    ("who", "state", "move"),
    [
        ("system", "inspected", "close, not done"),
        ("customer", "received", "repair"),
        ("officer", "received", "repair"),
        ("customer", "inspected", "withdraw"),
    ],
)
def test_move_is_not_there(who: str, state: str, move: str) -> None:
    with pytest.raises(MoveNotOffered):
        make_move(journey=pack().journey, move=move, situation=situation(state, who))
