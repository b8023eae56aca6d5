"""Instants and London days. Instants are kept in UTC and spoken in Europe/London.

Nothing else in the kernel or the engines asks what time it is: `now_utc` is for delivery (pages, APIs,
jobs), which hands the instant inward as `at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
LAST_SECOND: Final = time(23, 59, 59)
DAYS_IN_WEEK: Final = 7


class NotAnInstant(ValueError):
    """A date and time without a time zone is no instant; give one in UTC."""


def now_utc() -> datetime:
    """The present instant. For delivery only; everything below takes `at`."""
    return datetime.now(UTC)


def london(at: datetime) -> datetime:
    """The instant as clocks in London show it. Raises `NotAnInstant` for a time without a zone."""
    if at.tzinfo is None:
        raise NotAnInstant(NotAnInstant.__doc__)
    return at.astimezone(LONDON)


def day_of(at: datetime) -> date:
    """The day it is in London at that instant."""
    return london(at).date()


def monday_of(on: date) -> date:
    """The Monday of a day's week."""
    return on - timedelta(days=on.weekday())


def at_london(day: date, clock: time, *, second_time: bool = False) -> datetime:
    """The instant (in UTC) at which clocks in London show this time on this day.

    In the hour that is skipped in spring, it is the instant the clocks go forward. In the hour that comes
    twice in autumn, it is the first of the two, or the second with `second_time`.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=int(second_time)), tzinfo=LONDON)
    instant = local.astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local)


def _end_of_gap(local: datetime) -> datetime:
    """The instant at which the clocks skip this local time: found by halving, to the second."""
    before = local.replace(tzinfo=UTC) - timedelta(hours=3)
    after = local.replace(tzinfo=UTC) + timedelta(hours=3)
    old_offset = before.astimezone(LONDON).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(LONDON).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def start_of_day(day: date) -> datetime:
    """The first instant of a London day."""
    return at_london(day, time(0, 0))


def end_of_day(day: date) -> datetime:
    """The last second of a London day: the instant at which a promise counted in days falls due."""
    return at_london(day, LAST_SECOND)


@dataclass(frozen=True)
class QuietHours:
    """When the council does not disturb: from `begins` to `ends` each day (London time), and all of some
    days.

    `begins` may be later than `ends` (20:00 to 08:00, over midnight); equal means no quiet hours. `days` are
    weekdays, Monday 0 to Sunday 6. Raises ValueError where nothing could ever be sent.
    """

    begins: time
    ends: time
    days: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.days <= frozenset(range(DAYS_IN_WEEK)):
            raise ValueError("Quiet days are weekdays numbered 0 (Monday) to 6 (Sunday).")
        if len(self.days) == DAYS_IN_WEEK:
            raise ValueError("Every day is a quiet day, so nothing could ever be sent. Leave one out.")

    def are_at(self, at: datetime) -> bool:
        """Whether this instant is quiet."""
        local = london(at)
        clock = local.time()
        if local.weekday() in self.days:
            return True
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


def next_allowed(at: datetime, quiet: QuietHours) -> datetime:
    """The first instant, from `at` on, that is not quiet. UTC."""
    if not quiet.are_at(at):
        return at.astimezone(UTC)
    day = day_of(at)
    for ahead in range(DAYS_IN_WEEK + 2):
        for clock in sorted({time(0, 0), quiet.ends}):
            instant = at_london(day + timedelta(days=ahead), clock)
            if instant > at and not quiet.are_at(instant):
                return instant
    raise ValueError("No time is left at which anything may be sent. Shorten the quiet hours.")
