"""The life of a complaint: two stages, another person at the second, no third, and letters that say what they must."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdoor.catalogue.loading import load_pack
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.templates import names_in
from frontdoor.journeys.definition import Effect, Mover, Situation, Verb, Wants
from frontdoor.journeys.moving import MoveNotOffered, make_move

FOLDER = Path(__file__).parents[4] / "packs" / "complaint"
LIVES: dict[str, dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("lives.yaml").read_text(encoding="utf-8")
)
STAGE_ONE = ("upheld", "partly upheld", "not upheld", "upheld with actions", "partly upheld with actions")
STAGE_TWO = (
    "upheld at stage two",
    "partly upheld at stage two",
    "not upheld at stage two",
    "upheld at stage two with actions",
    "partly upheld at stage two with actions",
)
OMBUDSMAN = {"ombudsman_phone", "ombudsman_page"}


@cache
def pack() -> Pack:
    return load_pack(FOLDER)


def situation(state: str, who: str) -> Situation:
    """Somebody who has given all that any move wants."""
    asks = {name for move in pack().journey.moves.values() for name in move.asks}
    return Situation(state, frozenset({Mover(who)}), {}, frozenset(), frozenset(Wants), frozenset(asks))


@pytest.mark.parametrize("name", LIVES)
def test_life_of_a_complaint(name: str) -> None:
    life, journey = LIVES[name], pack().journey
    state, states, updates = journey.starts_at, [], []
    for step in life["moves"]:
        who, move = next(iter(step.items()))
        moved = make_move(journey=journey, move=move, situation=situation(state, who))
        state = moved.state.name
        states.append(state)
        updates.append(moved.update)

    assert states == life["states"]
    assert updates == life["updates"]
    assert "ends as" not in life or journey.states[state].ends_as == life["ends as"]


def test_the_answer_clock_begins_with_the_acknowledgement() -> None:
    moved = make_move(journey=pack().journey, move="acknowledge", situation=situation("received", "officer"))
    assert Effect(Verb.KEEP_PROMISE, "acknowledge") in moved.effects
    assert Effect(Verb.MAKE_PROMISE, "answer") in moved.effects


@pytest.mark.parametrize(
    "move",
    [name for name, each in pack().journey.moves.items() if "stage two" in each.sources and each.decides],
)
def test_who_decided_before_does_not_answer_at_stage_two(move: str) -> None:
    with pytest.raises(MoveNotOffered, match="has not decided"):
        make_move(journey=pack().journey, move=move, situation=situation("stage two", "officer"))


def test_there_is_no_stage_three() -> None:
    asks_again = pack().journey.moves["ask for a review"].sources
    finals = {name for name, state in pack().journey.states.items() if name.endswith("stage two")}
    assert not asks_again & finals
    assert {"upheld", "partly upheld", "not upheld", "resolved", "putting right", "put right"} == asks_again


def test_nobody_must_say_why_they_ask_for_stage_two() -> None:
    move = pack().journey.moves["ask for a review"]
    assert (move.asks, move.wants) == ((), frozenset())


@pytest.mark.parametrize("who", ["officer", "someone else", "system", "customer"])
def test_only_a_supervisor_turns_a_complaint_away(who: str) -> None:
    with pytest.raises(MoveNotOffered, match="supervisor"):
        make_move(journey=pack().journey, move="do not take on", situation=situation("received", who))


def test_software_ends_no_complaint_but_one_that_nobody_speaks_for() -> None:
    moves = [name for name, each in pack().journey.moves.items() if Mover.SYSTEM in each.by]
    assert moves == ["close without agreement"]


@pytest.mark.parametrize("update", [*STAGE_ONE, *STAGE_TWO])
def test_an_answer_states_what_the_code_demands(update: str) -> None:
    """Stage, definition, decision, reasons, remedy, outstanding actions, and how to go on."""
    words, is_last = pack().updates[update].body, "stage two" in update
    before = "final_" if is_last else ""
    wanted = {"reasons", f"{before}investigation", f"{before}remedy_words", *OMBUDSMAN}
    wanted.add("definition_left" if is_last else "complaint_definition")
    if "actions" in update:
        wanted |= {
            f"{before}actions_left",
            "put_right_after_stage_two_date" if is_last else "put_right_date",
        }
    assert wanted <= set(names_in(words))
    assert f"**stage {2 if is_last else 1}**" in words
    assert "uphold**" in words
    assert "## What still has to be done" in words
    assert ("Ask us for **stage 2**" in words) == (not is_last)


@pytest.mark.parametrize("update", ["answer takes longer", "last answer takes longer"])
def test_more_time_says_why_until_when_and_whom_to_turn_to(update: str) -> None:
    assert {"officer_words", "old_date", "new_date", *OMBUDSMAN} <= set(names_in(pack().updates[update].body))


@pytest.mark.parametrize("update", ["not taken on", "another procedure"])
def test_who_is_turned_away_is_told_of_the_ombudsman(update: str) -> None:
    assert set(names_in(pack().updates[update].body)) >= {"officer_words", *OMBUDSMAN}


def test_safety_and_other_ways_come_before_what_happened_is_asked() -> None:
    asked = [question.id for section in pack().form.sections for question in section.questions]
    assert asked[:4] == ["at_risk", "about", "which_decision", "unhappy_with"]
    assert [each.name for each in pack().form.interrupts][:2] == ["danger now", "someone may be harmed"]


def test_what_the_public_reads_claims_no_fixed_look_back() -> None:
    """How far one may look back is the council's own rule, weighed case by case: no customer is told a limit."""
    read = [each.body for each in pack().updates.values()]
    read += [each.body for each in pack().articles.values() if each.reader.value == "customers"]
    read += [reason.say for reason in pack().rules[0].reasons.values()]
    assert [words for words in read if "12 months" in words or "months_looked_back" in words] == []
