"""Ring the customers who booked a call: the list of the day, who rings, reached or not, and what follows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from frontdoor.cases.actions.appointments import end_call, lock_call, note_try, take_call
from frontdoor.cases.models import PHONE, Appointment, Enquiry, Outcome
from frontdoor.cases.permissions import is_visible_to
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import AS_ARRANGED, Channel, Delivery
from frontdoor.contacts.taking import name_customer
from frontdoor.handling.appointments.booking import with_draft_taken_up
from frontdoor.handling.appointments.telling import News, record_of_call, tell_and_record
from frontdoor.handling.appointments.times import calls_of, offers_calls
from frontdoor.handling.desk.enquiring import About, add_enquiry
from frontdoor.handling.desk.seeing import restricted_to
from frontdoor.handling.desk.taking import require_taking, take_contact_at_desk
from frontdoor.handling.people import staff
from frontdoor.kernel.clock import day_of, end_of_day
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.staff.skills import skills_on
from frontdoor.workforce.records.attending.presence import takes_contacts

RINGS_FOR = timedelta(minutes=30)
"""So long a call belongs to who took it; after that a colleague may take it over."""


class NotYourCall(LookupError):
    """This call is not one that you can take: it needs a skill you do not hold, or it is over."""


class SomebodyElseRings(Exception):
    """A colleague is ringing them now. Take the next one."""


@dataclass(frozen=True)
class Rung:
    """What came of ringing in vain: how often that was, and whether the appointment counts as missed now.

    `told`: the message that says so; None where there is no safe way to send one.
    """

    appointment: Appointment
    is_missed: bool
    told: Delivery | None


def services_rung_by(user: User, *, at: datetime) -> set[str]:
    """The services whose calls this person may take on this day: every skill is theirs; a supervisor may take any that is
    open.
    """
    held = skills_on(on=day_of(at), people=[user.pk]).get(user.pk, {}).keys()
    hidden = restricted_to(user)
    is_over_all = may(user, May.SUPERVISE)
    return {
        pack.id
        for pack in our_catalogue()
        if pack.id not in hidden
        and (is_over_all or (pack.service.skills and set(pack.service.skills) <= held))
    }


def calls_to_ring(*, user: User, at: datetime) -> QuerySet[Appointment]:
    """Calls of today that this person may take, and older ones that nobody made; the earliest first."""
    return _open_to(user, at).filter(at__lte=end_of_day(day_of(at))).order_by("at", "pk")


def calls_to_come(*, user: User, at: datetime) -> QuerySet[Appointment]:
    """Calls of later days that this person may take; the earliest first."""
    return _open_to(user, at).filter(at__gt=end_of_day(day_of(at))).order_by("at", "pk")


def call_of(*, appointment_id: UUID, user: User, at: datetime) -> Appointment:
    """A call that this person may take, over or not. Raises NotYourCall."""
    found = _within_reach(user, at).filter(pk=appointment_id)
    appointment = found.select_related("customer", "case", "draft", "taken_by", "contact").first()
    if appointment is None:
        raise NotYourCall
    return appointment


@transaction.atomic
def begin_to_ring(*, appointment_id: UUID, by: User, at: datetime) -> Appointment:
    """This person rings now, and nobody else. Raises MayNotTake, NotYourCall, SomebodyElseRings, AppointmentOver."""
    require_taking(by)
    call_of(appointment_id=appointment_id, user=by, at=at)
    appointment = lock_call(appointment_id=appointment_id)
    if is_being_rung(appointment=appointment, by=by, at=at):
        raise SomebodyElseRings
    if appointment.taken_by_id != by.pk:
        take_call(appointment=appointment, by=by, at=at)
        record_of_call(appointment=appointment, event="call taken", by=staff(by).actor, at=at)
    takes_contacts(user=by, at=at)
    return appointment


def is_being_rung(*, appointment: Appointment, by: User, at: datetime) -> bool:
    """Whether somebody other than this person is ringing them."""
    is_taken = appointment.taken_by_id is not None and appointment.taken_by_id != by.pk
    return is_taken and appointment.taken_at is not None and at - appointment.taken_at < RINGS_FOR


@transaction.atomic
def reached(*, appointment_id: UUID, by: User, at: datetime, rng: Random) -> Enquiry:
    """They answered: the appointment is kept, and their call is at the desk, with the form as far as it is filled in.

    Raises MayNotTake, NotYourCall, AppointmentOver, StillTaking, NotYours.
    """
    appointment = _in_hand(appointment_id, by, at)
    contact = take_contact_at_desk(channel=Channel.PHONE, came_from=appointment.phone, by=by, at=at, rng=rng)
    contact.counts_as = AS_ARRANGED
    contact.save(update_fields=["counts_as"])
    name_customer(contact=contact, customer=appointment.customer)
    about = About(subject=_subject(appointment.service), case_id=appointment.case_id)
    enquiry = add_enquiry(contact_id=contact.pk, about=about, by=by, at=at, rng=rng)
    with_draft_taken_up(appointment=appointment, contact=contact, at=at)
    end_call(appointment=appointment, outcome=Outcome.KEPT, at=at)
    facts = {"tries": appointment.attempts, "late by": _minutes_late(appointment, at)}
    record_of_call(
        appointment=appointment, event="call kept", by=staff(by).actor, at=at, facts=facts, shown=True
    )
    return enquiry


@transaction.atomic
def not_reached(*, appointment_id: UUID, by: User, at: datetime, rng: Random) -> Rung:
    """Nobody answered. After as many tries as the pack says, it is missed: they are told, and can choose another time.

    Raises MayNotTake, NotYourCall, AppointmentOver.
    """
    appointment = note_try(appointment=_in_hand(appointment_id, by, at), at=at)
    tries = calls_of(appointment.service)[1].tries if offers_calls(appointment.service) else 1
    if appointment.attempts < tries:
        facts = {"tries": appointment.attempts}
        record_of_call(appointment=appointment, event="call tried", by=staff(by).actor, at=at, facts=facts)
        return Rung(appointment, is_missed=False, told=None)
    end_call(appointment=appointment, outcome=Outcome.MISSED, at=at)
    told = tell_and_record(
        appointment=appointment,
        news=News.MISSED,
        event="call missed",
        by=staff(by),
        at=at,
        rng=rng,
        facts={"tries": appointment.attempts},
    )
    return Rung(appointment, is_missed=True, told=told)


def times_missed(*, appointment: Appointment) -> list[Appointment]:
    """The missed calls that this one makes up for, the latest first."""
    found, before = [], appointment.instead_of
    while before is not None:
        found.append(before)
        before = before.instead_of
    return [each for each in found if each.outcome == Outcome.MISSED]


def _in_hand(appointment_id: UUID, by: User, at: datetime) -> Appointment:
    """The call, locked, for who took it. Raises MayNotTake, NotYourCall."""
    require_taking(by)
    call_of(appointment_id=appointment_id, user=by, at=at)
    appointment = lock_call(appointment_id=appointment_id)
    if appointment.is_to_come and appointment.taken_by_id != by.pk:
        raise NotYourCall
    return appointment


def _open_to(user: User, at: datetime) -> QuerySet[Appointment]:
    return (
        _within_reach(user, at)
        .filter(cancelled_at__isnull=True, outcome="")
        .select_related("customer", "case", "draft", "taken_by")
    )


def _within_reach(user: User, at: datetime) -> QuerySet[Appointment]:
    """About a case, only where they may know of it."""
    calls = Appointment.objects.filter(kind=PHONE, service__in=services_rung_by(user, at=at))
    return calls.filter(Q(case__isnull=True) | is_visible_to(user, case="case"))


def _subject(service: str) -> str:
    """The enquiry that starts the form, as the calls are for filling it in."""
    pack = our_catalogue().packs.get(service)
    names: Collection[str] = pack.service.enquiries if pack else ()
    starts = next((name for name in names if pack and pack.service.enquiries[name].starts == "form"), None)
    return f"{service}/{starts}" if starts else service


def _minutes_late(appointment: Appointment, at: datetime) -> int:
    return max(0, int((at - appointment.at) / timedelta(minutes=1)))
