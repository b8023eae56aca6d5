"""What a forecast is made of, and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

DAY_MINUTES = 24 * 60
MOST_DAYS_AHEAD = 400


class BadHistory(ValueError):
    """A history, calendar or horizon from which no forecast can be made."""


@dataclass(frozen=True, slots=True)
class Series:
    """One service on one channel. Small series borrow their shape from their `family` (none: from nobody)."""

    name: str
    family: str = ""


@dataclass(frozen=True)
class History:
    """What came. `counts`: contacts by series, day (from `first_day`, each day of the calendar) and interval of `minutes`
    of local time (midnight is interval 0); NaN where it is not known, which is not the same as nothing came.

    On the two nights a year when clocks change: nothing is known of the hour that is left out; of the hour that comes
    twice, the mean of the two counts stands. Raises BadHistory where the parts do not fit.
    """

    series: tuple[Series, ...]
    first_day: date
    counts: Floats
    minutes: int = 15

    def __post_init__(self) -> None:
        if self.minutes not in (15, 20, 30, 60):
            raise BadHistory("Intervals must be of 15, 20, 30 or 60 minutes. Add finer ones up first.")
        if self.counts.ndim != 3 or self.counts.shape[::2] != (len(self.series), self.intervals):
            raise BadHistory(
                f"Counts must have the shape (series, days, {self.intervals} intervals of {self.minutes} minutes); "
                f"they have {self.counts.shape}."
            )
        names = [each.name for each in self.series]
        if not names or len(set(names)) < len(names):
            raise BadHistory("Each series needs a name of its own, and there must be at least one.")
        if (self.counts < 0).any() or np.isinf(self.counts).any():
            raise BadHistory("A count is below nothing or without end. Give what came, or NaN.")

    @property
    def intervals(self) -> int:
        """How many intervals a day has."""
        return DAY_MINUTES // self.minutes

    @property
    def days(self) -> tuple[date, ...]:
        """Each day of it."""
        return tuple(self.first_day + timedelta(days=place) for place in range(self.counts.shape[1]))


@dataclass(frozen=True, slots=True)
class Event:
    """Something known that changes what comes, from `day` for so many `days`: a mail-out, offer day, a gritting night.

    What it brings is learned from days of the past with the same name. Until there are any: `extra` contacts in all, half
    of what is left each day (for a mail-out: letters sent times the share who will call), or `times` the usual; with
    neither, its days are left out of what is learned, and forecast as usual. `series`: names it concerns; none: all.
    """

    name: str
    day: date
    days: int = 1
    series: frozenset[str] = frozenset()
    extra: float | None = None
    times: float | None = None

    def __post_init__(self) -> None:
        if self.days < 1 or (self.extra or 0.0) < 0 or (self.times is not None and self.times < 0):
            raise BadHistory(f"The event {self.name!r} needs at least a day, and no number below nothing.")
        if self.extra is not None and self.times is not None:
            raise BadHistory(
                f"The event {self.name!r} has both extra contacts and a multiple. Give one of them."
            )

    def touches(self, series: str) -> bool:
        """Whether it concerns a series."""
        return not self.series or series in self.series


def mail_out(
    name: str, day: date, *, sent: float, share: float, days: int = 5, series: Sequence[str] = ()
) -> Event:
    """Letters or texts of ours as a driver: of `sent`, this `share` (0 to 1) will call within so many days."""
    if not 0 <= share <= 1:
        raise BadHistory(f"The share who will call about {name!r} must be between 0 and 1.")
    return Event(name, day, days, frozenset(series), extra=sent * share)


@dataclass(frozen=True)
class Calendar:
    """What is known of days: `holidays` (bank holidays and own closures), `terms` (first and last day of school terms;
    none: terms play no part), `events`.
    """

    holidays: frozenset[date] = frozenset()
    terms: tuple[tuple[date, date], ...] = ()
    events: tuple[Event, ...] = ()

    def is_term(self, day: date) -> bool:
        """Whether schools are open."""
        return any(first <= day <= last for first, last in self.terms)


@dataclass(frozen=True)
class Workings:
    """Of one series, what `update` needs to go on with: on the scale of square roots, bins of intervals by days.

    `bins`: each interval's bin; `shares`: its part of its bin, 0 where nothing is expected ever. `centre` (days, bins)
    is what is expected, `loadings` (factors, bins) and `spread` (days, factors; variances) how days differ from it as
    wholes, `noise` (bins; variances) how bins do by themselves, chance among it. `widen`: factors for 80 and 95 %,
    `ratio`: by which squares are multiplied to come out right in the mean. `extra` (days, intervals): contacts on top,
    that events bring; `times` (days): what they multiply by; `is_open`: 1 or 0 by day and bin.
    """

    bins: Integers
    shares: Floats
    centre: Floats
    loadings: Floats
    spread: Floats
    noise: Floats
    widen: tuple[float, float]
    ratio: float
    extra: Floats
    times: Floats
    is_open: Floats

    @property
    def variance(self) -> Floats:
        """Of roots, by day and bin, chance among it."""
        found: Floats = self.spread @ self.loadings**2 + self.noise
        return found


@dataclass(frozen=True)
class Forecast:
    """Contacts expected, by series, day (from `first_day`) and interval of local time, in arrays of that shape.

    `mean` and `median`; between `low80` and `high80` what comes lies with a chance of 80 %, between `low95` and `high95`
    with 95 %. `notes`: what was found in the history and worked round, in sentences for the planner.
    """

    series: tuple[Series, ...]
    first_day: date
    minutes: int
    mean: Floats
    median: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    workings: tuple[Workings, ...] = field(repr=False)
    notes: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Each day of it."""
        return tuple(self.first_day + timedelta(days=place) for place in range(self.mean.shape[1]))

    def place_of(self, series: str) -> int:
        """Where a series stands. Raises KeyError."""
        for place, each in enumerate(self.series):
            if each.name == series:
                return place
        raise KeyError(series)
