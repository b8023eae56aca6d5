"""An appointment as a calendar file (iCalendar, RFC 5545, sent as iTIP says, RFC 5546).

The same `uid` with a higher `sequence` replaces what a calendar already holds; a file that cancels takes it out again.
Instants are written in UTC, which every calendar shows in its owner's own time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT: Final = "-//Front Door//Appointments//EN"


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """What stands in a calendar. It is read by others too, so it names neither the customer nor a service.

    `organiser` is an email address; `written_at` when this state of the appointment came about.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    organiser: str
    written_at: datetime
    is_cancelled: bool = False


def calendar_file(event: CalendarEvent) -> str:
    """The file, to be imported or attached: METHOD is PUBLISH, or CANCEL for an event that was called off."""
    return _calendar([event], method="CANCEL" if event.is_cancelled else "PUBLISH")


def calendar_feed(name: str, events: Sequence[CalendarEvent]) -> str:
    """A calendar that programs fetch again and again, every hour or so; what is in it no longer they take out."""
    return _calendar(events, **{"x-wr-calname": name, "x-published-ttl": "PT1H"})


def _calendar(events: Sequence[CalendarEvent], **said: str) -> str:
    from icalendar import Calendar  # a sixth of a second that most pages need not spend

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for word, value in said.items():
        calendar.add(word, value)
    for event in events:
        calendar.add_component(_entry(event))
    return str(calendar.to_ical().decode())


def _entry(event: CalendarEvent) -> Event:
    from icalendar import Event, vCalAddress  # loaded with the first calendar

    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.written_at)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", event.summary)
    entry.add("description", event.description)
    entry.add("location", event.location)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.organiser:
        entry.add("organizer", vCalAddress(f"MAILTO:{event.organiser}"))
    return entry
