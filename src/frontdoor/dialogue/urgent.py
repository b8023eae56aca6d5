"""Danger in what somebody says: it interrupts everything else with what to do now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from frontdoor.dialogue.words import stem

APART = 5  # words that may stand between the parts of a danger


@dataclass(frozen=True)
class Danger:
    """A kind of danger. A pattern is groups of words; one of each group must be said, close together."""

    id: str
    title: str
    do: str
    patterns: tuple[tuple[frozenset[str], ...], ...]
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Urgent:
    """A danger that was heard: what to do, and the words it was heard in."""

    danger: str
    title: str
    do: str
    words: tuple[str, ...]


def hear_danger(words: Sequence[str], dangers: Iterable[Danger]) -> Urgent | None:
    """The first danger whose pattern is in the words (in lower case, spelling corrected), or None."""
    stems = [stem(word) for word in words]
    for danger in dangers:
        if not _stems(danger.unless).isdisjoint(stems):
            continue
        for pattern in danger.patterns:
            if (heard := _heard(words, stems, pattern)) is not None:
                return Urgent(danger.id, danger.title, danger.do, heard)
    return None


def _heard(
    words: Sequence[str], stems: Sequence[str], pattern: Sequence[frozenset[str]]
) -> tuple[str, ...] | None:
    places = [[at for at, word in enumerate(words) if _says(word, stems[at], group)] for group in pattern]
    for start in range(len(words)):
        reach = range(start, start + len(pattern) + APART)
        chosen = [next((at for at in found if at in reach), None) for found in places]
        if None not in chosen and len(set(chosen)) == len(pattern):
            return tuple(words[at] for at in sorted(at for at in chosen if at is not None))
    return None


def _says(word: str, its_stem: str, group: frozenset[str]) -> bool:
    return word in group or (len(its_stem) > 3 and its_stem in _stems(group))


@lru_cache(maxsize=1024)
def _stems(group: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in group)
