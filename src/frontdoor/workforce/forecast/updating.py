"""The rest of a day, from what came so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.assembling import (
    SURPRISE,
    Expectation,
    expectation,
    expected,
    from_expectations,
)
from frontdoor.workforce.forecast.definition import (
    DAY_MINUTES,
    BadHistory,
    Floats,
    Forecast,
    History,
    Workings,
)
from frontdoor.workforce.forecast.factors import CHANCE, SHIFT
from frontdoor.workforce.forecast.totals import Totals, bounds_of

CAUTION: Final = 3.0
"""What came counts as if its noise were so much more: factors were learned with an error of their own."""
DRIFT: Final = 0.02
"""Of the root, so a twenty-fifth of the rate: how far a day wanders off its factors."""
DRIFT_LASTS: Final = 240.0
"""Minutes over which that falls to a third."""


@dataclass(frozen=True)
class SoFar:
    """What came on a day up to now: `counts` by series and interval, NaN for what is still to come or not known."""

    day: date
    counts: Floats


def so_far_of(forecast: Forecast, came: History) -> SoFar:
    """The last day of what came, for the series of a forecast; what lies after its last contact is still to come. Raises
    BadHistory for intervals of another length.
    """
    if came.minutes != forecast.minutes:
        raise BadHistory(
            f"The forecast is by {forecast.minutes} minutes and what came so far by {came.minutes}. Use the same."
        )
    last_day = came.counts[:, -1]
    until = int(np.flatnonzero((np.nan_to_num(last_day) > 0).any(axis=0)).max(initial=-1)) + 1
    counts = np.full((len(forecast.series), came.intervals), np.nan)
    theirs = {each.name: place for place, each in enumerate(came.series)}
    for place, each in enumerate(forecast.series):
        if each.name in theirs:
            counts[place, :until] = last_day[theirs[each.name], :until]
    return SoFar(came.days[-1], counts)


def update(forecast: Forecast, so_far: SoFar) -> Forecast:
    """The forecast with the rest of that day conditional on what came; what came stands as it is, with no doubt. Other
    days, and the workings, are as published: update the same published forecast again as more comes.

    Days differ from what was expected by normal factors, and by a drift of their own that is forgotten over hours; what
    came is a linear observation of both, and the rest of the day follows from it (H. Shen and J. Z. Huang, 2008). Raises
    BadHistory for a day or a shape that the forecast does not have.
    """
    place = _place_of(forecast, so_far)
    found = [
        _updated(workings, place, counts)
        for workings, counts in zip(forecast.workings, so_far.counts, strict=True)
    ]
    return from_expectations(
        forecast.series, forecast.first_day, forecast.minutes, forecast.workings, found, forecast.notes
    )


def rest_of(forecast: Forecast, so_far: SoFar) -> Totals:
    """The total of what is still to come of that day, as `update` expects it: mean and bounds of shape (series, 1). They
    are not the sums of the intervals' bounds, because the rest of a day is off together. Raises BadHistory.
    """
    place = _place_of(forecast, so_far)
    found = [
        _rest(workings, place, counts)
        for workings, counts in zip(forecast.workings, so_far.counts, strict=True)
    ]
    mean = np.array([[each[0]] for each in found])
    median, low80, high80, low95, high95 = np.stack([each[1] for each in found], axis=1)
    return Totals(mean, median, low80, high80, np.minimum(low95, low80), np.maximum(high95, high80))


def _place_of(forecast: Forecast, so_far: SoFar) -> int:
    place = (so_far.day - forecast.first_day).days
    if not 0 <= place < forecast.mean.shape[1] or so_far.counts.shape != forecast.mean[:, 0].shape:
        raise BadHistory(
            f"The forecast has {forecast.mean.shape[0]} series of {forecast.mean.shape[2]} intervals from "
            f"{forecast.first_day}; what came is of {so_far.day}, with the shape {so_far.counts.shape}."
        )
    return place


def _updated(workings: Workings, place: int, counts: Floats) -> Expectation:
    centre, variance = workings.centre.copy(), workings.variance
    centre[place], doubt = _given(workings, place, counts)
    variance[place] = np.diag(doubt) + workings.noise
    found = expectation(workings, centre, variance)
    came = ~np.isnan(counts)
    found.mean[place, came] = counts[came]
    found.quantiles[:, place, came] = counts[came]
    return found


def _rest(workings: Workings, place: int, counts: Floats) -> tuple[float, Floats]:
    """Mean and quantiles of what is to come, by the delta method as for whole days. Of a bin that has begun, the chance
    of single contacts is in proportion to what is left of it, and what else it does by itself to the square of that.
    """
    is_left = np.isnan(counts)
    centre, doubt = _given(workings, place, counts)
    times, extra = float(workings.times[place]), float(workings.extra[place, is_left].sum())
    centres, variances = workings.centre.copy(), workings.variance
    centres[place], variances[place] = centre, np.diag(doubt) + workings.noise
    mean = float(expected(workings, centres, variances)[place, is_left].sum()) * times + extra
    left = np.bincount(workings.bins[is_left], workings.shares[is_left], len(centre))
    whole = 2.0 * workings.ratio * centre * workings.is_open[place]
    slope = whole * left
    variance = float(slope @ doubt @ slope + slope**2 @ np.maximum(workings.noise - CHANCE, 0.0))
    variance += float(whole**2 @ left) * CHANCE
    variance = variance * times**2 + (SURPRISE * (extra + abs(times - 1.0) * max(mean - extra, 0.0))) ** 2
    return mean, bounds_of(workings, np.array([mean]), np.array([max(variance, mean)]))


def _given(workings: Workings, place: int, counts: Floats) -> tuple[Floats, Floats]:
    """Roots of one day by bin, and how far they may be off together (covariances, without the bins' own noise), given
    what came.
    """
    usual = np.maximum(counts - workings.extra[place], 0.0) / max(workings.times[place], 0.01)
    shares = workings.shares
    is_known = ~np.isnan(counts) & (shares > 0)
    bins = len(workings.noise)
    seen = np.bincount(workings.bins[is_known], shares[is_known], bins)
    came = np.bincount(workings.bins[is_known], usual[is_known], bins)
    use = (seen > 0.05) & (workings.is_open[place] > 0)
    centre, spread = workings.centre[place], workings.spread[place]
    prior: Floats = (workings.loadings.T * spread) @ workings.loadings
    if not use.any():
        return centre, prior
    prior = prior + _drift(workings, centre)
    roots = np.sqrt((came[use] + SHIFT) / (seen[use] * workings.ratio))
    noise = CAUTION * workings.noise[use] + CHANCE * (1.0 / seen[use] - 1.0) + (CHANCE if bins == 1 else 0.0)
    of_seen = prior[use]
    gain = np.linalg.solve(of_seen[:, use] + np.diag(noise), of_seen)
    doubt = prior - of_seen.T @ gain
    np.fill_diagonal(doubt, np.maximum(np.diag(doubt), 0.0))
    return np.maximum(centre + (roots - centre[use]) @ gain, 0.0), doubt


def _drift(workings: Workings, centre: Floats) -> Floats:
    """How a day wanders off by itself, by bin and bin: what came last says most of what comes next."""
    intervals = np.arange(len(workings.bins))
    is_used = workings.shares > 0
    count = np.maximum(np.bincount(workings.bins[is_used], minlength=len(centre)), 1)
    middle = (
        np.bincount(workings.bins[is_used], intervals[is_used], len(centre))
        / count
        * DAY_MINUTES
        / len(intervals)
    )
    found: Floats = np.outer(centre, centre) * np.exp(-np.abs(middle[:, None] - middle) / DRIFT_LASTS)
    found *= DRIFT**2
    return found
