"""Thanks, suggestions and comments: counted apart, quoted only as allowed, and never a complaint in disguise."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from frontdoor.catalogue.loading import load_pack
from frontdoor.catalogue.pack import Pack
from frontdoor.forms.asking import interrupt_due, questions
from frontdoor.forms.definition import After
from frontdoor.journeys.definition import Mover, Situation, Wants
from frontdoor.journeys.moving import MoveNotOffered, make_move
from frontdoor.kernel.facts import Json

FOLDER = Path(__file__).parents[4] / "packs" / "compliment-and-feedback"


@cache
def pack() -> Pack:
    return load_pack(FOLDER)


def officer_in(state: str, facts: dict[str, Json]) -> Situation:
    asks = {name for move in pack().journey.moves.values() for name in move.asks}
    return Situation(state, frozenset({Mover.OFFICER}), facts, frozenset(), frozenset(Wants), frozenset(asks))


def test_each_kind_ends_under_a_name_of_its_own() -> None:
    ends = [state.ends_as for state in pack().journey.states.values() if state.ends_as]
    assert len(ends) == len(set(ends))
    assert {"compliment passed on", "suggestion taken up", "suggestion not taken up", "comment noted"} <= set(
        ends
    )


@pytest.mark.parametrize("kind", ["suggestion", "comment"])
def test_only_thanks_count_as_a_compliment(kind: str) -> None:
    with pytest.raises(MoveNotOffered):
        make_move(
            journey=pack().journey, move="pass thanks on", situation=officer_in("received", {"kind": kind})
        )


def test_who_wants_to_complain_is_sent_to_complaints() -> None:
    found = interrupt_due(
        form=pack().form, facts={"kind": "complaint"}, not_asked=frozenset(), seen=frozenset()
    )
    assert found is not None
    assert (found.name, found.then) == ("a complaint", After.STOP)


def test_words_are_used_elsewhere_only_with_permission_and_only_thanks_are_asked_for_it() -> None:
    asked = {question.id: question for question in questions(pack().form)}
    assert asked["may_quote"].when is not None
    assert asked["may_quote"].when.text == "is_compliment"
    assert [option.value for option in asked["may_quote"].options] == ["with_name", "without_name", "no"]


def test_nobody_is_asked_once_more_what_they_think() -> None:
    assert not any(state.asks_how_it_went for state in pack().journey.states.values() if state.ends_as)


def test_no_name_is_needed() -> None:
    assert pack().service.is_open_to_anonymous
