"""An appointment as it is typed: a day, a time in UK time, a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, time

from django.http import QueryDict
from django.utils.translation import gettext as _

from frontdoor.forms.answers import FieldFault
from frontdoor.handling.moving import Booking
from frontdoor.kernel.clock import at_london

FIELDS = ("booking-day", "booking-time", "where", "with_whom", "minutes")
MINUTES = range(5, 481)


@dataclass(frozen=True)
class BookingRead:
    """The appointment, or what is wrong with it."""

    booking: Booking | None
    faults: tuple[FieldFault, ...]


def booking_of(post: QueryDict) -> BookingRead:
    """Read the appointment."""
    day, clock = _day(post.get("booking-day", "")), _clock(post.get("booking-time", ""))
    where, minutes = post.get("where", "").strip(), post.get("minutes", "45")
    faults = []
    if day is None:
        faults.append(FieldFault("booking-day", _("Enter the day of the appointment")))
    if clock is None:
        faults.append(FieldFault("booking-time", _("Enter the time of the appointment, such as 10:30")))
    if not where:
        faults.append(FieldFault("where", _("Enter where the appointment is, or “by phone”")))
    if not (minutes.isdecimal() and int(minutes) in MINUTES):
        faults.append(FieldFault("minutes", _("Enter how many minutes it takes, from 5 to 480")))
    if faults or day is None or clock is None:
        return BookingRead(None, tuple(faults))
    starts_at = at_london(day, clock).astimezone(UTC)
    return BookingRead(
        Booking(starts_at, where[:300], post.get("with_whom", "").strip()[:120], int(minutes)), ()
    )


def typed_booking(post: QueryDict) -> dict[str, str]:
    """The fields as they were typed."""
    return {name.replace("-", "_"): post.get(name, "45" if name == "minutes" else "") for name in FIELDS}


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _clock(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        return None
