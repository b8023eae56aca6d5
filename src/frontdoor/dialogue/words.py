"""Turns what people type into words that can be compared: tidied, spelt, levelled to one word for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+")
SHORTEST_CORRECTED, LONGEST_CORRECTED = 4, 24
SHORTEST_PART = 3


@dataclass(frozen=True)
class Vocabulary:
    """What is known of a language, as data.

    `stop`: words that say nothing about the matter; `weak`: words that say little about it; `common`: ordinary
    words that are never corrected; `same`: ways of saying a thing, as words in order, to the words used for it.
    """

    stop: frozenset[str]
    common: frozenset[str]
    weak: frozenset[str] = frozenset()
    same: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    @property
    def longest(self) -> int:
        """How many words the longest way of saying a thing has."""
        return max((len(words) for words in self.same), default=1)


def plain_words(text: str) -> list[str]:
    """Words and numbers in lower case; `can't` is `cant`."""
    return WORD.findall(text.casefold().replace("'", "").replace("’", ""))


def stem(word: str) -> str:
    """The part of a word that its plural and its verb forms share. Rough, and the same on both sides."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, least in (("ing", 6), ("ed", 5), ("ly", 6)):
        if word.endswith(ending) and len(word) >= least:
            return _single_end(word[: -len(ending)])
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _single_end(word: str) -> str:
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "ls":
        return word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


class Speller:
    """Corrects slips towards words that matter here; leaves ordinary words and short words alone."""

    def __init__(self, words: Iterable[str], *, right: frozenset[str]) -> None:
        """`words` are those worth correcting to; `right` are others that are spelt rightly."""
        self._known = frozenset(words) | right
        self._stems = frozenset(stem(word) for word in self._known)
        self._targets = sorted({word for word in words if len(word) >= SHORTEST_CORRECTED})

    def correct(self, word: str) -> tuple[str, ...]:
        """The word as it is if it may be right; else the nearest known word, or the two it was run together from."""
        if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED or self._may_be_right(word):
            return (word,)
        slips = 1 if len(word) < 6 else 2
        near = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=slips, limit=5)
        if (
            near
            and (best := min(near, key=lambda one: (one[1], one[0][0] != word[0], -len(one[0]), one[0])))[1]
            == 1
        ):
            return (str(best[0]),)
        return self._parted(word) or ((str(best[0]),) if near else (word,))

    def _may_be_right(self, word: str) -> bool:
        is_inflected = not word.endswith("e") and stem(word) in self._stems
        return word in self._known or is_inflected or any(letter.isdigit() for letter in word)

    def _parted(self, word: str) -> tuple[str, ...]:
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        return next(
            ((word[:at], word[at:]) for at in cuts if word[:at] in self._known and word[at:] in self._known),
            (),
        )


def level(words: list[str], vocabulary: Vocabulary) -> list[str]:
    """The words with each way of saying a thing replaced by the one used for it; the longest first."""
    levelled: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(vocabulary.longest, len(words) - at), 0, -1):
            said = tuple(words[at : at + length])
            if said in vocabulary.same:
                levelled += vocabulary.same[said]
                at += length
                break
        else:
            levelled.append(words[at])
            at += 1
    return levelled


def stems_of(words: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """The stems that matter, in order, each once."""
    return list(dict.fromkeys(stem(word) for word in words if word not in vocabulary.stop))
