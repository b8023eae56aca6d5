"""Many series fitted at once: those that are open on the same days share one set of days and all its factorisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.counts import Z80, Z95
from frontdoor.workforce.forecast.days import MIDDLE, YEARLY_FROM, DayKernel, kernel_of
from frontdoor.workforce.forecast.definition import Calendar, Floats, Integers
from frontdoor.workforce.forecast.factors import CHANCE, SHIFT, Factors, factors_of
from frontdoor.workforce.forecast.learning import Expected, Learned, expect, learn
from frontdoor.workforce.forecast.preparing import Opening, Prepared

JUDGED_FROM: Final = 40
MOST_JUDGED: Final = 30
LIKE_NORMAL: Final = 5.0
TRUST: Final = 8.0
"""Days: so many that were judged count as much as what intervals are before any was."""


@dataclass(frozen=True)
class Asked:
    """A series to fit. `base` (days of the timeline, bins): what its family leads one to expect, or None."""

    family: str
    prepared: Prepared
    base: Floats | None


@dataclass(frozen=True)
class Fitted:
    """A series on the scale of roots, for each day of the timeline: `centre` (days, bins), `loadings`, `spread` (days,
    factors), `noise` (bins); `ratio` and `widen` as in Workings. `is_open` by day and bin.
    """

    centre: Floats
    loadings: Floats
    spread: Floats
    noise: Floats
    ratio: float
    widen: tuple[float, float]
    is_open: Floats

    @property
    def variance(self) -> Floats:
        """Of each root, chance among it."""
        found: Floats = self.spread @ self.loadings**2 + self.noise
        return found

    @property
    def mean(self) -> Floats:
        """Counts expected, by day and bin."""
        found: Floats = self.is_open * self.ratio * np.maximum(self.centre**2 + self.variance - SHIFT, 0.0)
        return found


def fit(
    asked: Sequence[Asked],
    timeline: Sequence[date],
    calendar: Calendar,
    *,
    known: int,
    rng: np.random.Generator,
) -> list[Fitted]:
    """Fit each. The first `known` days of the timeline are those of the history."""
    groups: dict[Opening, list[int]] = {}
    for place, each in enumerate(asked):
        groups.setdefault(each.prepared.opening, []).append(place)
    found: dict[int, Fitted] = {}
    for opening, places in groups.items():
        group = [asked[place] for place in places]
        found |= dict(zip(places, _fit_group(group, opening, timeline, calendar, known, rng), strict=True))
    return [found[place] for place in range(len(asked))]


def _fit_group(
    group: Sequence[Asked],
    opening: Opening,
    timeline: Sequence[date],
    calendar: Calendar,
    known: int,
    rng: np.random.Generator,
) -> list[Fitted]:
    places = np.array(
        [at for at in range(opening.begins, len(timeline)) if opening.is_open(timeline[at])], np.int64
    )
    past = int((places < known).sum())
    if not past:
        return [_of_nothing(each, len(timeline)) for each in group]
    days = [timeline[at] for at in places]
    kernel = kernel_of(days, calendar, weekdays=opening.weekdays, closed=opening.closed)
    has_season = int(places[past - 1] - places[0]) >= YEARLY_FROM
    binned = [each.prepared.binned()[places[:past]] for each in group]
    bases = [None if each.base is None else each.base[places] for each in group]
    factors = [
        factors_of(counts, None if base is None else base[:past])
        for counts, base in zip(binned, bases, strict=True)
    ]
    learned = _learn(kernel, group, factors, past, has_season, rng)
    expected = _expect(kernel, factors, learned, past, has_season)
    widen = _judge(kernel, binned, bases, learned, factors, past, has_season)
    return [
        _fitted(each, len(timeline), places, past, *parts)
        for each, *parts in zip(group, binned, bases, factors, expected, widen, strict=True)
    ]


def _all_scores(factors: Sequence[Factors]) -> Floats:
    return np.concatenate([each.scores for each in factors], axis=1)


def _learn(
    kernel: DayKernel,
    group: Sequence[Asked],
    factors: Sequence[Factors],
    past: int,
    has_season: bool,
    rng: np.random.Generator,
) -> Learned:
    scores = _all_scores(factors)
    is_known = np.concatenate([each.is_known for each in factors], axis=1)
    if not is_known.all():
        first = Learned(
            np.exp(MIDDLE)[None], np.zeros((1, scores.shape[1]), np.int64), np.ones((1, scores.shape[1]))
        )
        guess = expect(kernel, scores, is_known, first, has_season=has_season, days=past)
        scores = np.where(is_known, scores, guess.mean[:past])
    families: dict[tuple[str, int], list[int]] = {}
    column = 0
    for each, found in zip(group, factors, strict=True):
        for rank in range(len(found.loadings)):
            families.setdefault((each.family, min(rank, 4)), []).append(column)
            column += 1
    proposals: list[Integers] = [np.array(columns) for columns in families.values()]
    return learn(kernel, scores, proposals, has_season=has_season, rng=rng)


def _expect(
    kernel: DayKernel,
    factors: Sequence[Factors],
    learned: Learned,
    past: int,
    has_season: bool,
    days: int | None = None,
) -> list[Expected]:
    is_known = np.concatenate([each.is_known for each in factors], axis=1)
    found = expect(kernel, _all_scores(factors), is_known, learned, has_season=has_season, days=days)
    ends = np.cumsum([len(each.loadings) for each in factors])
    return [
        Expected(found.mean[:, first:last], found.spread[:, first:last])
        for first, last in zip([0, *ends], ends, strict=False)
    ]


def _judge(
    kernel: DayKernel,
    binned: Sequence[Floats],
    bases: Sequence[Floats | None],
    learned: Learned,
    whole: Sequence[Factors],
    past: int,
    has_season: bool,
) -> list[tuple[float, float]]:
    """By how much intervals must be widened (or narrowed), from the last weeks, forecast as if they had not come."""
    held = min(MOST_JUDGED, past // 4)
    if past < JUDGED_FROM:
        return [(1.1, 1.1)] * len(binned)
    before = past - held
    factors = [
        factors_of(counts[:before], None if base is None else base[:before])
        for counts, base in zip(binned, bases, strict=True)
    ]
    if any(len(a.loadings) != len(b.loadings) for a, b in zip(factors, whole, strict=True)):
        return [(1.1, 1.1)] * len(binned)
    expected = _expect(kernel, factors, learned, before, has_season, days=past)
    return [
        _widths(counts[before:], base, found, hope, before, past)
        for counts, base, found, hope in zip(binned, bases, factors, expected, strict=True)
    ]


def _widths(
    counts: Floats, base: Floats | None, factors: Factors, expected: Expected, before: int, past: int
) -> tuple[float, float]:
    centre = factors.centre if base is None else base[before:past]
    roots = centre + expected.mean[before:past] @ factors.loadings
    variance = expected.spread[before:past] @ factors.loadings**2 + factors.noise
    off = np.abs(np.sqrt(counts + SHIFT) - roots) / np.sqrt(variance)
    judged = ~np.isnan(off) & (roots**2 > LIKE_NORMAL)
    days = int(judged.any(axis=1).sum())
    if days < 10:
        return 1.0, 1.0
    trust = days / (days + TRUST)
    at80, at95 = np.quantile(off[judged], [0.8, 0.95]) / (Z80, Z95)
    return tuple(float(np.clip(1 + trust * (at - 1), 0.8, 1.5)) for at in (at80, at95))  # type: ignore[return-value]


def _fitted(
    asked: Asked,
    days: int,
    places: Integers,
    past: int,
    binned: Floats,
    base: Floats | None,
    factors: Factors,
    expected: Expected,
    widen: tuple[float, float],
) -> Fitted:
    bins = factors.loadings.shape[1]
    centre, spread = np.zeros((days, bins)), np.zeros((days, len(factors.loadings)))
    centre[places] = (factors.centre if base is None else base) + expected.mean @ factors.loadings
    spread[places] = expected.spread
    np.maximum(centre, 0.0, out=centre)
    is_open = np.zeros((days, bins))
    first = asked.prepared.weekday_of_first
    is_open[places] = ~asked.prepared.closed[(first + places) % 7]
    fit_roots = centre[places[:past]]
    left = (np.sqrt(binned + SHIFT) - fit_roots) ** 2
    seen = ~np.isnan(left)
    left_mean = np.where(seen, left, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    came = binned[seen].sum()
    said = np.maximum(fit_roots**2 + left_mean - SHIFT, 0.0)[seen].sum()
    ratio = float(np.clip((came + 0.5) / (said + 0.5), 0.5, 2.0))
    return Fitted(centre, factors.loadings, spread, factors.noise, ratio, widen, is_open)


def _of_nothing(asked: Asked, days: int) -> Fitted:
    bins = int(asked.prepared.bins.max()) + 1
    return Fitted(
        np.zeros((days, bins)),
        np.zeros((1, bins)),
        np.zeros((days, 1)),
        np.full(bins, CHANCE),
        1.0,
        (1.0, 1.0),
        np.zeros((days, bins)),
    )
