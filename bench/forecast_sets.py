"""What the forecasting benchmark forecasts: calls that were counted (read from FRONTDOOR_DATA), and a council made up."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from frontdoor.workforce.forecast.days import from_turn
from frontdoor.workforce.forecast.definition import Booleans, Calendar, Floats, History, Series

SERIES: Final = Series("calls")
FEDERAL_2003: Final = (
    "2003-05-26",
    "2003-07-04",
    "2003-09-01",
    "2003-10-13",
    "2003-11-11",
    "2003-11-27",
    "2003-12-25",
)
FEDERAL_2015: Final = (
    *("2015-01-01", "2015-01-19", "2015-02-16", "2015-05-25", "2015-07-03", "2015-09-07"),
    *("2015-10-12", "2015-11-11", "2015-11-26", "2015-12-25"),
)


@dataclass(frozen=True)
class Counted:
    """Calls of one line. `counts` by day and interval from `first_day`, NaN on days that are not in the file; `open_at`:
    the intervals it is open.
    """

    name: str
    first_day: date
    counts: Floats
    minutes: int
    open_at: slice
    calendar: Calendar
    days_a_week: int
    begins: int
    """The open day at which the first origin lies."""

    @property
    def open_days(self) -> list[int]:
        """The days that are in the file."""
        return [int(day) for day in np.flatnonzero(~np.isnan(self.counts).any(axis=1))]

    def history(self, until: int) -> History:
        """What was known before a day."""
        return History((SERIES,), self.first_day, self.counts[None, :until], self.minutes)

    def came(self) -> History:
        """All of it."""
        return self.history(len(self.counts))

    def day(self, place: int) -> date:
        """The day at a place."""
        return self.first_day + timedelta(days=place)

    def regular(self) -> tuple[Floats, list[int], Floats]:
        """For peers, which want a grid without holes: counts by working day and open interval, a closed day as the same
        weekday before it; the places of these days; what the calendar says of each.
        """
        places = [
            place
            for place in range(len(self.counts))
            if self.days_a_week == 7 or self.day(place).weekday() < 5
        ]
        filled = self.counts[places, self.open_at].copy()
        for row in range(len(filled)):
            if np.isnan(filled[row]).any():
                filled[row] = filled[row - self.days_a_week]
        return filled, places, np.array([self._features(place) for place in places])

    def _features(self, place: int) -> list[float]:
        day, closed = self.day(place), self.calendar.holidays
        beside = [float(day + timedelta(days=step) in closed) for step in (-1, 1, -3, 3)]
        return [day.weekday(), day.day, from_turn(day), float(day in closed), *beside]


def bank(folder: Path) -> Counted:
    """A bank's calls by quarter hour, 07:00 to 21:00; the last five minutes of each day are dropped."""
    return _read(
        folder / "bank_calls_5min.csv",
        "bank, 15 min",
        15,
        slice(28, 84),
        FEDERAL_2003,
        days_a_week=5,
        begins=85,
    )


def boston(folder: Path) -> Counted:
    """A city's calls by quarter hour, day and night: few, and many with none."""
    name = "Boston, 15 min, sparse"
    return _read(
        folder / "boston_311_call_requests_15min_2015.csv",
        name,
        15,
        slice(0, 96),
        FEDERAL_2015,
        days_a_week=7,
        begins=119,
    )


def bank_by_night(folder: Path) -> Counted:
    """Another bank's calls by half hour, day and night, with closed days it does not tell of."""
    name = "bank of 1999, 30 min"
    return _read(
        folder / "anonymous_bank_1999_6min.csv", name, 30, slice(0, 48), (), days_a_week=7, begins=119
    )


SETS: Final[tuple[Callable[[Path], Counted], ...]] = (bank, boston, bank_by_night)


def _read(
    path: Path,
    name: str,
    minutes: int,
    open_at: slice,
    holidays: tuple[str, ...],
    *,
    days_a_week: int,
    begins: int,
) -> Counted:
    with path.open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    cells = [(datetime.fromisoformat(" ".join(row[:-1])), float(row[-1])) for row in rows]
    first = min(at for at, _count in cells).date()
    days = (max(at for at, _count in cells).date() - first).days + 1
    counts = np.zeros((days, 24 * 60 // minutes))
    seen: Booleans = np.zeros(days, bool)
    for at, count in cells:
        place, interval = (at.date() - first).days, (at.hour * 60 + at.minute) // minutes
        seen[place] = True
        if open_at.start <= interval < open_at.stop:
            counts[place, interval] += count
    counts[~seen] = np.nan
    if name.startswith("bank of 1999"):
        counts[(date(1999, 5, 23) - first).days] = np.nan
    calendar = Calendar(frozenset(date.fromisoformat(day) for day in holidays))
    return Counted(name, first, counts, minutes, open_at, calendar, days_a_week, begins)


def council(*, days: int = 365, seed: int = 28) -> tuple[History, Calendar]:
    """28 services on three channels each, in seven families; from two contacts a day to thousands."""
    rng: Any = np.random.default_rng(seed)
    first, hours = date(2026, 1, 5), np.arange(40)
    busy = np.clip(rng.lognormal(3.3, 1.5, 84), 1, 2500)
    peaks = np.stack([rng.uniform(6, 14, 7), rng.uniform(22, 30, 7)])[:, :, None]
    shapes = np.exp(-(((hours - peaks[0]) / 9) ** 2)) + 0.8 * np.exp(-(((hours - peaks[1]) / 8) ** 2)) + 0.05
    weekday = np.array([1.2, 1.05, 1, 0.97, 0.9, 0, 0])[(first.weekday() + np.arange(days)) % 7]
    counts = np.zeros((84, days, 96))
    for place in range(84):
        drift = np.cumsum(0.02 * rng.standard_normal(days)) + 0.08 * rng.standard_normal(days)
        shape = shapes[place % 7] / shapes[place % 7].sum()
        counts[place, :, 32:72] = rng.poisson(np.outer(busy[place] * weekday * np.exp(drift), shape))
    series = tuple(
        Series(f"service {place // 3}, channel {place % 3}", f"family {place % 7}") for place in range(84)
    )
    return History(series, first, counts), Calendar()
