"""Times that can be booked: starts within opening hours, and whether there is still room in each quarter of an hour.

A booking takes a place in every quarter it touches, so that one of 45 minutes and one of 15 can share the same people.
Hours are those that clocks in London show; lengths are real minutes. On the night the clocks go forward an hour is
missing, on the night they go back there is one more, and no time is offered that does not exist or twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from frontdoor.kernel.clock import at_london, london

QUARTER: Final = timedelta(minutes=15)
_MIDNIGHT: Final = datetime(2000, 1, 1, tzinfo=UTC)
LENGTHS: Final = (15, 30, 45, 60)
"""How long a booking may be, in minutes."""


class BadLength(ValueError):
    """A booking takes whole quarters of an hour: 15, 30, 45 or 60 minutes."""


@dataclass(frozen=True)
class OpenHours:
    """Opening hours on some weekdays (Monday 0 to Sunday 6), London time; `closes` is later than `opens`."""

    weekdays: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True)
class Span:
    """A booking from an instant (UTC), for so many minutes."""

    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """The instant at which it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def quarters(self) -> list[datetime]:
        """The quarters of the clock that it touches, each by the instant it begins. Raises BadLength.

        A booking at ten past takes the quarter from the hour on too: whatever begins when, two that overlap meet in one.
        """
        if self.minutes not in LENGTHS:
            raise BadLength(BadLength.__doc__)
        first = self.starts_at - (self.starts_at - _MIDNIGHT) % QUARTER
        count = -((first - self.ends_at) // QUARTER)
        return [first + number * QUARTER for number in range(count)]


def starts_on(*, day: date, hours: Iterable[OpenHours], minutes: int) -> list[datetime]:
    """Every instant (UTC) on a London day at which a booking may begin and still end before closing; in order."""
    found: set[datetime] = set()
    for each in hours:
        if day.weekday() not in each.weekdays:
            continue
        start, end = at_london(day, each.opens), at_london(day, each.closes)
        length = timedelta(minutes=minutes)
        while start + length <= end:
            found.add(start)
            start += length
    return sorted(found)


def with_room(
    *,
    starts: Iterable[datetime],
    minutes: int,
    room: Callable[[datetime], int],
    taken: Callable[[datetime], int],
) -> list[datetime]:
    """The starts at which every quarter has a place left. `room`, `taken`: places of a quarter, and those in use."""
    return [
        start
        for start in starts
        if all(taken(quarter) < room(quarter) for quarter in Span(start, minutes).quarters())
    ]


def weekday_and_hour(at: datetime) -> tuple[int, int]:
    """The weekday (Monday 0) and the hour (0 to 23) that clocks in London show at an instant."""
    local = london(at)
    return local.weekday(), local.hour
