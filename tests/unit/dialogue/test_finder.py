"""The finder on a few entries of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.dialogue.finder import Entry, Finder

BADGE = Entry("badge", "Apply for a Blue Badge", ("get a blue badge", "park closer"), ("blue badge",))
LIGHT = Entry("light", "Report a street light", ("street light is out", "lamp post not working"))
BIN = Entry("bin", "Bins and recycling", ("bin not collected",), ("bin",), kind="not ours")
FINDER = Finder([BADGE, LIGHT, BIN])


def found(say: str) -> list[str]:
    return [one.entry.id for one in FINDER.find(say).found]


@pytest.mark.parametrize(
    ("say", "finds"),
    [
        ("blue badge", "badge"),
        ("BLUE BADGE!!!", "badge"),
        ("blue bagde", "badge"),
        ("bluebadge", "badge"),
        ("disabled parking permit", "badge"),
        ("streetlight", "light"),
        ("stret lihgt", "light"),
        ("my bin's not been collected", "bin"),
    ],
)
def test_slips_and_other_words_find_the_same(say: str, finds: str) -> None:
    assert found(say)[0] == finds


@pytest.mark.parametrize("say", ["", "   ", "?!", "zebra quantum", "the of and"])
def test_nothing_is_found_for_nothing_said(say: str) -> None:
    findings = FINDER.find(say)
    assert (findings.found, findings.sure) == ((), False)


def test_a_correction_is_told() -> None:
    assert FINDER.find("recyclin bagde").corrected == (("recyclin", "recycling"), ("bagde", "badge"))


def test_an_ordinary_word_is_not_corrected() -> None:
    assert FINDER.find("a big light night").corrected == ()


def test_the_reason_is_the_words_that_match() -> None:
    assert FINDER.find("when is my bin collected").found[0].matched == ("bin", "collect")


def test_limit_is_kept() -> None:
    finder = Finder([Entry(str(number), "Blue Badge", ("blue badge",)) for number in range(9)])
    assert len(finder.find("blue badge", limit=4).found) == 4


def test_of_equals_the_higher_priority_comes_first_and_neither_is_sure() -> None:
    finder = Finder([Entry("a", "Blue Badge", ()), Entry("b", "Blue Badge", (), priority=1)])
    findings = finder.find("blue badge")
    assert [one.entry.id for one in findings.found] == ["b", "a"]
    assert findings.sure is False


def test_one_clear_answer_is_sure() -> None:
    assert FINDER.find("bin not collected").sure is True


def test_no_entries_find_nothing_and_still_hear_danger() -> None:
    findings = Finder([]).find("i can smell gas")
    assert findings.found == ()
    assert findings.urgent is not None
    assert findings.urgent.danger == "gas"


def test_the_end_of_a_very_long_message_does_not_count() -> None:
    assert found("hello " * 100 + "blue badge") == []


def test_danger_is_heard_at_the_end_of_a_long_message() -> None:
    urgent = FINDER.find("blue badge please " * 100 + "I want to die").urgent
    assert urgent is not None
    assert urgent.danger == "danger to life"


@pytest.mark.parametrize("text", ["x" * 100_000, "zxqv " * 20_000, "yes " * 20_000])
def test_a_flood_of_letters_is_answered_and_not_corrected_without_end(text: str) -> None:
    assert FINDER.find(text).found == ()


@given(st.text(max_size=300))
def test_any_text_gets_scores_between_nought_and_one_in_order(text: str) -> None:
    scores = [one.score for one in FINDER.find(text).found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@given(st.permutations(["blue", "badge", "closer", "get"]))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert [one.score for one in FINDER.find(" ".join(words)).found] == [
        one.score for one in FINDER.find("get blue badge closer").found
    ]
