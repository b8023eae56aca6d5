"""How alike two days are: the calendar as covariances, one for each reason why days resemble each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from frontdoor.workforce.forecast.definition import Calendar, Floats, Integers

LEVEL: Final = 100.0
YEAR: Final = 365.25
MONTH: Final = YEAR / 12
YEARLY_FROM: Final = 300
"""Days of history from which the season of the year can be told from a trend."""

PRIOR: Final[Mapping[str, tuple[float, float]]] = {
    "weekday": (0.3, 1.0),
    "slow": (0.25, 1.0),
    "slow days": (60.0, 0.7),
    "fast": (0.1, 1.0),
    "fast days": (5.0, 0.7),
    "unusual gap": (0.3, 1.0),
    "after closing": (0.2, 1.0),
    "before closing": (0.1, 1.0),
    "turn of month": (0.2, 1.0),
    "turn days": (2.0, 0.5),
    "day of month": (0.05, 1.0),
    "month days": (4.0, 0.4),
    "holiday": (0.3, 1.0),
    "term": (0.1, 1.0),
    "season": (0.2, 1.0),
    "noise": (0.2, 0.8),
}
"""Of each setting, the middle and the width (of its logarithm) before any data. Amounts are shares of the variance of a
factor over days; lengths are days. Wide on purpose, and the same for every council.
"""
SETTINGS: Final = tuple(PRIOR)
NOISE: Final = SETTINGS.index("noise")
MIDDLE: Final = np.log([PRIOR[name][0] for name in SETTINGS])
WIDTH: Final = np.array([PRIOR[name][1] for name in SETTINGS])


@dataclass(frozen=True)
class DayKernel:
    """The parts of the covariance between days, and what mixes them: settings by their places in `SETTINGS`.

    `marks` (days, marks): what a day is; days that bear the same one are alike by the amount of its setting, which
    `kinds` names. Then days as numbers between which differences are whole, so that each part that falls off with
    distance is a table looked up.
    """

    marks: Floats
    kinds: tuple[str, ...]
    apart: Integers
    turn: Integers
    month: Integers

    def between(self, settings: Floats, rows: slice, columns: slice, *, has_season: bool) -> Floats:
        """The covariance of days with days, without the noise of each."""
        at = dict(zip(SETTINGS, settings, strict=True))
        apart = np.arange(int(self.apart.max()) + 1)
        time = at["slow"] * np.exp(-apart / at["slow days"]) + at["fast"] * np.exp(-apart / at["fast days"])
        if has_season:
            time += at["season"] * np.exp(-2.0 * (np.sin(np.pi * apart / YEAR) / 0.7) ** 2)
        turn = at["turn of month"] * np.exp(-0.5 * (np.arange(24) / at["turn days"]) ** 2)
        around = np.sin(np.pi * np.arange(31) / MONTH) * MONTH / np.pi
        month = at["day of month"] * np.exp(-0.5 * (around / at["month days"]) ** 2)
        amounts = np.array([at[kind] for kind in self.kinds])
        found: Floats = (self.marks[rows] * amounts) @ self.marks[columns].T
        found += (LEVEL + time)[self.apart[rows, columns]]
        found += turn[self.turn[rows, columns]]
        found += month[self.month[rows, columns]]
        return found

    def variances(self, settings: Floats, *, has_season: bool) -> Floats:
        """The diagonal of the covariance."""
        at = dict(zip(SETTINGS, settings, strict=True))
        names = ("slow", "fast", "turn of month", "day of month", *(("season",) if has_season else ()))
        amounts = np.array([at[kind] for kind in self.kinds])
        own: Floats = self.marks**2 @ amounts
        own += LEVEL + sum(at[name] for name in names)
        return own


def kernel_of(
    days: Sequence[date], calendar: Calendar, *, weekdays: frozenset[int], closed: frozenset[date]
) -> DayKernel:
    """The parts for days in order on which a service is open. `weekdays` on which it is (Monday 0), but `closed`."""
    number = np.array([day.toordinal() for day in days])
    weekday = np.array([day.weekday() for day in days])
    before = np.array([_gap(day, -1, weekdays, closed) for day in days])
    after = np.array([_gap(day, 1, weekdays, closed) for day in days])
    odd_before = before != [_gap(day, -1, weekdays, frozenset()) for day in days]
    odd_after = after != [_gap(day, 1, weekdays, frozenset()) for day in days]
    holiday = np.array([day in calendar.holidays for day in days])
    term = np.array([calendar.is_term(day) for day in days])
    marks = [
        *(("weekday", weekday == each) for each in range(7)),
        ("unusual gap", odd_before),
        ("unusual gap", odd_after),
        ("after closing", before > 1),
        ("before closing", after > 1),
        ("holiday", holiday),
        ("term", term),
    ]
    turn = np.array([from_turn(day) for day in days])
    of_month = np.array([day.day for day in days])
    return DayKernel(
        np.stack([mark for _kind, mark in marks], axis=1).astype(float),
        tuple(kind for kind, _mark in marks),
        np.abs(number[:, None] - number),
        np.abs(turn[:, None] - turn),
        np.abs(of_month[:, None] - of_month),
    )


def _gap(day: date, step: int, weekdays: frozenset[int], closed: frozenset[date]) -> int:
    """Days to the last (step -1) or next (step 1) open day; a fortnight at most."""
    for gap in range(1, 14):
        other = day + timedelta(days=step * gap)
        if other.weekday() in weekdays and other not in closed:
            return gap
    return 14


def from_turn(day: date) -> int:
    """Working days (Monday to Friday) from the nearer turn of the month: 0, 1 … after it, -1, -2 … before."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    since = int(np.busday_count(first, day))
    until = int(np.busday_count(day, following)) - 1
    return since if since <= until else -(until + 1)
