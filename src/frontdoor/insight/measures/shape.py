"""What a measure is, and what it is worked out from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """How a value is written."""

    COUNT = "count"
    PER_CENT = "per cent"
    SECONDS = "seconds"
    DAYS = "days"
    RATIO = "ratio"
    PER_THOUSAND = "per thousand"
    PENCE = "pence"


@dataclass(frozen=True)
class Sums:
    """Tallies added up: `counts` and `totals` by what. What contacts cost stands under `cost/…`: how many of them have a
    unit cost, and the pence they come to. `has_left_out`: something that rests on a few people of a restricted service
    is not in it.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    has_left_out: bool = False

    def count(self, *names: str) -> int:
        """How many of these things there were."""
        return sum(self.counts.get(name, 0) for name in names)

    def begins(self, start: str) -> dict[str, int]:
        """Counts of everything whose name begins so, by the rest of the name."""
        return {what[len(start) :]: n for what, n in self.counts.items() if what.startswith(start)}

    def totals_of(self, start: str) -> dict[str, int]:
        """Totals of everything whose name begins so, by the rest of the name."""
        return {what[len(start) :]: n for what, n in self.totals.items() if what.startswith(start)}

    def all_of(self, start: str) -> int:
        """How many there were of everything whose name begins so."""
        return sum(self.begins(start).values())


Reckoning = Callable[[Sums], float | None]


@dataclass(frozen=True)
class Measure:
    """One figure. `reckon` gives None where there is nothing to reckon from. `rests_on`: how many it rests on, so that a
    figure of a few is told as such. `wants`: whether more of it is better, worse, or neither. `needs_costs`: it is
    reckoned from unit costs. `beside`: what it comes to beside the year before, for a figure that compares the two; such
    a figure has no year before of its own.
    """

    id: str
    name: str
    definition: str
    unit: Unit
    reckon: Reckoning
    rests_on: Callable[[Sums], int]
    wants: str = "neither"
    needs_costs: bool = False
    beside: Callable[[Sums, Sums], float | None] | None = None


def share(part: float, whole: float) -> float | None:
    """Per cent; None of nothing."""
    return 100 * part / whole if whole else None


def ratio(part: float, whole: float) -> float | None:
    """One for each of the other; None of nothing."""
    return part / whole if whole else None


def mean(sums: Sums, what: str) -> float | None:
    """What each took on average; None of nothing."""
    return ratio(sums.totals.get(what, 0), sums.count(what))


def received(sums: Sums) -> int:
    """Contacts that came in."""
    return sums.count("received")
