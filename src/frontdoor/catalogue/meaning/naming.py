"""A name that is used must exist; where it does not, the nearest that does is offered."""

from __future__ import annotations

from collections.abc import Iterable

from frontdoor.catalogue.faults import did_you_mean, one_of
from frontdoor.catalogue.reading import Path, Source


def must_exist(source: Source, path: Path, name: str | None, known: Iterable[str], *, what: str) -> bool:
    """Notes a fault where `name` is none of `known` (nothing is named: no fault). `what` is, say, "update"."""
    words = list(known)
    if name is None or name in words:
        return True
    mend = did_you_mean(name, words) or one_of(words) or f"This pack has no {what} at all; add it."
    source.fault(path, f'no {what} is called "{name}"', mend)
    return False
