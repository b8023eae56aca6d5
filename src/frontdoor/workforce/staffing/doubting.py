"""Need under doubt: a forecast is a spread of loads, and the number of people must do for the spread, not for its
middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from frontdoor.workforce.staffing.definition import Load, Performance, Targets
from frontdoor.workforce.staffing.needing import need_of, performance_of


@dataclass(frozen=True, slots=True)
class DoubtfulNeed:
    """`positions`, the `chance` (0 to 1) that every target is met with them, and what comes of each load of the
    spread.
    """

    positions: int
    chance: float
    performances: tuple[Performance, ...]


def need_in_doubt(
    load: Load, *, spread: Sequence[float], chance: float = 0.8, targets: Targets | None = None
) -> DoubtfulNeed:
    """The fewest positions that meet every target with at least this `chance`. `spread`: contacts of the interval,
    equally likely (the forecast's draws, or its quantiles at equal steps).

    More contacts never need fewer people, so the need at that quantile of the spread is the answer; it is not the need of
    the mean, because waiting grows faster than load.
    """
    if not spread or not 0 < chance <= 1:
        raise ValueError("Give the forecast's spread, and a chance above 0 and up to 1.")
    loads = [replace(load, contacts=contacts) for contacts in spread]
    needs = sorted(need_of(each, targets).positions for each in loads)
    positions = needs[ceil(chance * len(needs) - 1e-9) - 1]
    kept = sum(each <= positions for each in needs) / len(needs)
    return DoubtfulNeed(
        positions, kept, tuple(performance_of(each, positions=positions, targets=targets) for each in loads)
    )
