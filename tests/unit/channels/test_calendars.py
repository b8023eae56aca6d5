"""Calendar files: one entry for ever, replaced by its sequence, taken out by a file that cancels."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from frontdoor.channels.calendars import CalendarEvent, calendar_file

START = datetime(2027, 3, 29, 8, 30, tzinfo=UTC)
EVENT = CalendarEvent(
    uid="0001@wealdmoor.front-door",
    sequence=2,
    starts_at=START,
    ends_at=START + timedelta(minutes=45),
    summary="Phone call from Wealdmoor County Council",
    description="We ring you.\nTo change it; or cancel: https://council.example/track/CALL-1, please",
    location="By phone",
    organiser="hello@wealdmoor.example",
    written_at=datetime(2027, 3, 2, 10, tzinfo=UTC),
)


def test_file_says_when_in_universal_time_and_who_asks() -> None:
    text = calendar_file(EVENT)
    assert text.endswith("END:VCALENDAR\r\n")
    for line in ("METHOD:PUBLISH", "DTSTART:20270329T083000Z", "DTEND:20270329T091500Z", "SEQUENCE:2"):
        assert f"{line}\r\n" in text
    [entry] = Calendar.from_ical(text).walk("VEVENT")
    assert str(entry["uid"]) == EVENT.uid
    assert str(entry["description"]) == EVENT.description
    assert str(entry["organizer"]) == "MAILTO:hello@wealdmoor.example"
    assert str(entry["status"]) == "CONFIRMED"


def test_cancelled_is_said_by_method_and_status() -> None:
    calendar = Calendar.from_ical(calendar_file(replace(EVENT, sequence=3, is_cancelled=True)))
    [entry] = calendar.walk("VEVENT")
    assert (str(calendar["method"]), str(entry["status"]), entry["sequence"]) == ("CANCEL", "CANCELLED", 3)


def test_council_without_an_address_organises_nothing() -> None:
    assert "ORGANIZER" not in calendar_file(replace(EVENT, organiser=""))


def test_lines_are_no_longer_than_the_standard_allows() -> None:
    text = calendar_file(replace(EVENT, description="Ein sehr langes Wort " * 40 + "é"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
