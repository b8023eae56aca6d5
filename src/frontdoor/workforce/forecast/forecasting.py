"""The forecast: families first, then each series, small ones with their family's shape; events on top; bounds last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.assembling import assembled
from frontdoor.workforce.forecast.definition import (
    MOST_DAYS_AHEAD,
    BadHistory,
    Booleans,
    Calendar,
    Floats,
    Forecast,
    History,
    Series,
    Workings,
)
from frontdoor.workforce.forecast.events import effects
from frontdoor.workforce.forecast.factors import CHANCE
from frontdoor.workforce.forecast.fitting import Asked, Fitted, fit
from frontdoor.workforce.forecast.preparing import Prepared, into_bins, prepare, timeline

SMALL: Final = 60.0
"""Contacts an open day below which a series follows its family's shape and differs from it only where it shows."""
YOUNG: Final = 28
"""Open days of history below which it does too."""
OWN_SHAPE: Final = 20.0
"""Contacts of a bin from which a small series' own shape counts as much as its family's."""
WEIGHTY: Final = 0.05
"""The part of a family without which its sum says nothing."""


def forecast(
    history: History,
    calendar: Calendar | None = None,
    *,
    days: int,
    first_day: date | None = None,
    seed: int = 1,
) -> Forecast:
    """What is expected on so many `days` from `first_day` (none: the day after the history), each series of it.

    The same history, calendar and seed give the same forecast. Raises BadHistory where the days ahead are none, more than
    MOST_DAYS_AHEAD, or begin before the history ends.
    """
    known = history.counts.shape[1]
    calendar = calendar or Calendar()
    starts = first_day or history.first_day + timedelta(days=known)
    skipped = (starts - history.first_day).days - known
    if skipped < 0 or not 1 <= days + skipped <= MOST_DAYS_AHEAD:
        raise BadHistory(
            f"Forecast from 1 to {MOST_DAYS_AHEAD} days, beginning after the last day of the history "
            f"({history.first_day + timedelta(days=known - 1)}); asked were {days} days from {starts}."
        )
    rng = np.random.default_rng(seed)
    line = timeline(history.first_day, known + skipped + days)
    families = _families(history, calendar, line, rng)
    prepared = [
        prepare(history, place, calendar, families.shape_of(each))
        for place, each in enumerate(history.series)
    ]
    asked = [
        Asked(each.family or each.name, ready, families.base_of(each, ready))
        for each, ready in zip(history.series, prepared, strict=True)
    ]
    fitted = fit(asked, line, calendar, known=known, rng=rng)
    ahead = slice(known + skipped, None)
    workings = [
        _workings(history, place, line, calendar, ready, found, ahead)
        for place, (ready, found) in enumerate(zip(prepared, fitted, strict=True))
    ]
    notes = tuple(dict.fromkeys(note for ready in prepared for note in ready.notes))
    return assembled(history.series, starts, history.minutes, workings, notes)


class _Families:
    """What families of more than one series are expected to do, by name."""

    def __init__(self) -> None:
        self.shapes: dict[str, Floats] = {}
        self.rates: dict[str, Floats] = {}

    def shape_of(self, series: Series) -> Floats | None:
        return self.shapes.get(series.family)

    def base_of(self, series: Series, ready: Prepared) -> Floats | None:
        """Roots by day of the timeline and bin, where the series is too small or young to go by itself."""
        rates = self.rates.get(series.family)
        if rates is None:
            return None
        seen: Booleans = np.asarray(~np.isnan(ready.known).all(axis=1))
        came = np.nan_to_num(ready.known).sum()
        if seen.sum() >= YOUNG and came / max(1, seen.sum()) >= SMALL:
            return None
        known = ~np.isnan(ready.known)
        theirs = into_bins(np.where(known, rates[: len(known)], 0.0), ready.bins).sum(axis=0)
        ours = into_bins(np.where(known, ready.known, 0.0), ready.bins).sum(axis=0)
        share = (came + 0.25) / (theirs.sum() + 0.5)
        share = share * (ours + OWN_SHAPE) / (share * theirs + OWN_SHAPE)
        base: Floats = np.sqrt(share * into_bins(rates, ready.bins) + CHANCE / 2)
        return base


def _families(
    history: History, calendar: Calendar, line: Sequence[date], rng: np.random.Generator
) -> _Families:
    found = _Families()
    members: dict[str, list[int]] = {}
    for place, each in enumerate(history.series):
        if each.family:
            members.setdefault(each.family, []).append(place)
    members = {name: places for name, places in members.items() if len(places) > 1}
    if not members:
        return found
    together = History(
        tuple(Series(name) for name in members),
        history.first_day,
        np.stack([_together(history.counts[places]) for places in members.values()]),
        history.minutes,
    )
    prepared = [prepare(together, place, calendar, None) for place in range(len(members))]
    fitted = fit(
        [Asked(name, ready, None) for name, ready in zip(members, prepared, strict=True)],
        line,
        calendar,
        known=history.counts.shape[1],
        rng=rng,
    )
    for name, ready, fits in zip(members, prepared, fitted, strict=True):
        rates = by_interval(fits.mean, ready)
        found.rates[name], found.shapes[name] = rates, rates.mean(axis=0)
    return found


def _together(counts: Floats) -> Floats:
    """The sum over members; not known where one that has a part worth mentioning, and has begun, is not known."""
    known = ~np.isnan(counts)
    total: Floats = np.where(known, counts, 0.0).sum(axis=0)
    sizes = np.where(known, counts, 0.0).sum(axis=(1, 2))
    for member in np.flatnonzero(sizes > WEIGHTY * max(sizes.sum(), 1.0)):
        begins = int(np.argmax(known[member].any(axis=1)))
        total[begins:][~known[member][begins:]] = np.nan
    return total


def _workings(
    history: History,
    place: int,
    line: Sequence[date],
    calendar: Calendar,
    ready: Prepared,
    found: Fitted,
    ahead: slice,
) -> Workings:
    rates = by_interval(found.mean, ready)
    extra, times = effects(calendar.events, history, place, rates, line)
    return Workings(
        np.maximum(ready.bins, 0),
        np.where(ready.bins >= 0, ready.shares, 0.0),
        found.centre[ahead],
        found.loadings,
        found.spread[ahead],
        found.noise,
        found.widen,
        found.ratio,
        extra[ahead],
        times[ahead],
        found.is_open[ahead],
    )


def by_interval(binned: Floats, ready: Prepared) -> Floats:
    """Rates by day and bin as rates by day and interval."""
    found: Floats = np.where(ready.bins >= 0, binned[:, np.maximum(ready.bins, 0)] * ready.shares, 0.0)
    return found
