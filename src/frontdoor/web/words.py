"""Dates, times, sizes and money as a page says them, always in UK time.

The forms follow the GOV.UK style guide: "1 March 2027", "5:30pm", "midday" and "midnight", no leading zeros.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdoor.kernel.clock import day_of, london

KILOBYTE = 1000


def _shown_day(day: date | datetime) -> date:
    return day_of(day) if isinstance(day, datetime) else day


def date_words(day: date | datetime) -> str:
    """1 March 2027."""
    shown = _shown_day(day)
    return f"{shown.day} {_month(shown)} {shown.year}"


def short_date_words(day: date | datetime) -> str:
    """1 Mar 2027, for tables."""
    shown = _shown_day(day)
    return f"{shown.day} {_month(shown)[:3]} {shown.year}"


def day_words(day: date | datetime) -> str:
    """Monday 1 March 2027, for days on which somebody must do something."""
    shown = _shown_day(day)
    return f"{weekday_words(shown.weekday())} {date_words(shown)}"


def time_words(at: datetime | time) -> str:
    """5:30pm, 9am, midday or midnight."""
    shown = london(at).time() if isinstance(at, datetime) else at
    if (shown.hour, shown.minute) == (0, 0):
        return _("midnight")
    if (shown.hour, shown.minute) == (12, 0):
        return _("midday")
    minutes = f":{shown.minute:02}" if shown.minute else ""
    return f"{shown.hour % 12 or 12}{minutes}{'am' if shown.hour < 12 else 'pm'}"


def datetime_words(at: datetime) -> str:
    """1 March 2027 at 5:30pm."""
    return _("%(day)s at %(time)s") % {"day": date_words(at), "time": time_words(at)}


def ago_words(at: datetime, now: datetime) -> str:
    """How long before `now` something happened: "just now", "5 minutes ago", "yesterday", "3 days ago".

    More than a fortnight ago, and anything still to come, is said as its date.
    """
    gone = now - at
    if gone < timedelta(0) or gone > timedelta(days=14):
        return date_words(at)
    days = (_shown_day(now) - _shown_day(at)).days
    if days == 1 and gone >= timedelta(hours=6):
        return _("yesterday")
    if days > 1:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    return _within_a_day(int(gone.total_seconds()) // 60)


def _within_a_day(minutes: int) -> str:
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}


def size_words(size: int) -> str:
    """A file size in bytes as "512 bytes", "84KB" or "2.4MB"."""
    if size < KILOBYTE:
        return ngettext("%(count)d byte", "%(count)d bytes", size) % {"count": size}
    if size < KILOBYTE**2:
        return f"{round(size / KILOBYTE)}KB"
    return f"{size / KILOBYTE**2:.1f}".removesuffix(".0") + "MB"


def pounds_words(pence: int) -> str:
    """Whole pounds without pence ("£10"), otherwise with both digits ("£10.50"); thousands with commas."""
    pounds, left = divmod(abs(pence), 100)
    sign = "−" if pence < 0 else ""
    return f"{sign}£{pounds:,}" + (f".{left:02}" if left else "")


def iso(day: date | datetime) -> str:
    """The machine-readable form for a `<time datetime>` attribute."""
    return day.isoformat()


def _month(day: date) -> str:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[day.month - 1]


def weekday_words(number: int) -> str:
    """The name of a weekday, 0 for Monday to 6 for Sunday."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[number]
