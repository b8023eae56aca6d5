"""What planners and supervisors say about calls: how many at once in which hours, and days on which there are none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.db import transaction

from frontdoor.cases.actions.appointments import AppointmentOver, close_day, set_places
from frontdoor.cases.models import MOST_PLACES, PHONE, Appointment, Cancelled, ClosedDay, Places
from frontdoor.catalogue.published import our_catalogue
from frontdoor.handling.appointments.booking import call_off
from frontdoor.handling.appointments.times import hours_of
from frontdoor.handling.people import staff
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of, end_of_day, start_of_day
from frontdoor.staff.models import Skill, User
from frontdoor.staff.permissions import May, may
from frontdoor.staff.skills import holdings

Hour = tuple[int, int]
"""A weekday (Monday 0) and an hour (0 to 23)."""


class MayNotPlan(Exception):
    """Your role does not plan calls. A planner or a supervisor can; nothing was changed."""


class TooManyPlaces(ValueError):
    """More calls at once than people who hold the skill. Enter fewer, or give somebody the skill; nothing was changed."""


class DayGone(ValueError):
    """This day is over. Choose today or a later day; nothing was changed."""


@dataclass(frozen=True)
class Plan:
    """The calls of one skill: places by weekday and hour, how many people hold it, which services need it, and the hours
    in which any of these is open.
    """

    skill: Skill
    holders: int
    services: tuple[str, ...]
    places: Mapping[Hour, int]
    hours: tuple[int, ...]
    weekdays: tuple[int, ...]


def plans(*, at: datetime) -> list[Plan]:
    """One plan for each skill that a service with phone appointments needs, with who holds it today; by name."""
    needed: dict[str, list[str]] = {}
    for pack in our_catalogue():
        if pack.service.phone_appointments is not None:
            for skill in pack.service.skills:
                needed.setdefault(skill, []).append(pack.id)
    skills = Skill.objects.filter(name__in=needed)
    held, today = holdings(skills=needed), day_of(at)
    places: dict[int, dict[Hour, int]] = {}
    for each in Places.objects.filter(skill__name__in=needed):
        places.setdefault(each.skill_id, {})[each.weekday, each.hour] = each.places
    return [
        Plan(
            skill,
            held.count(skill.name, today),
            tuple(needed[skill.name]),
            places.get(skill.pk, {}),
            *_open(needed[skill.name]),
        )
        for skill in skills.order_by("name")
    ]


def _open(services: list[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The hours of the day and the days of the week in which any of these services makes calls."""
    packs = our_catalogue().packs
    offered = [packs[service].service.phone_appointments for service in services]
    every = [hours for calls in offered if calls is not None for hours in hours_of(calls)]
    first = min((each.opens.hour for each in every), default=9)
    last = max((each.closes.hour + (each.closes.minute > 0) for each in every), default=17)
    weekdays = sorted({day for each in every for day in each.weekdays})
    return tuple(range(first, last)), tuple(weekdays)


@transaction.atomic
def plan_places(*, skill: Skill, places: Mapping[Hour, int], by: User, at: datetime) -> int:
    """Say how many calls may run at once, by weekday and hour; how many hours changed. Calls that are booked stay.

    Raises MayNotPlan, TooManyPlaces.
    """
    require_planning(by)
    holders = holdings(skills=[skill.name]).count(skill.name, day_of(at))
    if any(not 0 <= count <= min(holders, MOST_PLACES) for count in places.values()):
        raise TooManyPlaces
    changed = set_places(skill=skill, places=places)
    if changed:
        facts = {"skill": skill.pk, "hours": changed, "places": sum(places.values())}
        record(at=at, by=staff(by).actor, event="call places planned", facts=facts)
    return changed


@transaction.atomic
def close_for_calls(
    *, on: date, skill: Skill | None, because: str, by: User, at: datetime
) -> list[Appointment]:
    """No call can be booked on this day any more. Returns those that were booked already: they stand until they are moved
    or called off. Raises MayNotPlan, DayGone.
    """
    require_planning(by)
    if on < day_of(at):
        raise DayGone
    closed = close_day(on=on, skill=skill, because=because.strip(), by=by, at=at)
    facts = {"day": on.isoformat(), "skill": skill.pk if skill else None, "closed": closed.pk}
    record(at=at, by=staff(by).actor, event="day closed for calls", facts=facts)
    return booked_on(on=on, skill=skill)


@transaction.atomic
def open_again(*, closed_id: int, by: User, at: datetime) -> None:
    """Calls can be booked on this day again. A day that is open already stays so. Raises MayNotPlan."""
    require_planning(by)
    removed, _ = ClosedDay.objects.filter(pk=closed_id).delete()
    if removed:
        record(at=at, by=staff(by).actor, event="day opened for calls", facts={"closed": closed_id})


def call_off_day(*, closed: ClosedDay, by: User, at: datetime, rng: Random) -> int:
    """Call off every call that stands on a closed day; the customers are told and choose another time. How many.

    Each is a transaction of its own, so that what was told is never taken back. Raises MayNotPlan.
    """
    require_planning(by)
    called_off = 0
    for standing in booked_on(on=closed.on, skill=closed.skill):
        with suppress(AppointmentOver):  # the customer was quicker
            call_off(appointment_id=standing.pk, because=Cancelled.US, by=staff(by), at=at, rng=rng)
            called_off += 1
    return called_off


def booked_on(*, on: date, skill: Skill | None) -> list[Appointment]:
    """The calls that stand on a day, for one skill or all; the earliest first."""
    standing = Appointment.objects.filter(
        kind=PHONE,
        cancelled_at__isnull=True,
        outcome="",
        at__gte=start_of_day(on),
        at__lte=end_of_day(on),
    )
    if skill is not None:
        standing = standing.filter(places__skill=skill.name)
    return list(standing.distinct().order_by("at", "pk"))


def closed_days(*, at: datetime) -> list[ClosedDay]:
    """Closed days from today on, the next first."""
    rows = ClosedDay.objects.filter(on__gte=day_of(at)).select_related("skill", "closed_by")
    return list(rows.order_by("on", "skill__name"))


def require_planning(user: User) -> None:
    """Raise MayNotPlan unless this person plans calls."""
    if not (may(user, May.PLAN) or may(user, May.SUPERVISE)):
        raise MayNotPlan
