"""Danger in words."""

from __future__ import annotations

import pytest

from frontdoor.dialogue.english import dangers
from frontdoor.dialogue.urgent import Danger, Urgent, hear_danger

GAS = Danger(
    id="gas",
    title="If you smell gas",
    do="Leave and call.",
    patterns=((frozenset({"gas"}), frozenset({"smell", "leak"})),),
    unless=frozenset({"bill"}),
)


def test_the_words_it_was_heard_in_are_told() -> None:
    heard = hear_danger(["there", "is", "a", "smell", "of", "gas"], [GAS])
    assert heard == Urgent("gas", "If you smell gas", "Leave and call.", ("smell", "gas"))


@pytest.mark.parametrize("say", ["gas leaking", "leaks of gas", "smells like gas"])
def test_order_and_form_do_not_matter(say: str) -> None:
    assert hear_danger(say.split(), [GAS]) is not None


@pytest.mark.parametrize(
    "say",
    ["", "gas", "the smell", "my gas bill leak", "gas " + "word " * 9 + "smell"],
)
def test_parts_alone_or_far_apart_or_excused_are_not_danger(say: str) -> None:
    assert hear_danger(say.split(), [GAS]) is None


def test_the_more_serious_danger_comes_first() -> None:
    heard = hear_danger(["i", "want", "to", "die", "and", "i", "can", "smell", "gas"], dangers())
    assert heard is not None
    assert heard.danger == "danger to life"


def test_every_danger_says_what_to_do() -> None:
    assert [danger.id for danger in dangers() if not danger.title or len(danger.do) < 20] == []
