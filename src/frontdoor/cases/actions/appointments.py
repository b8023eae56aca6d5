"""Appointments: booked, moved to another time, cancelled, kept, missed; and the places they take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from uuid import UUID

from django.db import IntegrityError, transaction

from frontdoor.cases.models import (
    PHONE,
    Appointment,
    AppointmentPlace,
    CallReminder,
    Cancelled,
    Case,
    ClosedDay,
    Draft,
    Outcome,
    Places,
    ReminderKind,
)
from frontdoor.contacts.models import Contact, Customer
from frontdoor.kernel.ids import new_reference, uuid7
from frontdoor.kernel.slots import Span
from frontdoor.staff.models import Skill, User

PREFIX = "CALL"
MOST_TRIES = 8

Room = Callable[[str, datetime], int]
"""How many places there are for a skill in the quarter of an hour that begins at an instant."""


class TimeTaken(Exception):
    """This time has just been taken by somebody else. Choose another one; nothing was booked or changed."""


class AppointmentOver(Exception):
    """This appointment is over or was cancelled, so that nothing can be changed. You can book another one."""


@dataclass(frozen=True)
class NewCall:
    """A call to book: whom to ring where, about what, when, with which form, and the missed one it makes up for."""

    customer: Customer
    service: str
    span: Span
    phone: str
    contact: Contact | None
    case: Case | None = None
    draft: Draft | None = None
    words: str = ""
    told_in: tuple[str, ...] = ()
    instead_of: Appointment | None = None


def book_appointment(
    *,
    case: Case,
    kind: str,
    starts_at: datetime,
    where: str,
    with_whom: str,
    minutes: int,
    by: User,
    at: datetime,
    rng: Random,
) -> Appointment:
    """Book a time. An appointment of this kind that was still to come is cancelled."""
    still_to_come = Appointment.objects.filter(case=case, kind=kind, cancelled_at__isnull=True, outcome="")
    still_to_come.filter(at__gt=at).update(cancelled_at=at)
    return Appointment.objects.create(
        id=uuid7(at=at, rng=rng),
        case=case,
        kind=kind,
        at=starts_at,
        minutes=minutes,
        where=where,
        with_whom=with_whom,
        booked_by=by,
        booked_at=at,
    )


def book_call(
    *, new: NewCall, skills: Collection[str], room: Room, by: User | None, at: datetime, rng: Random
) -> Appointment:
    """A call at a time that has room, with its places taken. Raises TimeTaken: then nothing was kept."""
    with transaction.atomic():
        booked = _with_reference(
            Appointment(
                id=uuid7(at=at, rng=rng),
                kind=PHONE,
                case=new.case,
                customer=new.customer,
                contact=new.contact,
                draft=new.draft,
                instead_of=new.instead_of,
                service=new.service,
                at=new.span.starts_at,
                minutes=new.span.minutes,
                where="By phone",
                phone=new.phone,
                told_in=list(new.told_in),
                words=new.words,
                booked_by=by,
                booked_at=at,
            ),
            rng,
        )
        _take_places(booked, skills, room)
    return booked


def move_call(
    *, appointment: Appointment, starts_at: datetime, skills: Collection[str], room: Room
) -> Appointment:
    """Another time for a call that was locked by the caller; the time before is kept where this one has no room.

    Raises AppointmentOver, TimeTaken.
    """
    _require_to_come(appointment)
    with transaction.atomic():
        AppointmentPlace.objects.filter(appointment=appointment).delete()
        appointment.at = starts_at
        appointment.sequence += 1
        appointment.attempts, appointment.tried_at = 0, None
        appointment.taken_by, appointment.taken_at = None, None
        _take_places(appointment, skills, room)
        appointment.save()
    return appointment


def cancel_call(*, appointment: Appointment, because: Cancelled, at: datetime) -> Appointment:
    """It will not take place; its places are free again. Raises AppointmentOver."""
    _require_to_come(appointment)
    appointment.cancelled_at, appointment.cancelled_because = at, because
    appointment.sequence += 1
    appointment.save()
    AppointmentPlace.objects.filter(appointment=appointment).delete()
    return appointment


def lock_call(*, appointment_id: UUID) -> Appointment:
    """The call, locked for this transaction. Raises Appointment.DoesNotExist."""
    rows = Appointment.objects.select_for_update(of=("self",)).filter(kind=PHONE)
    return rows.select_related("customer", "case", "draft", "contact__conversation", "taken_by").get(
        pk=appointment_id
    )


def take_call(*, appointment: Appointment, by: User, at: datetime) -> Appointment:
    """This person rings. Raises AppointmentOver."""
    _require_to_come(appointment)
    appointment.taken_by, appointment.taken_at = by, at
    appointment.save(update_fields=["taken_by", "taken_at"])
    return appointment


def note_try(*, appointment: Appointment, at: datetime) -> Appointment:
    """We rang in vain; whoever rings next need not be the same. Raises AppointmentOver."""
    _require_to_come(appointment)
    appointment.attempts += 1
    appointment.tried_at = at
    appointment.taken_by, appointment.taken_at = None, None
    appointment.save(update_fields=["attempts", "tried_at", "taken_by", "taken_at"])
    return appointment


def end_call(*, appointment: Appointment, outcome: Outcome, at: datetime) -> Appointment:
    """It was kept, or it was missed. Raises AppointmentOver."""
    _require_to_come(appointment)
    appointment.outcome, appointment.ended_at = outcome, at
    appointment.save(update_fields=["outcome", "ended_at"])
    return appointment


def add_reminders(*, appointment: Appointment, due: Mapping[ReminderKind, datetime]) -> None:
    """Reminders for the appointment as it now is; those of an earlier time say nothing any more."""
    CallReminder.objects.bulk_create(
        [
            CallReminder(
                appointment=appointment, kind=kind, sequence=appointment.sequence, next_try_at=due_at
            )
            for kind, due_at in due.items()
        ],
        ignore_conflicts=True,
    )


def set_places(*, skill: Skill, places: Mapping[tuple[int, int], int]) -> int:
    """How many may be booked at once, by weekday and hour, instead of what was set before; how many hours changed."""
    before = {
        (each.weekday, each.hour): each.places
        for each in Places.objects.select_for_update().filter(skill=skill)
    }
    after = {hour: count for hour, count in places.items() if count}
    Places.objects.filter(skill=skill).delete()
    Places.objects.bulk_create(
        [
            Places(skill=skill, weekday=weekday, hour=hour, places=count)
            for (weekday, hour), count in sorted(after.items())
        ]
    )
    return sum(before.get(hour, 0) != after.get(hour, 0) for hour in before.keys() | after.keys())


def close_day(*, on: date, skill: Skill | None, because: str, by: User, at: datetime) -> ClosedDay:
    """No call can be booked on this day any more. A day that is closed stays as it is."""
    closed, _ = ClosedDay.objects.get_or_create(
        on=on, skill=skill, defaults={"because": because[:200], "closed_by": by, "closed_at": at}
    )
    return closed


def _with_reference(appointment: Appointment, rng: Random) -> Appointment:
    """Stored under a reference that nobody has; a reference that is taken is drawn again."""
    for _ in range(MOST_TRIES):
        appointment.reference = new_reference(PREFIX, rng)
        if not Appointment.objects.filter(reference=appointment.reference).exists():
            break
    appointment.save(force_insert=True)
    return appointment


def _take_places(appointment: Appointment, skills: Collection[str], room: Room) -> None:
    """A place in every quarter for every skill. Where somebody takes the same one at that moment, the next is tried."""
    quarters = Span(appointment.at, appointment.minutes).quarters()
    for _ in range(MOST_TRIES):
        chosen = _free_places(appointment, sorted(skills), quarters, room)
        try:
            with transaction.atomic():
                AppointmentPlace.objects.bulk_create(chosen)
        except IntegrityError:
            continue
        return
    raise TimeTaken


def _free_places(
    appointment: Appointment, skills: Iterable[str], quarters: Collection[datetime], room: Room
) -> list[AppointmentPlace]:
    taken: dict[tuple[str, datetime], set[int]] = {}
    for skill, starts_at, number in AppointmentPlace.objects.filter(
        skill__in=list(skills), starts_at__in=list(quarters)
    ).values_list("skill", "starts_at", "number"):
        taken.setdefault((skill, starts_at), set()).add(number)
    chosen = []
    for skill in skills:
        for quarter in quarters:
            of, used = room(skill, quarter), taken.get((skill, quarter), set())
            free = next((each for each in range(of) if each not in used), None)
            if free is None or len(used) >= of:
                raise TimeTaken
            chosen.append(
                AppointmentPlace(appointment=appointment, skill=skill, starts_at=quarter, number=free, of=of)
            )
    return chosen


def places_taken(
    *, skills: Collection[str], since: datetime, until: datetime
) -> Counter[tuple[str, datetime]]:
    """How many places are taken, by skill and quarter of an hour."""
    rows = AppointmentPlace.objects.filter(skill__in=list(skills), starts_at__gte=since, starts_at__lt=until)
    return Counter(rows.values_list("skill", "starts_at"))


def _require_to_come(appointment: Appointment) -> None:
    if not appointment.is_to_come:
        raise AppointmentOver
