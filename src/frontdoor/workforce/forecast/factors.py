"""A series as a matrix of days by bins on the scale of square roots, and that as a few factors by which days differ.

Square roots make chance alike everywhere (variance 1/4 whatever the rate: F. J. Anscombe, 1948); factors of the singular
value decomposition follow H. Shen and J. Z. Huang, "Interday forecasting and intraday updating of call center arrivals",
2008.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.definition import Booleans, Floats

SHIFT: Final = 0.375
CHANCE: Final = 0.25
FACTORS: Final = 6
DAYS_A_FACTOR: Final = 8
ROUNDS: Final = 5
LEAST_NOISE: Final = 0.1
LEAST_DOUBT: Final = 0.08
"""Of the root (so a sixth of the rate): how far days differ where there are too few of them to tell."""


@dataclass(frozen=True)
class Factors:
    """`centre` (days or 1, bins), `loadings` (factors, bins), `scores` (days, factors; in units of their own deviation)
    and which days are known; `noise` (bins): the variance that is left.
    """

    centre: Floats
    loadings: Floats
    scores: Floats
    is_known: Booleans
    noise: Floats


def factors_of(binned: Floats, base: Floats | None) -> Factors:
    """Of counts by day and bin (NaN: unknown). `base`: what the family leads one to expect, on the scale of roots."""
    roots = np.sqrt(binned + SHIFT)
    is_known: Booleans = np.asarray(~np.isnan(roots).all(axis=1))
    centre = _centre(roots) if base is None else base
    rest = np.where(is_known[:, None], roots - centre, 0.0)[is_known]
    days, bins = rest.shape
    count = max(1, min(FACTORS, bins, days // DAYS_A_FACTOR))
    goes_by_level = base is not None or days < 2 * DAYS_A_FACTOR
    level = np.atleast_2d(centre).mean(axis=0)
    if goes_by_level:
        loadings = (level / max(1e-9, float(np.linalg.norm(level))))[None]
        filled = np.where(np.isnan(rest), 0.0, rest)
        found = filled @ loadings.T
    else:
        filled = _filled(rest, count)
        left, sizes, right = np.linalg.svd(filled, full_matrices=False)
        loadings, found = right[:count], left[:, :count] * sizes[:count]
    left_over = filled - found @ loadings
    free = (days - len(loadings)) * max(1, bins - len(loadings)) / bins
    noise = (left_over**2).sum(axis=0) / max(1.0, free)
    noise = (days * noise + 10 * noise.mean()) / (days + 10)
    width = np.maximum(np.sqrt((found**2).mean(axis=0)), 1e-6) if days else np.ones(len(loadings))
    if days < 2 * DAYS_A_FACTOR:
        width = np.maximum(width, max(np.sqrt(CHANCE), LEAST_DOUBT * float(np.linalg.norm(level))))
    scores = np.zeros((len(binned), len(loadings)))
    scores[is_known] = found / width
    known = np.repeat(is_known[:, None], len(loadings), axis=1)
    return Factors(
        centre, loadings * width[:, None], scores, known, np.maximum(noise, LEAST_NOISE if bins > 1 else 0.0)
    )


def _centre(roots: Floats) -> Floats:
    seen: Booleans = ~np.isnan(roots)
    found: Floats = np.where(seen, roots, 0.0).sum(axis=0, keepdims=True) / np.maximum(seen.sum(axis=0), 1)
    return found


def _filled(rest: Floats, count: int) -> Floats:
    """Holes filled with what the other bins of the day lead to, by factors, until they agree."""
    holes: Booleans = np.isnan(rest)
    filled = np.where(holes, 0.0, rest)
    if holes.any():
        for _time in range(ROUNDS):
            left, sizes, right = np.linalg.svd(filled, full_matrices=False)
            filled = np.where(holes, (left[:, :count] * sizes[:count]) @ right[:count], rest)
    return filled
