"""A published forecast against what came, with the error that chance alone would have made beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.definition import BadHistory, Floats, Forecast, History

MANY: Final = 200.0
LOG_FACTORIALS: Final = np.array([lgamma(count + 1.0) for count in range(int(MANY) + 1)])


@dataclass(frozen=True)
class Score:
    """By series, and of all together last: `compared` intervals, contacts `came` and `expected`.

    `wape`: the sum of what the median was off over what came; `mae` and `rmse` of an interval (the median's and the
    mean's); `bias`: expected over came, less one; `chance_wape` and `chance_mae`: what a forecast that knew each rate
    exactly would have had, for contacts come at random. `cover80`, `cover95`: the share within the bounds; `winkler80`,
    `winkler95`: their mean width, with 10 and 40 times what lay outside added (R. L. Winkler, 1972).

    By series, day and interval: `off` (came less mean) and `chance` (what it would be off by chance alone, in the mean);
    NaN where nothing is known. Figures are NaN where nothing could be compared.
    """

    names: tuple[str, ...]
    compared: Floats
    came: Floats
    expected: Floats
    mae: Floats
    rmse: Floats
    wape: Floats
    bias: Floats
    chance_mae: Floats
    chance_wape: Floats
    cover80: Floats
    cover95: Floats
    winkler80: Floats
    winkler95: Floats
    off: Floats
    chance: Floats


def score(forecast: Forecast, actual: History) -> Score:
    """Compare on the days and series that both have. Intervals that are closed (nothing expected, and nothing came) are
    left out. Raises BadHistory where they have no day in common, or intervals of another length.
    """
    came = aligned(forecast, actual)
    expected = forecast.mean
    open_there = ~np.isnan(came) & ((expected > 0) | (came > 0))
    came = np.where(open_there, came, np.nan)
    off, chance = came - expected, np.where(open_there, chance_error(expected), np.nan)
    parts = {
        "compared": open_there.astype(float),
        "came": came,
        "expected": np.where(open_there, expected, np.nan),
        "mae": np.abs(came - forecast.median),
        "rmse": off**2,
        "chance": chance,
        "cover80": _covered(came, forecast.low80, forecast.high80),
        "cover95": _covered(came, forecast.low95, forecast.high95),
        "winkler80": _winkler(came, forecast.low80, forecast.high80, 0.2),
        "winkler95": _winkler(came, forecast.low95, forecast.high95, 0.05),
    }
    sums = {name: _sums(values) for name, values in parts.items()}
    count = np.where(sums["compared"] > 0, sums["compared"], np.nan)
    total = np.where(sums["came"] > 0, sums["came"], np.nan)
    means = {name: values / count for name, values in sums.items()}
    return Score(
        (*(each.name for each in forecast.series), "all"),
        sums["compared"],
        sums["came"],
        sums["expected"],
        means["mae"],
        np.sqrt(means["rmse"]),
        sums["mae"] / total,
        sums["expected"] / total - 1.0,
        means["chance"],
        sums["chance"] / total,
        means["cover80"],
        means["cover95"],
        means["winkler80"],
        means["winkler95"],
        off,
        chance,
    )


def aligned(forecast: Forecast, actual: History) -> Floats:
    """What came, in the forecast's shape; NaN where it is not known. Raises BadHistory."""
    if actual.minutes != forecast.minutes:
        raise BadHistory(
            f"The forecast is by {forecast.minutes} minutes and what came by {actual.minutes}. Use the same intervals."
        )
    found: Floats = np.full(forecast.mean.shape, np.nan)
    days = len(forecast.days)
    shift = (forecast.first_day - actual.first_day).days
    first, last = max(0, -shift), min(days, actual.counts.shape[1] - shift)
    theirs = {each.name: place for place, each in enumerate(actual.series)}
    for place, each in enumerate(forecast.series):
        if each.name in theirs and first < last:
            found[place, first:last] = actual.counts[theirs[each.name], first + shift : last + shift]
    if np.isnan(found).all():
        raise BadHistory(
            "The forecast and what came have no day of a series in common. Check dates and names."
        )
    return found


def chance_error(mean: Floats) -> Floats:
    """The mean of what a Poisson count is off its mean: 2 e^-m m^(k+1) / k! with k the whole part of m (A. De Moivre);
    for large means the normal distribution's.
    """
    few = np.minimum(np.maximum(mean, 1e-12), MANY - 1.0)
    whole = np.floor(few)
    exact = 2.0 * np.exp(-few + (whole + 1.0) * np.log(few) - LOG_FACTORIALS[whole.astype(np.int64)])
    found: Floats = np.where(mean < MANY - 1.0, exact, np.sqrt(2.0 * np.maximum(mean, 0.0) / np.pi))
    return found


def _sums(values: Floats) -> Floats:
    by_series = np.nansum(values, axis=(1, 2))
    return np.append(by_series, by_series.sum())


def _covered(came: Floats, low: Floats, high: Floats) -> Floats:
    return np.where(np.isnan(came), np.nan, (came >= low - 1e-9) & (came <= high + 1e-9))


def _winkler(came: Floats, low: Floats, high: Floats, outside: float) -> Floats:
    missed = np.maximum(low - came, 0.0) + np.maximum(came - high, 0.0)
    return (high - low) + 2.0 / outside * missed + 0.0 * came
