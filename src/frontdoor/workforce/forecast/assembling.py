"""From roots by bin to counts by interval: mean, median and bounds, with what events bring on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.counts import Z80, Z95, quantiles
from frontdoor.workforce.forecast.definition import Floats, Forecast, Series, Workings
from frontdoor.workforce.forecast.factors import CHANCE, SHIFT

LEVELS: Final = (0.5, 0.1, 0.9, 0.025, 0.975)
SURPRISE: Final = 0.3
"""How far what an event brings may be off, as a share of it."""


@dataclass(frozen=True)
class Expectation:
    """Of one series, by day and interval: the mean and the LEVELS' quantiles."""

    mean: Floats
    quantiles: Floats


def expected(workings: Workings, centre: Floats, variance: Floats) -> Floats:
    """Counts by day and interval, without events, from roots by day and bin and their variances."""
    held = workings.is_open * workings.ratio * np.maximum(centre**2 + variance - SHIFT, 0.0)
    found: Floats = held[:, workings.bins] * workings.shares
    return found


def expectation(workings: Workings, centre: Floats, variance: Floats) -> Expectation:
    """`centre` and `variance` (chance among it) of roots, by day and bin."""
    bins, shares, ratio = workings.bins, workings.shares, workings.ratio
    mean = expected(workings, centre, variance)
    usual = mean * workings.times[:, None]
    total = usual + workings.extra
    latent = np.maximum(variance - CHANCE, 0.01)[:, bins] * shares * ratio
    if workings.extra.any() or (workings.times != 1.0).any():
        surprise = SURPRISE * (np.abs(usual - mean) + workings.extra)
        latent = latent * np.maximum(workings.times, 0.01)[:, None] + surprise**2 / (
            4.0 * np.maximum(total, 0.25)
        )
    root = np.sqrt(np.maximum(total - latent - CHANCE + SHIFT, 0.0))
    deviation = np.sqrt(latent + CHANCE)
    at80, at95 = workings.widen
    steps = (0.0, -at80 * Z80, at80 * Z80, -at95 * Z95, at95 * Z95)
    return Expectation(total, quantiles(root, total, deviation**2, LEVELS, steps))


def assembled(
    series: Sequence[Series],
    first_day: date,
    minutes: int,
    workings: Sequence[Workings],
    notes: Sequence[str],
) -> Forecast:
    """The forecast of many series from their workings."""
    found = [expectation(each, each.centre, each.variance) for each in workings]
    return from_expectations(series, first_day, minutes, workings, found, notes)


def from_expectations(
    series: Sequence[Series],
    first_day: date,
    minutes: int,
    workings: Sequence[Workings],
    found: Sequence[Expectation],
    notes: Sequence[str],
) -> Forecast:
    """Put together what is expected of each series."""
    median, low80, high80, low95, high95 = np.stack([each.quantiles for each in found], axis=1)
    return Forecast(
        tuple(series),
        first_day,
        minutes,
        np.stack([each.mean for each in found]),
        median,
        low80,
        high80,
        np.minimum(low95, low80),
        np.maximum(high95, high80),
        tuple(workings),
        tuple(notes),
    )
