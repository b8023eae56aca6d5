"""Free times for a call as a page shows them, and the one that was chosen as a form sends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from frontdoor.handling.appointments.times import DAYS_AT_ONCE, FreeDay, free_days
from frontdoor.web.words import time_words

DAYS_ON_A_PHONE = 3
"""So many days at once where customers choose: more is a long way to scroll."""


def times_shown(
    *, service: str, at: datetime, since: str = "", chosen: str = "", most: int = DAYS_AT_ONCE
) -> dict[str, Any]:
    """The next days with their free times, and the day from which there are more. `since`: a day, as typed; `most`: so
    many days. Raises NoCalls.
    """
    first = read_day(since)
    days = free_days(service=service, at=at, since=first, most=most + 1)
    shown, rest = days[:most], days[most:]
    return {
        "days": _days(shown, chosen),
        "later": rest[0].day.isoformat() if rest else "",
        "is_later": first is not None,
    }


def _days(days: Sequence[FreeDay], chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "day": each.day,
            "times": [
                {
                    "value": start.isoformat(),
                    "text": time_words(start),
                    "is_chosen": start.isoformat() == chosen,
                    "is_first": number == place == 0,
                }
                for place, start in enumerate(each.starts)
            ],
        }
        for number, each in enumerate(days)
    ]


def read_start(text: str) -> datetime | None:
    """The instant that was chosen; None for anything that is none."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return None
    return start.astimezone(UTC) if start.tzinfo else None


def read_day(text: str) -> date | None:
    """A day as an address names it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_soon(at: datetime, now: datetime) -> bool:
    """Whether a call is due about now."""
    return abs(at - now) <= timedelta(minutes=10)
