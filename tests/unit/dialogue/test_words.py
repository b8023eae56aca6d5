"""Words made comparable."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
from ruamel.yaml import YAML

from frontdoor.dialogue.english import vocabulary
from frontdoor.dialogue.words import Speller, Vocabulary, level, plain_words, stem, stems_of

SPELLER = Speller(["badge", "pavement", "recycling", "pothole"], right=frozenset({"house", "power", "cut"}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bins", "bin"),
        ("badges", "badge"),
        ("parking", "parked"),
        ("tripped", "trip"),
        ("collected", "collect"),
        ("libraries", "library"),
        ("walls", "wall"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["bus", "glass", "this", "gas", "is"])
def test_an_s_that_belongs_to_the_word_stays(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("badge", ("badge",)),
        ("bagde", ("badge",)),
        ("pavemnet", ("pavement",)),
        ("recyling", ("recycling",)),
        ("powercut", ("power", "cut")),
        ("house", ("house",)),
        ("bad", ("bad",)),  # too short to tell
        ("b1990", ("b1990",)),
        ("xylophone", ("xylophone",)),
    ],
)
def test_only_near_slips_are_corrected(typed: str, taken: tuple[str, ...]) -> None:
    assert SPELLER.correct(typed) == taken


def test_apostrophes_and_marks_go() -> None:
    assert plain_words("Can't — I’ve “No.” 7!") == ["cant", "ive", "no", "7"]


def test_the_longest_way_of_saying_a_thing_is_taken() -> None:
    words = Vocabulary(
        stop=frozenset({"the"}),
        common=frozenset(),
        same={("hole",): ("gap",), ("hole", "in", "the", "road"): ("pothole",)},
    )
    assert level(["a", "hole", "in", "the", "road"], words) == ["a", "pothole"]
    assert stems_of(["the", "gaps", "gap"], words) == ["gap"]


def test_no_way_of_saying_a_thing_is_written_for_two_things() -> None:
    text = files("frontdoor.dialogue").joinpath("english.yaml").read_text(encoding="utf-8")
    same = YAML(typ="safe", pure=True).load(text)["same"]
    ways = Counter(tuple(plain_words(way)) for ways in same.values() for way in ways)
    assert [way for way, times in ways.items() if times > 1] == []
    assert set(ways) == set(vocabulary().same)


def test_no_word_is_replaced_that_means_itself() -> None:
    assert [said for said, meant in vocabulary().same.items() if said == meant] == []
