"""Months and years added to a date."""

from __future__ import annotations

import calendar
from datetime import date


def months_later(day: date, count: int) -> date:
    """The same day so many months later, or that month's last day where it has no such day.

    `count` may be negative; twelve make a year. Raises ValueError beyond the calendar (years 1 to 9999).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise ValueError("The date is outside the calendar. Check the number of months.")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
