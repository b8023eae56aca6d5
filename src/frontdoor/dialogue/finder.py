"""The enquiry finder: what somebody says in their own words, to the services and directory entries it may be about.

Every entry is described by a title, a few phrases as people say them, and keywords. Words are weighed by how few
entries use them (as in Robertson's inverse document frequency); an entry's likeness is that of its nearest phrase and
of all its words together. Nothing is learnt from customers: the same words always find the same things.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from frontdoor.dialogue import english
from frontdoor.dialogue.urgent import Danger, Urgent, hear_danger
from frontdoor.dialogue.words import Speller, Vocabulary, level, plain_words, stem, stems_of

Kind = Literal["service", "not ours", "article"]

LEAST_SCORE = 0.12
SURE_SCORE = 0.5
SURE_LEAD = 0.15
MOST_WORDS = 60  # a longer message is about what its beginning says
MOST_CORRECTED = 150
MOST_HEARD = 1000  # danger is listened for this far
WEAK = 0.45  # what a weak word counts beside another
PHRASE, WHOLE, KEYWORD = 0.62, 0.26, 0.12  # how much each likeness counts; together 1


@dataclass(frozen=True)
class Entry:
    """Something that can be found. Of equally good ones, the higher `priority` comes first."""

    id: str
    title: str
    phrases: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    kind: Kind = "service"
    priority: int = 0


@dataclass(frozen=True)
class Found:
    """An entry, how well it fits (0 to 1), and why: the words that match."""

    entry: Entry
    score: float
    matched: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What was found, best first. `sure`: the first may be taken without asking. `corrected`: (typed, taken as)."""

    found: tuple[Found, ...]
    sure: bool
    corrected: tuple[tuple[str, str], ...] = ()
    urgent: Urgent | None = None


@dataclass(frozen=True)
class _Known:
    """An entry made ready: the stems of each phrase, of the keywords, and of everything."""

    entry: Entry
    phrases: tuple[frozenset[str], ...]
    keywords: tuple[frozenset[str], ...]
    every: frozenset[str]


class Finder:
    """Finds entries by words. Make it once; it is safe to share between threads."""

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        vocabulary: Vocabulary | None = None,
        dangers: Sequence[Danger] | None = None,
    ) -> None:
        """English is taken where no other words are given."""
        self._vocabulary = vocabulary or english.vocabulary()
        self._dangers = tuple(english.dangers() if dangers is None else dangers)
        self._known = [self._ready(entry) for entry in entries]
        self._weights = self._weigh()
        self._speller = Speller(
            self._words_worth_knowing(), right=self._vocabulary.common | self._vocabulary.stop
        )

    def find(self, words: str, limit: int = 6) -> Findings:
        """The entries most like what was said, with danger heard first. An empty message finds nothing."""
        typed = plain_words(words)[:MOST_HEARD]
        right_for = {word: self._speller.correct(word) for word in dict.fromkeys(typed[:MOST_CORRECTED])}
        taken = [(word, right_for.get(word, (word,))) for word in typed]
        spelt = [word for _, right in taken for word in right]
        corrected = tuple((word, " ".join(right)) for word, right in taken if right != (word,))
        said = self._stems(spelt[:MOST_WORDS])
        scored = [found for known in self._known if (found := self._score(known, said)).score >= LEAST_SCORE]
        scored.sort(key=lambda one: (-one.score, -one.entry.priority, one.entry.id))
        return Findings(
            found=tuple(scored[:limit]),
            sure=_is_sure(scored),
            corrected=corrected,
            urgent=hear_danger(spelt, self._dangers),
        )

    def _stems(self, words: list[str]) -> list[str]:
        return stems_of(level(words, self._vocabulary), self._vocabulary)

    def _ready(self, entry: Entry) -> _Known:
        phrases = tuple(frozenset(self._stems(plain_words(text))) for text in (entry.title, *entry.phrases))
        keywords = tuple(frozenset(self._stems(plain_words(text))) for text in entry.keywords)
        return _Known(entry, phrases, keywords, frozenset[str]().union(*phrases, *keywords))

    def _weigh(self) -> dict[str, float]:
        """A weight for each stem: the fewer entries have it, the more it says; weak words say less."""
        times = Counter(one for known in self._known for one in known.every)
        total = len(self._known)
        weak = frozenset(stem(word) for word in self._vocabulary.weak)
        return {
            one: math.log(1 + (total - count + 0.5) / (count + 0.5)) * (WEAK if one in weak else 1.0)
            for one, count in times.items()
        }

    def _words_worth_knowing(self) -> set[str]:
        texts = [
            text
            for known in self._known
            for text in (known.entry.title, *known.entry.phrases, *known.entry.keywords)
        ]
        words = {word for text in texts for word in plain_words(text)}
        words |= {word for said, meant in self._vocabulary.same.items() for word in (*said, *meant)}
        return words | {
            word
            for danger in self._dangers
            for pattern in danger.patterns
            for group in pattern
            for word in group
        }

    def _score(self, known: _Known, said: Sequence[str]) -> Found:
        asked = frozenset(said) & self._weights.keys()
        all_asked = self._weight(asked)
        if not all_asked or asked.isdisjoint(known.every):
            return Found(known.entry, 0.0, ())
        nearest = max(self._likeness(asked, all_asked, phrase) for phrase in known.phrases)
        whole = self._weight(asked & known.every) / all_asked
        named = max((self._named(asked, all_asked, keyword) for keyword in known.keywords), default=0.0)
        score = PHRASE * nearest + WHOLE * whole + KEYWORD * named
        return Found(known.entry, round(score, 4), tuple(word for word in said if word in known.every))

    def _likeness(self, asked: frozenset[str], all_asked: float, phrase: frozenset[str]) -> float:
        """Shared weight in both directions; what was said may be longer than the phrase, so its share counts less."""
        shared = self._weight(asked & phrase)
        if not shared:
            return 0.0
        of_asked, of_phrase = shared / all_asked, shared / self._weight(phrase)
        return of_asked * of_phrase / (0.45 * of_asked + 0.55 * of_phrase)

    def _named(self, asked: frozenset[str], all_asked: float, keyword: frozenset[str]) -> float:
        """A keyword said whole counts at least half, and more the more of what was said it is."""
        if not keyword or not keyword <= asked:
            return 0.0
        return 0.5 + 0.5 * self._weight(keyword) / all_asked

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self._weights.get(one, 0.0) for one in stems)


def _is_sure(scored: Sequence[Found]) -> bool:
    if not scored or scored[0].score < SURE_SCORE:
        return False
    return len(scored) == 1 or scored[0].score - scored[1].score >= SURE_LEAD
