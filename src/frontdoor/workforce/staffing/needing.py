"""The fewest positions with which every target of an interval is met."""

from __future__ import annotations

from math import floor, isnan, nan

import numpy as np
import numpy.typing as npt
from numba import njit
from numba.extending import register_jitable

from frontdoor.workforce.staffing.definition import Load, Need, Performance, Targets, Variant
from frontdoor.workforce.staffing.measuring import (
    OF_ANSWERED,
    OF_OFFERED,
    WITH_ABANDONED,
    is_met,
    measured,
)
from frontdoor.workforce.staffing.queueing import blocking, one_more_server

NUMBERS = {
    Variant.OF_OFFERED: OF_OFFERED,
    Variant.OF_ANSWERED: OF_ANSWERED,
    Variant.WITH_ABANDONED: WITH_ABANDONED,
}

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def performance_of(load: Load, *, positions: int, targets: Targets | None = None) -> Performance:
    """What comes of a load with so many positions; of `targets`, only the seconds and the variant count here."""
    asked = targets or Targets()
    if load.contacts == 0:
        return Performance(positions, 0.0, 1.0, 0.0, 0.0, 0.0)
    if positions < 1 or (load.patience is None and positions <= load.erlangs):
        return Performance(positions, None, None, None, None, None)
    fewer = blocking(load.erlangs, positions - 1)
    blocked = (fewer, one_more_server(fewer, load.erlangs, positions))
    patience = nan if load.patience is None else load.patience
    found = measured(
        load.erlangs, load.handling, patience, positions, blocked, asked.seconds, NUMBERS[asked.variant]
    )
    return Performance(positions, *found)


def need_of(load: Load, targets: Targets | None = None) -> Need:
    """The fewest positions that meet every target of one interval."""
    asked = targets or Targets()
    patience = nan if load.patience is None else load.patience
    positions = _fewest(load.erlangs, load.handling, patience, *_numbers(asked))
    return Need(positions, performance_of(load, positions=positions, targets=asked))


def positions_of(
    *, erlangs: Floats, handling: Floats, patience: Floats, targets: Targets | None = None
) -> Integers:
    """The fewest positions for each of many intervals. All three of shape (intervals,); patience NaN where nobody gives
    up.

    A year of 28 services is some 291,000 intervals.
    """
    if not len(erlangs) == len(handling) == len(patience):
        raise ValueError("Give a load, a handling time and a patience for each interval.")
    return _fewest_of_each(
        np.ascontiguousarray(erlangs, dtype=np.float64),
        np.ascontiguousarray(handling, dtype=np.float64),
        np.ascontiguousarray(patience, dtype=np.float64),
        *_numbers(targets or Targets()),
    )


def _numbers(asked: Targets) -> tuple[float, float, float, float, float, int]:
    level, wait, abandonment, occupancy = (
        nan if each is None else float(each)
        for each in (asked.service_level, asked.wait, asked.abandonment, asked.occupancy)
    )
    return level, float(asked.seconds), wait, abandonment, occupancy, NUMBERS[asked.variant]


@register_jitable
def _fewest(
    load: float,
    handling: float,
    patience: float,
    level: float,
    seconds: float,
    wait: float,
    abandonment: float,
    occupancy: float,
    variant: int,
) -> int:
    """Counts up from the fewest that could do: without patience more than the load, with patience the share that must be
    answered.
    """
    if load <= 0.0:
        return 0
    fewest = _least(load, patience, level, abandonment, variant)
    fewer = blocking(load, fewest - 1)
    while True:
        blocked = (fewer, one_more_server(fewer, load, fewest))
        found = measured(load, handling, patience, fewest, blocked, seconds, variant)
        if is_met(found, level, wait, abandonment, occupancy):
            return fewest
        fewer = blocked[1]
        fewest += 1


@register_jitable
def _least(load: float, patience: float, level: float, abandonment: float, variant: int) -> int:
    if isnan(patience):
        return floor(load) + 1
    answered = 0.0
    if not isnan(level) and variant == OF_OFFERED:
        answered = level
    if not isnan(abandonment):
        answered = max(answered, 1.0 - abandonment)
    return max(1, floor(load * answered))


@njit(cache=True)
def _fewest_of_each(
    erlangs: Floats,
    handling: Floats,
    patience: Floats,
    level: float,
    seconds: float,
    wait: float,
    abandonment: float,
    occupancy: float,
    variant: int,
) -> Integers:
    found = np.empty(len(erlangs), np.int64)
    for each in range(len(erlangs)):
        found[each] = _fewest(
            erlangs[each],
            handling[each],
            patience[each],
            level,
            seconds,
            wait,
            abandonment,
            occupancy,
            variant,
        )
    return found
