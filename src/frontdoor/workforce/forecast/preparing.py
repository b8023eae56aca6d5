"""From counts to what is learned from: which days a service is open, intervals put together until they hold enough, what
cannot have been (a day of zeros on which it should have been busy), and shocks nobody announced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.days import from_turn
from frontdoor.workforce.forecast.definition import Booleans, Calendar, Floats, History, Integers

SURE: Final = 8.0
"""Contacts expected of which none came: by chance alone once in three thousand times."""
BIN_HOLDS: Final = 4.0
"""Contacts a bin holds on an average day: below that, square roots of counts are no longer near to normal."""
STRAY: Final = 0.002
FAR: Final = 6.0
LEAST_SHOCK: Final = 0.25
NEAR_WEEKS: Final = 7
PRIOR_SHARE: Final = 10.0
"""Contacts of an interval from which a series' own share of it counts as much as its family's."""
NAMED: Final = 6
SATURDAY: Final = 5


@dataclass(frozen=True)
class Opening:
    """On which weekdays (Monday 0) a series is open, and on which dates it is closed all the same."""

    weekdays: frozenset[int]
    closed: frozenset[date]
    begins: int

    def is_open(self, day: date) -> bool:
        """Whether contacts can come on a day."""
        return day.weekday() in self.weekdays and day not in self.closed


@dataclass(frozen=True)
class Prepared:
    """A series made ready. `known`: counts by day of the history and interval; NaN where unknown or set
    aside. `bins` and `shares` as in Workings, `closed` (7, bins): never on a weekday.
    """

    known: Floats
    opening: Opening
    bins: Integers
    shares: Floats
    closed: Booleans
    weekday_of_first: int
    notes: tuple[str, ...]

    def binned(self) -> Floats:
        """Counts by day and bin; NaN where one of its intervals is not known."""
        return into_bins(self.known, self.bins)


def into_bins(counts: Floats, bins: Integers) -> Floats:
    """Counts by day and interval as counts by day and bin."""
    found = np.zeros((len(counts), int(bins.max()) + 1))
    for place in range(found.shape[1]):
        found[:, place] = counts[:, bins == place].sum(axis=1)
    return found


def prepare(history: History, place: int, calendar: Calendar, shape: Floats | None) -> Prepared:
    """Make a series ready. `shape` (intervals): its family's, from which shares within a bin are borrowed."""
    name = history.series[place].name
    counts, days = history.counts[place].copy(), history.days
    notes: list[str] = []
    opening = _opening(counts, days, calendar)
    announced = np.array([day in calendar.holidays for day in days])
    on_weekday = np.array([day.weekday() in opening.weekdays for day in days])
    counts[~on_weekday | (announced & ~(np.nansum(counts, axis=1) > 0))] = np.nan
    for day in _broken_days(counts, days, notes, name):
        counts[day] = np.nan
    counts[[not opening.is_open(day) for day in days]] = np.nan
    _break_gaps(counts, days, notes, name)
    for event in calendar.events:
        if event.touches(name):
            first = (event.day - days[0]).days
            counts[max(0, first) : max(0, first + event.days)] = np.nan
    _set_shocks_aside(counts, days, opening, notes, name)
    bins, shares = _bins(counts, shape)
    closed = _closed_bins(counts, bins, days)
    return Prepared(counts, opening, bins, shares, closed, days[0].weekday(), tuple(notes))


def _opening(counts: Floats, days: tuple[date, ...], calendar: Calendar) -> Opening:
    totals = np.nansum(counts, axis=1)
    has_any = totals > 0
    begins = int(np.argmax(has_any)) if has_any.any() else 0
    weekday = np.array([day.weekday() for day in days])
    mean = totals[begins:].mean() if len(totals) else 0.0
    weekdays = set()
    for each in range(7):
        on_it = totals[begins:][weekday[begins:] == each]
        seen = ~np.isnan(counts[begins:][weekday[begins:] == each]).all(axis=1)
        has_its_own = on_it.sum() > STRAY * totals.sum() / 7
        too_few_to_say = on_it.sum() == 0 and seen.any() and seen.sum() * mean < SURE
        not_seen_yet = not seen.any() and each < SATURDAY and len(days) < 7
        if has_its_own or too_few_to_say or not_seen_yet:
            weekdays.add(each)
    on_holidays = [
        place for place, day in enumerate(days) if day in calendar.holidays and day.weekday() in weekdays
    ]
    opens = [place for place in on_holidays if totals[place] > 0]
    closed = set(calendar.holidays) if 2 * len(opens) <= len(on_holidays) else set()
    closed -= {days[place] for place in opens}
    if not calendar.holidays:
        closed |= {days[place] for place in range(begins, len(days)) if not has_any[place] and mean >= SURE}
    return Opening(frozenset(weekdays or range(7)), frozenset(closed), begins)


def _broken_days(counts: Floats, days: tuple[date, ...], notes: list[str], name: str) -> list[int]:
    """Days on which nothing came though it should have."""
    totals = counts.sum(axis=1)
    seen = ~np.isnan(totals)
    if not seen.any() or np.median(totals[seen]) < SURE:
        return []
    empty = [int(place) for place in np.flatnonzero(seen) if totals[place] == 0]
    if empty:
        notes.append(
            f"{name}: nothing at all came on {_dates(days[place] for place in empty)}. Taken as closed or as a fault of "
            "the counting, not as a day without demand. Put closures into the calendar."
        )
    return empty


def _break_gaps(counts: Floats, days: tuple[date, ...], notes: list[str], name: str) -> None:
    """Hours without a contact in the middle of a day on which the rest was as usual."""
    weekday = np.array([day.weekday() for day in days])
    seen = ~np.isnan(counts).any(axis=1) & (np.nan_to_num(counts).sum(axis=1) > 0)
    found: list[int] = []
    for each in range(7):
        places = np.flatnonzero(seen & (weekday == each))
        usual = np.median(counts[places], axis=0) if len(places) >= 4 else np.zeros(counts.shape[1])
        if usual.sum() >= 4 * SURE:
            found += [int(place) for place in places if _break_day(counts[place], usual)]
    if found:
        notes.append(
            f"{name}: no contact for hours that are usually busy on {_dates(days[place] for place in found)}. These "
            "hours were left out, as a fault of the counting."
        )


def _break_day(counts: Floats, usual: Floats) -> bool:
    runs = [
        (first, last)
        for first, last in _runs((counts == 0) & (usual > 0))
        if usual[first:last].sum() >= 2 * SURE
    ]
    for first, last in runs:
        counts[first:last] = np.nan
    return bool(runs)


def _runs(claim: Booleans) -> Iterable[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], claim.astype(int), [0]])))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _set_shocks_aside(
    counts: Floats, days: tuple[date, ...], opening: Opening, notes: list[str], name: str
) -> None:
    """Days far from other days of their weekday near them, on the scale of square roots, that nobody announced.

    Not those beside a closed day, nor those that come again at the same turn of the month: they follow the calendar.
    """
    totals = np.sqrt(counts.sum(axis=1))
    weekday = np.array([day.weekday() for day in days])
    usual = np.full(len(days), np.nan)
    for place in np.flatnonzero(~np.isnan(totals)):
        near = (weekday == weekday[place]) & (np.abs(np.arange(len(days)) - place) <= 7 * NEAR_WEEKS)
        near[place] = False
        others = totals[near & ~np.isnan(totals)]
        if len(others) >= 4:
            usual[place] = np.median(others)
    off = totals - usual
    judged = ~np.isnan(off)
    if judged.sum() < 20:
        return
    width = max(1.4826 * float(np.median(np.abs(off[judged]))), 0.5)
    far = [
        int(place)
        for place in np.flatnonzero(judged)
        if abs(off[place]) > FAR * width and abs(off[place]) > LEAST_SHOCK / 2 * usual[place]
    ]
    far = _without_calendar(far, days, np.flatnonzero(judged), opening)
    if far and len(far) <= 0.1 * judged.sum():
        told = (f"{days[place]:%-d %B %Y} ({_times_usual(totals[place], usual[place])})" for place in far)
        notes.append(f"{name}: far from what was usual on {_listed(told)}. Left out of what was learned.")
        counts[far] = np.nan


def _without_calendar(
    far: list[int], days: tuple[date, ...], judged: Integers, opening: Opening
) -> list[int]:
    beside = timedelta(days=1), timedelta(days=-1)
    far = [place for place in far if not any(days[place] + step in opening.closed for step in beside)]
    often = Counter(from_turn(days[place]) for place in judged)
    turns = Counter(from_turn(days[place]) for place in far)
    again = {turn for turn, count in turns.items() if count > 1 and 2 * count > often[turn]}
    return [place for place in far if from_turn(days[place]) not in again]


def _dates(days: Iterable[date]) -> str:
    return _listed(f"{day:%-d %B %Y}" for day in sorted(set(days)))


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    more = [f"{len(found) - NAMED} more"] if len(found) > NAMED else []
    found = [*found[:NAMED], *more]
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1]


def _bins(counts: Floats, shape: Floats | None) -> tuple[Integers, Floats]:
    """Neighbouring intervals together until a bin holds enough; within a bin, shares as they were, smoothed and drawn to
    the family's.
    """
    totals, seen = np.nansum(counts, axis=0), (~np.isnan(counts)).sum(axis=0)
    mean = totals / np.maximum(seen, 1)
    if shape is not None and shape.sum() > 0:
        borrowed = PRIOR_SHARE * float((shape > 0).sum())
        weight = borrowed / (float(totals.sum()) + borrowed)
        mean = (1 - weight) * mean + weight * shape / shape.sum() * max(float(mean.sum()), 0.01)
    active = np.flatnonzero(mean > STRAY * mean.sum() / len(mean))
    bins = np.full(len(mean), -1)
    if not len(active):
        return np.zeros(len(mean), np.int64), np.full(len(mean), 1.0 / len(mean))
    held, place = 0.0, 0
    for interval in range(active[0], active[-1] + 1):
        bins[interval] = place
        held += mean[interval]
        if held >= BIN_HOLDS:
            held, place = 0.0, place + 1
    if held and place:
        bins[bins == place] = place - 1
    smooth = _smoothed(mean, counts.shape[0])
    sums = np.bincount(bins[bins >= 0], smooth[bins >= 0])
    shares = np.where(bins >= 0, smooth / np.maximum(sums[bins], 1e-12), 0.0)
    return bins, shares


def _smoothed(mean: Floats, days: int) -> Floats:
    """Each interval drawn to its neighbours, the more the fewer contacts it was counted from."""
    padded = np.concatenate([mean[:1], mean, mean[-1:]])
    near = (padded[:-2] + padded[1:-1] + padded[2:]) / 3.0
    own = mean * days / (mean * days + 20.0)
    found: Floats = own * mean + (1 - own) * near
    return found


def _closed_bins(counts: Floats, bins: Integers, days: tuple[date, ...]) -> Booleans:
    """Weekdays and bins in which never anything came though, by the other days, it should have."""
    binned = into_bins(np.nan_to_num(counts), bins)
    seen = np.array([~np.isnan(row).all() for row in counts])
    weekday = np.array([day.weekday() for day in days])
    mean = binned[seen].mean(axis=0) if seen.any() else np.zeros(binned.shape[1])
    closed = np.zeros((7, binned.shape[1]), bool)
    for each in range(7):
        on_it = binned[seen & (weekday == each)]
        closed[each] = (on_it.sum(axis=0) == 0) & (len(on_it) * mean >= SURE)
    return closed


def timeline(first: date, count: int) -> tuple[date, ...]:
    """So many days from the first."""
    return tuple(first + timedelta(days=place) for place in range(count))


def _times_usual(root: float, usual: float) -> str:
    """How much came beside what is usual, both as square roots."""
    return f"{(root / usual) ** 2:.1f} times the usual" if usual > 0 else "usually nothing comes"
