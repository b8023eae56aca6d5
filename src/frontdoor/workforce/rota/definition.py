"""A week to be planned, and its rota.

Days are dates; times of day are quarter hours since local midnight: 32 is 08:00. What must never be is refused with
BadWeek when a part is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

import numpy as np
import numpy.typing as npt

QUARTERS = 96
HOUR = 4
"""A day and an hour, in quarter hours."""
QUARTER_MINUTES = 15

Floats = npt.NDArray[np.float64]


class BadWeek(ValueError):
    """What was given cannot be planned. It says who and what; planning it again changes nothing."""


def clock(quarter: int) -> str:
    """A quarter hour of a day as it is said: 08:15."""
    return f"{quarter // HOUR:02}:{quarter % HOUR * 15:02}"


def quarter_of(moment: time) -> int:
    """The quarter hour that a time of day lies in."""
    return moment.hour * HOUR + moment.minute // QUARTER_MINUTES


def hours(quarters: int) -> str:
    """A length of time as it is said: 7 h 15 min."""
    whole, rest = divmod(quarters, HOUR)
    return " ".join([f"{whole} h"] * bool(whole) + [f"{rest * 15} min"] * bool(rest)) or "0 h"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one quarter hour of a day up to another."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        if not 0 <= self.begins < self.ends <= QUARTERS:
            raise BadWeek(
                f"{clock(self.begins)} to {clock(self.ends)} is no stretch of a day: it must end after it begins."
            )

    @property
    def quarters(self) -> int:
        """How long it is."""
        return self.ends - self.begins

    def holds(self, other: Span) -> bool:
        """Whether the other lies within."""
        return self.begins <= other.begins and other.ends <= self.ends

    def meets(self, other: Span) -> bool:
        """Whether the two share a quarter hour."""
        return self.begins < other.ends and other.begins < self.ends

    def __str__(self) -> str:
        return f"{clock(self.begins)}–{clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Pause:
    """A kind of pause. It lies within `window` where there is one; an unpaid one makes the shift longer."""

    name: str
    quarters: int
    is_paid: bool = True
    window: Span | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """The pauses, in their order, of shifts of `least` paid quarters and more, up to the next pattern's."""

    least: int
    pauses: tuple[Pause, ...] = ()


LUNCH = Pause("lunch", 2, is_paid=False, window=Span(46, 58))
BREAK = Pause("break", 1)
USUAL_PATTERNS = (
    Pattern(0),
    Pattern(16, (BREAK,)),
    Pattern(24, (LUNCH, BREAK)),
    Pattern(28, (BREAK, LUNCH, BREAK)),
)


@dataclass(frozen=True)
class Rules:
    """What holds for everybody. Shifts have `shortest` to `longest` paid quarters, and begin on any quarter hour; between
    pauses lie `least_stretch` to `most_stretch` quarters; between shifts at least `rest` (Working Time Regulations 1998,
    regulation 10: eleven hours). `desks`: how many can be in the office on one day.
    """

    patterns: tuple[Pattern, ...] = USUAL_PATTERNS
    shortest: int = 12
    longest: int = 34
    least_stretch: int = 4
    most_stretch: int = 16
    rest: int = 44
    desks: int | None = None

    def __post_init__(self) -> None:
        least = [pattern.least for pattern in self.patterns]
        if not least or least != sorted(set(least)) or least[0] > self.shortest:
            raise BadWeek(
                "Patterns of pauses must rise by length, and the first begin at the shortest shift or before."
            )
        if (
            not 0 < self.shortest <= self.longest <= QUARTERS
            or not 0 < self.least_stretch <= self.most_stretch
        ):
            raise BadWeek("The shortest shift and stretch must be some time, and no longer than the longest.")

    def pattern_of(self, paid: int) -> Pattern:
        """The pattern of a shift with so many paid quarters."""
        return [pattern for pattern in self.patterns if pattern.least <= paid][-1]

    def elapsed(self, paid: int) -> int:
        """Quarters from start to end of a shift with so many paid quarters."""
        return paid + sum(pause.quarters for pause in self.pattern_of(paid).pauses if not pause.is_paid)

    def paid(self, elapsed: int) -> int | None:
        """Paid quarters of a shift that lasts so long, however short or long it may be; None: there is none."""
        fitting = range(max(1, self.patterns[0].least), elapsed + 1)
        return next((paid for paid in fitting if self.elapsed(paid) == elapsed), None)


@dataclass(frozen=True, slots=True)
class Day:
    """A day and its opening hours."""

    on: date
    opens: Span = Span(32, 72)


@dataclass(frozen=True)
class Person:
    """Somebody to be planned. `quarters` paid in a whole week of `days` days; `windows`: when they can be at work, by
    weekday (Monday is 0; a weekday that is not there is not worked; nobody's window: the opening hours); `leave`: away,
    by date (the whole day where it has no span); `fixed`: shifts that stand; `credits`: paid quarters
    that a whole day of leave counts as, where that is not an even share; `shortest`, `longest`: paid quarters of a shift,
    where not as in the rules; `office`: dates in the office, `office_days`: how many in a week; `prefers`: the
    start liked best; `lates`: late finishes in the weeks before beyond what others had.
    """

    name: str
    skills: frozenset[str]
    quarters: int
    days: int = 5
    windows: Mapping[int, Span | None] = field(default_factory=lambda: dict.fromkeys(range(5)))
    leave: Mapping[date, Span | None] = field(default_factory=dict)
    fixed: Mapping[date, Span] = field(default_factory=dict)
    shortest: int | None = None
    longest: int | None = None
    office: frozenset[date] = frozenset()
    office_days: int = 0
    prefers: int | None = None
    lates: float = 0.0
    credits: Mapping[date, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.quarters < 0 or not 0 <= self.days <= 7:
            raise BadWeek(
                f"{self.name}: hours cannot be fewer than none, nor days of a week more than seven."
            )
        for on, shift in self.fixed.items():
            if on in self.leave and ((away := self.leave[on]) is None or away.meets(shift)):
                raise BadWeek(
                    f"{self.name} has leave on {on} and a fixed shift {shift} as well. Take one of them out."
                )


@dataclass(frozen=True)
class Activity:
    """Time at work that is not for contacts, for all `people` at once. `on`: the days it may be on (none: any);
    `window`: the hours.
    """

    name: str
    people: tuple[str, ...]
    quarters: int
    on: frozenset[date] = frozenset()
    window: Span | None = None


@dataclass(frozen=True)
class Prices:
    """What a person short, or over, costs for a quarter hour; and, on the same scale, a quarter hour away from the start
    somebody prefers, and a finish after `late_after` for each late finish they had more than others.
    """

    under: float = 4.0
    over: float = 1.0
    preference: float = 0.1
    late: float = 0.5
    late_after: int = 70

    def __post_init__(self) -> None:
        if min(self.over, self.preference, self.late) < 0 or self.under <= 0:
            raise BadWeek("Prices cannot be below nothing, and being short must cost something.")


@dataclass(frozen=True, eq=False)
class Week:
    """What is planned at once: a week, or a part of one. `need`: people of shape (days, 96, skills)."""

    days: tuple[Day, ...]
    skills: tuple[str, ...]
    need: Floats
    people: tuple[Person, ...]
    activities: tuple[Activity, ...] = ()
    rules: Rules = Rules()
    prices: Prices = Prices()

    def __post_init__(self) -> None:
        if not self.days or len(self.days) > 7:
            raise BadWeek("Plan one to seven days at once: contract hours are by the week.")
        if self.need.shape != (len(self.days), QUARTERS, len(self.skills)) or np.any(self.need < 0):
            raise BadWeek(
                "Need must be given for each day, quarter hour and skill, and not be below nothing."
            )
        names = [person.name for person in self.people]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise BadWeek(f"{twice[0]} is there twice. Give each person a name of their own.")
        known = set(names)
        for activity in self.activities:
            if strangers := [name for name in activity.people if name not in known]:
                raise BadWeek(f"{activity.name} is for {strangers[0]}, who is not among the people.")


@dataclass(frozen=True, slots=True, order=True)
class Placed:
    """A pause or an activity, and when it is."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One person's day."""

    person: str
    on: date
    span: Span
    pauses: tuple[Placed, ...] = ()
    activities: tuple[Placed, ...] = ()
    is_in_office: bool = False

    @property
    def at_work(self) -> frozenset[int]:
        """The quarter hours on contacts: without pauses and activities."""
        away = {
            t
            for placed in (*self.pauses, *self.activities)
            for t in range(placed.span.begins, placed.span.ends)
        }
        return frozenset(range(self.span.begins, self.span.ends)) - away


@dataclass(frozen=True)
class Rota:
    """Who works when."""

    shifts: tuple[Shift, ...]

    def of(self, person: str, on: date) -> Shift | None:
        """A person's shift of a day."""
        return next((shift for shift in self.shifts if shift.person == person and shift.on == on), None)
