"""Moving: what holds for every journey and every sequence of moves."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from frontdoor.journeys.definition import (
    Effect,
    Journey,
    Move,
    Mover,
    Situation,
    State,
    Verb,
    WaitsFor,
    Wants,
)
from frontdoor.journeys.moving import (
    MOVERS_IN_WORDS,
    ORDER_OF_EFFECTS,
    WANTED_IN_WORDS,
    in_order,
    make_move,
    moves_offered,
)

NAMES = ("a", "b", "c", "d")
EVERYTHING = Situation("a", frozenset(Mover), {}, given=frozenset(Wants), answered=frozenset({"x", "y"}))
effects = st.builds(Effect, st.sampled_from(list(Verb)), st.sampled_from(NAMES))


@st.composite
def states(draw: st.DrawFn, name: str) -> State:
    """A state, with a clock and an end or without."""
    return State(
        name,
        name,
        name,
        name,
        draw(st.sampled_from(list(WaitsFor))),
        update=draw(st.none() | st.just(f"{name} words")),
        stops_clock=draw(st.booleans()),
        ends_as=draw(st.none() | st.just(name)),
        task=draw(st.none() | st.just("task")),
    )


@st.composite
def moves(draw: st.DrawFn, name: str) -> Move:
    """A move between any states, by anybody."""
    return Move(
        name,
        name,
        frozenset(draw(st.sets(st.sampled_from(NAMES), min_size=1))),
        draw(st.none() | st.sampled_from(NAMES)),
        frozenset(draw(st.sets(st.sampled_from(list(Mover)), min_size=1))),
        asks=tuple(draw(st.sets(st.sampled_from(("x", "y"))))),
        does=tuple(draw(st.lists(effects, max_size=4))),
    )


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """A journey of four states and up to six moves."""
    return Journey(
        "a",
        {name: draw(states(name)) for name in NAMES},
        {name: draw(moves(name)) for name in "klmnop"[: draw(st.integers(1, 6))]},
    )


@given(journeys(), st.lists(st.integers(0, 5), max_size=12))
def test_any_sequence_of_moves_keeps_the_clock_and_the_state_true(
    journey: Journey, choices: list[int]
) -> None:
    state, is_stopped = "a", journey.states["a"].stops_clock
    for choice in choices:
        situation = replace(EVERYTHING, state=state)
        offered = moves_offered(journey=journey, situation=situation)
        if not offered:
            break
        move = offered[choice % len(offered)]
        moved = make_move(journey=journey, move=move.name, situation=situation)
        assert moved.source == state
        assert moved.state == journey.states[move.to or state]
        assert not (moved.stops_clock and is_stopped)
        assert not (moved.starts_clock and not is_stopped)
        is_stopped = (is_stopped or moved.stops_clock) and not moved.starts_clock
        state = moved.state.name
        assert is_stopped == journey.states[state].stops_clock
        assert set(move.does) <= set(moved.effects)


@given(journeys(), st.sampled_from(NAMES), st.sets(st.sampled_from(list(Mover))))
def test_what_is_offered_is_just_what_can_be_made(journey: Journey, state: str, movers: set[Mover]) -> None:
    situation = replace(EVERYTHING, state=state, movers=frozenset(movers))
    offered = {move.name for move in moves_offered(journey=journey, situation=situation)}
    fitting = {name for name, move in journey.moves.items() if state in move.sources and move.by & movers}
    assert offered == fitting


@given(st.lists(effects))
def test_effects_come_in_one_order_and_once(several: list[Effect]) -> None:
    turned = several[::-1]
    ordered = in_order(tuple(several))
    assert in_order(tuple(turned)) == ordered
    assert set(ordered) == set(several)
    assert len(ordered) == len(set(several))


def test_every_verb_has_its_place_and_every_word_its_words() -> None:
    assert set(ORDER_OF_EFFECTS) == set(Verb)
    assert set(WANTED_IN_WORDS) == set(Wants)
    assert set(MOVERS_IN_WORDS) == set(Mover)
