"""Whole days: their totals cannot be had by adding up bounds, because intervals of a day are off together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from frontdoor.workforce.forecast.assembling import LEVELS, SURPRISE, expected
from frontdoor.workforce.forecast.counts import Z80, Z95, quantiles
from frontdoor.workforce.forecast.definition import Floats, Forecast, Workings


@dataclass(frozen=True)
class Totals:
    """Contacts of whole days, by series and day; bounds as in Forecast."""

    mean: Floats
    median: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats


def totals(forecast: Forecast) -> Totals:
    """The totals of each day as published; an update within the day is not in them. A forecast that was read from a file
    has no workings, and so no bounds of totals: they are NaN.
    """
    mean = forecast.mean.sum(axis=2)
    if not forecast.workings:
        unknown = np.full(mean.shape, np.nan)
        return Totals(mean, unknown, unknown, unknown, unknown, unknown)
    found = np.stack([_quantiles(each) for each in forecast.workings], axis=1)
    published = np.stack([_mean(each) for each in forecast.workings])
    median, low80, high80, low95, high95 = found
    return Totals(published, median, low80, high80, np.minimum(low95, low80), np.maximum(high95, high80))


def _mean(workings: Workings) -> Floats:
    usual = expected(workings, workings.centre, workings.variance).sum(axis=1) * workings.times
    found: Floats = usual + workings.extra.sum(axis=1)
    return found


def _quantiles(workings: Workings) -> Floats:
    """From the variance of a total: what each factor, and each bin by itself, adds to it (the delta method)."""
    slope = 2.0 * workings.ratio * workings.centre * workings.is_open
    variance = ((slope @ workings.loadings.T) ** 2 * workings.spread).sum(axis=1)
    variance += (slope**2 * workings.noise).sum(axis=1)
    variance *= workings.times**2
    mean, extra = _mean(workings), workings.extra.sum(axis=1)
    variance += (SURPRISE * (extra + np.abs(workings.times - 1.0) * (mean - extra))) ** 2
    return bounds_of(workings, mean, np.maximum(variance, mean))


def bounds_of(workings: Workings, mean: Floats, variance: Floats) -> Floats:
    """The LEVELS' quantiles of totals with these means and variances, of shape (levels, totals)."""
    at80, at95 = workings.widen
    steps = (0.0, -at80 * Z80, at80 * Z80, -at95 * Z95, at95 * Z95)
    root_variance = variance / (4.0 * np.maximum(mean, 0.25))
    return quantiles(np.sqrt(mean), mean, root_variance, LEVELS, steps)
