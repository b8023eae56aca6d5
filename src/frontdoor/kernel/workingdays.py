"""Working days, and promises counted in them.

A promise says what it counts: clock hours, calendar days, working days, weeks or months. Hours run on the
clock. Everything else is counted in London days, not counting the day it began, and is kept until the last
second (23:59:59 London) of the day reached.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args

from frontdoor.kernel.clock import day_of, end_of_day, london
from frontdoor.kernel.months import months_later

Unit = Literal["clock hours", "calendar days", "working days", "weeks", "months"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
LONGEST_SPAN: Final = timedelta(days=36_525)
SATURDAY: Final = 5
WRITTEN = re.compile(
    r"(\d{1,4})\s+((?:clock|calendar|working)\s+)?(hour|day|week|month|year)s?", re.IGNORECASE
)


class BadWithin(ValueError):
    """A length of time that cannot be read."""


@lru_cache(maxsize=256)
def bank_holidays(year: int, subdivision: str = "ENG") -> frozenset[date]:
    """Bank holidays of a year, with substitute days. Source: the `holidays` package; no network needed."""
    import holidays  # a quarter of a second that starts and most pages need not spend

    return frozenset(holidays.country_holidays("GB", subdiv=subdivision, years=year).keys())


@dataclass(frozen=True)
class Calendar:
    """Which days are working days: Monday to Friday, but no bank holidays and none of the own `closures`."""

    subdivision: str = "ENG"
    closures: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Whether the council works on this day."""
        is_weekday = day.weekday() < SATURDAY
        return (
            is_weekday and day not in self.closures and day not in bank_holidays(day.year, self.subdivision)
        )

    def working_day_on_or_after(self, day: date) -> date:
        """This day if it is a working day, else the next one."""
        return self.add_working_days(day, 0)

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days after `day` (before, where negative); `day` itself is not
        counted.

        With 0: the day itself, or the next working day. Raises ValueError beyond a hundred years.
        """
        if abs(count) > LONGEST_SPAN.days:
            raise ValueError("That many working days is over a hundred years. Give a smaller number.")
        step = timedelta(days=-1 if count < 0 else 1)
        left = abs(count)
        while left or not self.is_working_day(day):
            day += step
            left -= left > 0 and self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and with `end`; negative where `end` is the earlier.

        Raises ValueError where they are over a hundred years apart.
        """
        if end < start:
            return -self.working_days_between(end, start)
        if end - start > LONGEST_SPAN:
            raise ValueError("The dates are over a hundred years apart. Check both.")
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


ENGLAND: Final = Calendar()


@dataclass(frozen=True)
class Within:
    """A length of time in a promise, such as 20 working days."""

    value: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise BadWithin(f"{self.unit} is not counted. Use one of: {', '.join(UNITS)}.")
        if self.value < 0:
            raise BadWithin("A promise cannot be kept before it is made. Give 0 or more.")

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Remaining:
    """What was left of a promise when its clock stopped. Below 0: it had been missed already."""

    value: int
    unit: Literal["seconds", "calendar days", "working days"]


def parse_within(text: str) -> Within:
    """Reads `20 working days`, `48 hours`, `28 days`, `2 weeks`, `3 months`, `1 year`.

    Days without more are calendar days; a year is 12 months. Raises `BadWithin`.
    """
    match = WRITTEN.fullmatch(text.strip())
    if match is None:
        raise BadWithin(
            f"“{text[:40]}” is not a length of time. Write, for example, 20 working days or 48 hours."
        )
    value, kind, noun = int(match[1]), (match[2] or "").strip().lower(), match[3].lower()
    if noun == "year" and not kind:
        return Within(12 * value, "months")
    unit = {"hour": "clock hours", "day": f"{kind or 'calendar'} days"}.get(noun, f"{kind} {noun}s".strip())
    for known in UNITS:
        if unit == known and kind in ("", *known.split()):
            return Within(value, known)
    raise BadWithin(f"“{text[:40]}” mixes two ways of counting. Use one of: {', '.join(UNITS)}.")


def in_words(within: Within) -> str:
    """The length of time as a customer reads it: `48 hours`, `1 working day`, `3 months`."""
    unit = within.unit.removeprefix("clock ").removeprefix("calendar ")
    return f"{within.value} {unit.removesuffix('s') if within.value == 1 else unit}"


def counted_from(at: datetime, calendar: Calendar, *, cut_off: time | None = None) -> date:
    """The day from which a promise counts: the London day, or the next working day after a `cut_off` time.

    Some councils count what comes after, say, 17:00, or on a day on which they do not work, as received on the
    next working day.
    """
    day = day_of(at)
    if cut_off is None:
        return day
    is_too_late = calendar.is_working_day(day) and london(at).time() >= cut_off
    return calendar.add_working_days(day, 1 if is_too_late else 0)


def due(
    start_at: datetime, within: Within, calendar: Calendar = ENGLAND, *, cut_off: time | None = None
) -> datetime:
    """The last instant (UTC) at which a promise is still kept.

    Clock hours run from `start_at`. Otherwise the day it began is not counted and the promise is kept until
    23:59:59 London of the last day; a number of days ending on a weekend ends there unless they are working
    days.
    """
    if within.unit == "clock hours":
        return start_at + timedelta(hours=within.value)
    return end_of_day(due_on(counted_from(start_at, calendar, cut_off=cut_off), within, calendar))


def due_on(start: date, within: Within, calendar: Calendar = ENGLAND) -> date:
    """The last day of a promise counted in days. Raises `BadWithin` for clock hours."""
    match within.unit:
        case "working days":
            return calendar.add_working_days(start, within.value)
        case "calendar days":
            return start + timedelta(days=within.value)
        case "weeks":
            return start + timedelta(weeks=within.value)
        case "months":
            return months_later(start, within.value)
        case "clock hours":
            raise BadWithin("Hours run on the clock and end at an instant, not on a day.")


def remaining(due_at: datetime, stopped_at: datetime, unit: Unit, calendar: Calendar = ENGLAND) -> Remaining:
    """What is left of a promise when its clock stops, in the kind of days (or seconds) it is counted in."""
    if unit == "clock hours":
        return Remaining(int((due_at - stopped_at).total_seconds()), "seconds")
    due_day, stopped_day = day_of(due_at), day_of(stopped_at)
    is_working = unit == "working days"
    left = calendar.working_days_between(stopped_day, due_day) if is_working else (due_day - stopped_day).days
    value = min(left, -1) if stopped_at > due_at else left
    return Remaining(value, "working days" if is_working else "calendar days")


def resume(resumed_at: datetime, left: Remaining, calendar: Calendar = ENGLAND) -> datetime:
    """When a promise falls due whose clock starts again with so much left. What was missed stays missed."""
    if left.unit == "seconds":
        return resumed_at + timedelta(seconds=left.value)
    day = day_of(resumed_at)
    if left.unit == "working days":
        return end_of_day(calendar.add_working_days(day, left.value))
    return end_of_day(day + timedelta(days=left.value))
