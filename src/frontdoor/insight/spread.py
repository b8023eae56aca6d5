"""How durations are spread: counted in steps, so that days can be added up and a percentile still be told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

WAITS: Sequence[int] = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600)
"""Upper ends of the steps for waiting, in seconds."""
DAYS: Sequence[int] = (0, 1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 35, 42, 56, 70, 84, 112, 140, 168, 252, 365)
"""Upper ends of the steps for days end to end."""


def step_of(value: float, steps: Sequence[int]) -> str:
    """The step a value falls into, by its upper end; `over` beyond the last."""
    place = bisect_left(steps, value)
    return str(steps[place]) if place < len(steps) else "over"


def percentile(counts: Mapping[str, int], steps: Sequence[int], share: float) -> float | None:
    """The value that `share` (0 to 1) of all do not exceed; None where there are none.

    Within a step values are taken to lie evenly, so it is exact to the width of the step; beyond the last step its upper
    end is given, which is then a lower bound.
    """
    everything = sum(counts.values())
    if not everything:
        return None
    wanted, seen, lower = share * everything, 0.0, 0.0
    for step in steps:
        here = counts.get(str(step), 0)
        if here and seen + here >= wanted:
            return lower + (step - lower) * max(0.0, wanted - seen) / here
        seen, lower = seen + here, float(step)
    return lower


def at_most(counts: Mapping[str, int], steps: Sequence[int], limit: int) -> int:
    """How many do not exceed `limit`, which must be the end of a step. Raises ValueError where it is none."""
    if limit not in steps:
        raise ValueError(f"{limit} is not the end of a step: {list(steps)}")
    return sum(counts.get(str(step), 0) for step in steps if step <= limit)
