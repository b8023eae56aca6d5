"""Which settings of the calendar explain the past, and what follows for days to come: Gaussian processes over days,
averaged over settings by how well each explains, for many series at once.

A set of settings costs one factorisation of its covariance, whoever uses it. So settings are drawn once, from the prior
and then near what explained well, and every factor of every series weighs all of them: adaptive multiple importance
sampling (J.-M. Cornuet, J.-M. Marin, A. Mira and C. P. Robert, 2012). Each draw is weighed
by the mixture of all proposals.

A day nobody can explain must not move the days after it: where one is further off what all other days lead one to expect
of it than `ODD` deviations, only so much of it counts (P. J. Huber, "Robust estimation of a location parameter", 1964).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.days import MIDDLE, NOISE, SETTINGS, WIDTH, DayKernel
from frontdoor.workforce.forecast.definition import Booleans, Floats, Integers

FIRST_DRAWS: Final = 400
MORE_DRAWS: Final = 360
LEAST_DRAWS: Final = 12
KEPT: Final = 8
LEAST_WIDTH: Final = 0.3
ODD: Final = 1.345
"""Deviations. Where nothing is odd, P. J. Huber's constant costs a twentieth of what days tell."""
ROUNDS: Final = 6
MOST_LEARNED: Final = 400
"""Open days, the latest, by which settings are weighed; all days count in what is expected."""


@dataclass(frozen=True)
class Learned:
    """Settings (each a row), and of each factor the places of those kept, with their weights (0: none is there)."""

    settings: Floats
    places: Integers
    weights: Floats


@dataclass(frozen=True)
class Expected:
    """Of each factor (columns) on each day (rows): the mean, and the variance, the day's own noise among it."""

    mean: Floats
    spread: Floats


def learn(
    kernel: DayKernel,
    scores: Floats,
    proposals: Sequence[Integers],
    *,
    has_season: bool,
    rng: np.random.Generator,
) -> Learned:
    """Weigh settings for each column of `scores` (days by factors, in units of their own deviation).

    `proposals`: columns that are likely to agree, whose weights together say where more settings are drawn.
    """
    draws = rng.standard_normal((FIRST_DRAWS, len(SETTINGS)))
    fits = _fits(kernel, draws, scores, has_season=has_season)
    centres, widths = [np.zeros(len(SETTINGS))], [np.ones(len(SETTINGS))]
    counts = [FIRST_DRAWS]
    for columns in proposals:
        weights = _normal(fits[:FIRST_DRAWS, columns].mean(axis=1) / 2.0)
        centre = weights @ draws[:FIRST_DRAWS]
        width = np.sqrt(weights @ (draws[:FIRST_DRAWS] - centre) ** 2)
        centres.append(centre)
        widths.append(np.maximum(width, LEAST_WIDTH))
        counts.append(max(LEAST_DRAWS, MORE_DRAWS // max(1, len(proposals))))
    more = [
        centre + width * rng.standard_normal((count, len(SETTINGS)))
        for centre, width, count in zip(centres[1:], widths[1:], counts[1:], strict=True)
    ]
    if more:
        near = np.concatenate(more)
        draws = np.concatenate([draws, near])
        fits = np.concatenate([fits, _fits(kernel, near, scores, has_season=has_season)])
    weights = (
        fits
        + (_log_normal(draws, centres[0], widths[0]) - _log_mixture(draws, centres, widths, counts))[:, None]
    )
    return _kept(draws, weights)


def _kept(draws: Floats, logs: Floats) -> Learned:
    """For each column as many settings as are kept, at even steps through all of them from the likeliest down, so that
    what they say together is what all say (systematic resampling); one that is met more often weighs more.
    """
    places, weights = np.zeros((2, KEPT, logs.shape[1]))
    for column, log in enumerate(logs.T):
        order = np.argsort(-log, kind="stable")
        passed = np.cumsum(_normal(log[order]))
        met = np.searchsorted(passed, (np.arange(KEPT) + 0.5) / KEPT).clip(max=len(order) - 1)
        found, counts = np.unique(met, return_counts=True)
        places[: len(found), column], weights[: len(found), column] = order[found], counts / KEPT
    return Learned(_settings(draws), places.astype(np.int64), weights)


def _settings(draws: Floats) -> Floats:
    found: Floats = np.exp(MIDDLE + WIDTH * draws)
    return found


def _normal(logs: Floats) -> Floats:
    weights: Floats = np.exp(logs - logs.max())
    weights /= weights.sum()
    return weights


def _log_normal(draws: Floats, centre: Floats, width: Floats) -> Floats:
    found: Floats = -0.5 * (((draws - centre) / width) ** 2).sum(axis=1) - np.log(width).sum()
    return found


def _log_mixture(
    draws: Floats, centres: Sequence[Floats], widths: Sequence[Floats], counts: Sequence[int]
) -> Floats:
    parts = np.stack(
        [
            np.log(count) + _log_normal(draws, centre, width)
            for centre, width, count in zip(centres, widths, counts, strict=True)
        ]
    )
    most = parts.max(axis=0)
    found: Floats = most + np.log(np.exp(parts - most).sum(axis=0))
    return found


def _fits(kernel: DayKernel, draws: Floats, scores: Floats, *, has_season: bool) -> Floats:
    """The log of the likelihood of each column under each draw.

    The covariance is factorised with the columns as its border, and they come out whitened. The corner is large enough
    for that, and of no other use.
    """
    days = slice(max(0, len(scores) - MOST_LEARNED), len(scores))
    scores = scores[days]
    count, columns = scores.shape
    found = np.empty((len(draws), columns))
    bordered = np.zeros((count + columns, count + columns))
    bordered[count:, :count] = scores.T
    size = float((scores**2).sum())
    for place, settings in enumerate(_settings(draws)):
        bordered[:count, :count] = kernel.between(settings, days, days, has_season=has_season)
        diagonal = np.einsum("ii->i", bordered)
        diagonal[:count] += settings[NOISE]
        diagonal[count:] = 1.0 + size / settings[NOISE]
        root = np.linalg.cholesky(bordered)
        whitened, own = root[count:, :count], np.diag(root)[:count]
        found[place] = -0.5 * (whitened**2).sum(axis=1) - np.log(own).sum()
    return found


def expect(
    kernel: DayKernel,
    scores: Floats,
    is_known: Booleans,
    learned: Learned,
    *,
    has_season: bool,
    days: int | None = None,
) -> Expected:
    """What each factor does on the first `days` of the kernel (none: on all). `scores` are of its first days; what is not
    known is filled in from the rest, and odd days are drawn in.
    """
    known, days = slice(0, len(scores)), days or kernel.apart.shape[0]
    shape = days, scores.shape[1]
    mean, square, spread = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    is_used = learned.weights > 0
    for place in np.unique(learned.places[is_used]):
        settings = learned.settings[place]
        ranks, columns = np.nonzero((learned.places == place) & is_used)
        weights = learned.weights[ranks, columns]
        across = kernel.between(settings, known, slice(0, days), has_season=has_season)
        covariance = across[:, : len(scores)].copy()
        covariance[np.diag_indices(len(scores))] += settings[NOISE]
        inverse: Floats = np.linalg.inv(covariance).astype(np.float64)
        solved = inverse @ across
        drawn = _drawn_in(inverse, settings[NOISE], scores[:, columns], is_known[:, columns])
        found = solved.T @ drawn
        own = kernel.variances(settings, has_season=has_season)[:days]
        doubt = np.maximum(own - (across * solved).sum(axis=0), 0.0)[:, None]
        mean[:, columns] += weights * found
        square[:, columns] += weights * found**2
        spread[:, columns] += weights * (doubt + settings[NOISE])
    spread += np.maximum(square - mean**2, 0.0)
    return Expected(mean, spread)


def _drawn_in(inverse: Floats, noise: float, scores: Floats, is_known: Booleans) -> Floats:
    """Scores in which odd days are drawn in, and days not known filled in, from all other days until they agree.

    What other days lead one to expect of one follows from the `inverse` of the covariance with its `noise`, without
    leaving each out in turn.
    """
    own = np.diag(inverse)[:, None]
    most = ODD / np.sqrt(own)
    found = np.where(is_known, scores, 0.0)
    for _time in range(ROUNDS):
        pulled = inverse @ found
        off = scores - found + pulled / own
        found = np.where(is_known, scores - off + np.clip(off, -most, most), found - noise * pulled)
    return found
