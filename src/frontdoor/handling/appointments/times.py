"""Which times can be booked for a call: opening hours, bank holidays, closed days, and the room that planners gave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from frontdoor.cases.actions.appointments import places_taken
from frontdoor.cases.models import ClosedDay, Places
from frontdoor.catalogue.pack import Pack, PhoneAppointments
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.slots import OpenHours, starts_on, weekday_and_hour, with_room
from frontdoor.kernel.workingdays import ENGLAND, bank_holidays, due
from frontdoor.staff.skills import Holdings, holdings

DAY = timedelta(days=1)
FARTHEST = timedelta(days=92)
DAYS_AT_ONCE = 5


class NoCalls(LookupError):
    """This service has no phone appointments. Hand the matter on with a promise, or fill in the form together now."""


@dataclass(frozen=True)
class FreeDay:
    """A day with the instants (UTC) at which a call may begin."""

    day: date
    starts: tuple[datetime, ...]


@dataclass(frozen=True)
class Room:
    """How many calls may run at once: places by skill, weekday and hour, never more than people who hold the skill on
    that day, and none on a closed day (`None` stands for every skill).
    """

    places: Mapping[tuple[str, int, int], int]
    held: Holdings
    closed: frozenset[tuple[date, str | None]]

    def of(self, skill: str, quarter: datetime) -> int:
        """The places for a skill in the quarter of an hour that begins at an instant."""
        day = day_of(quarter)
        if self.closed & {(day, None), (day, skill)}:
            return 0
        weekday, hour = weekday_and_hour(quarter)
        return min(self.places.get((skill, weekday, hour), 0), self.held.count(skill, day))


def room_for(skills: Collection[str]) -> Room:
    """The room that planners gave for these skills."""
    names = list(skills)
    places = Places.objects.filter(skill__name__in=names)
    closed = ClosedDay.objects.filter(Q(skill__isnull=True) | Q(skill__name__in=names))
    return Room(
        places={
            (skill, weekday, hour): count
            for skill, weekday, hour, count in places.values_list("skill__name", "weekday", "hour", "places")
        },
        held=holdings(skills=names),
        closed=frozenset(closed.values_list("on", "skill__name")),
    )


def calls_of(service: str) -> tuple[Pack, PhoneAppointments]:
    """The pack of a service and what it says of phone appointments. Raises NoCalls."""
    pack = our_catalogue().packs.get(service)
    if pack is None or pack.service.phone_appointments is None:
        raise NoCalls
    return pack, pack.service.phone_appointments


def offers_calls(service: str) -> bool:
    """Whether a call can be booked for this service at all."""
    pack = our_catalogue().packs.get(service)
    return pack is not None and pack.service.phone_appointments is not None


def free_days(
    *, service: str, at: datetime, since: date | None = None, most: int = DAYS_AT_ONCE
) -> list[FreeDay]:
    """The next days, from `since` on, on which a call can be booked, with their free times. Raises NoCalls."""
    pack, calls = calls_of(service)
    first, last = earliest_and_latest(calls, at)
    day, end = max(since or day_of(first), day_of(first)), day_of(last)
    skills = pack.service.skills
    room = room_for(skills)
    taken = places_taken(skills=skills, since=first - DAY, until=last + DAY)
    found: list[FreeDay] = []
    while day <= end and len(found) < most:
        starts = with_room(
            starts=[start for start in _starts(calls, day) if first <= start <= last],
            minutes=calls.minutes,
            room=lambda quarter: min(room.of(skill, quarter) for skill in skills),
            taken=lambda quarter: max(taken[skill, quarter] for skill in skills),
        )
        if starts:
            found.append(FreeDay(day, tuple(starts)))
        day += DAY
    return found


def may_begin(calls: PhoneAppointments, starts_at: datetime, at: datetime) -> bool:
    """Whether a call may begin then, room apart: within opening hours, not too soon and not too far ahead."""
    first, last = earliest_and_latest(calls, at)
    return first <= starts_at <= last and starts_at in _starts(calls, day_of(starts_at))


def earliest_and_latest(calls: PhoneAppointments, at: datetime) -> tuple[datetime, datetime]:
    """The span within which a call can be booked at an instant."""
    return due(at, calls.notice, ENGLAND), min(due(at, calls.ahead, ENGLAND), at + FARTHEST)


def _starts(calls: PhoneAppointments, day: date) -> list[datetime]:
    if day in bank_holidays(day.year, ENGLAND.subdivision):
        return []
    return starts_on(day=day, hours=hours_of(calls), minutes=calls.minutes)


def hours_of(calls: PhoneAppointments) -> tuple[OpenHours, ...]:
    """When calls are made: the service's own hours where it has some, else the council's."""
    return calls.hours or tuple(each.open_hours() for each in our_council().hours)
