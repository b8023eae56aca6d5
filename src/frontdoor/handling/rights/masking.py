"""Other people in what is said to one: their names and numbers are covered, what was said stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from frontdoor.kernel.clock import london

SHORTEST = 3


class Masker:
    """Covers words that would tell who somebody else is, wherever they stand in a text.

    `others` maps what is covered to what stands instead, such as "[your helper]"; `own` is never covered.
    """

    def __init__(self, *, others: Mapping[str, str], own: Iterable[str]) -> None:
        ours = {each.casefold() for each in own}
        self._instead = {
            word.casefold(): instead
            for word, instead in others.items()
            if len(word) >= SHORTEST and word.casefold() not in ours
        }
        longest_first = sorted(self._instead, key=len, reverse=True)
        words = "|".join(re.escape(each) for each in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def text(self, said: str) -> str:
        """The text with others covered."""
        if self._pattern is None:
            return said
        return self._pattern.sub(lambda found: self._instead[found[0].casefold()], said)

    def anything(self, value: Any) -> Any:
        """The same for whatever JSON can hold; dates and instants become text, in UK time."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {str(name): self.anything(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.anything(each) for each in value]
        return plain(value)


def plain(value: Any) -> Any:
    """Instants as `2027-03-02 10:00`, dates as `2027-03-02`, ids as text; the rest as it is."""
    if isinstance(value, datetime):
        return london(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
