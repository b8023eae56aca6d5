"""Periods of whole London days, and the same period a year before."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from frontdoor.kernel.months import months_later

YEAR_BEGINS = 4
"""The month in which a council's financial year begins."""


class NotAPeriod(ValueError):
    """The period ends before it begins, or is longer than five years. Choose other dates."""


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not self.first <= self.last <= self.first + timedelta(days=5 * 366):
            raise NotAPeriod(NotAPeriod.__doc__)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def is_whole_months(self) -> bool:
        """Whether it begins with a month and ends with one."""
        return self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]

    def a_year_before(self) -> Period:
        """The same period a year before; whole months stay whole, whatever February has."""
        first, last = months_later(self.first, -12), months_later(self.last, -12)
        if self.is_whole_months:
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return Period(first, last)


def financial_year_to(day: date) -> Period:
    """From the first of April to a day."""
    year = day.year if day.month >= YEAR_BEGINS else day.year - 1
    return Period(date(year, YEAR_BEGINS, 1), day)


def month_of(day: date) -> Period:
    """The whole calendar month of a day."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def months_in(period: Period) -> list[Period]:
    """The calendar months that the period touches, each cut to it."""
    found: list[Period] = []
    first = period.first
    while first <= period.last:
        last = min(month_of(first).last, period.last)
        found.append(Period(first, last))
        first = last + timedelta(days=1)
    return found
