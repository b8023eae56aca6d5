"""Book a call, change it, cancel it: by the customer on the web, or by a member of staff for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.appointments import (
    AppointmentOver,
    NewCall,
    TimeTaken,
    book_call,
    cancel_call,
    lock_call,
    move_call,
)
from frontdoor.cases.models import PHONE, Appointment, Cancelled, Draft, Outcome
from frontdoor.catalogue.pack import PhoneAppointments
from frontdoor.contacts.actions import (
    Introduction,
    know_customer,
    points_of,
    start_conversation,
    take_contact,
)
from frontdoor.contacts.identity import note_attempt
from frontdoor.contacts.models import Channel, Contact, ContactPoint, Customer, PointKind
from frontdoor.contacts.safety import safety_of
from frontdoor.handling.applying import known_draft, locked_draft, touch_draft
from frontdoor.handling.appointments.telling import (
    CANCELLED_NEWS,
    News,
    plan_reminders,
    tell_and_record,
)
from frontdoor.handling.appointments.times import calls_of, may_begin, room_for
from frontdoor.handling.introducing import introduction_of
from frontdoor.handling.people import SYSTEM, Person, customer
from frontdoor.kernel.ids import digest
from frontdoor.kernel.phones import read_phone
from frontdoor.kernel.slots import Span

ENQUIRY = "book a call"
MOST_BOOKED, BOOKED_WITHIN = 12, timedelta(hours=1)
MOST_TO_COME = 3
DRAFT_KEPT_AFTER = timedelta(days=7)


class NotSafeToRing(Exception):
    """We cannot ring this number. Give another number that is safe for you, or choose another way to reach us."""


class NotANumber(ValueError):
    """Enter a phone number on which we can ring you, like 01632 960 001."""


class EnoughCalls(Exception):
    """Several calls are booked for this number already. Change or cancel one of them first; nothing was booked."""


class BookedAlready(Exception):
    """A call is booked for this form already. You can change its time or cancel it; nothing more was booked."""


@dataclass(frozen=True)
class Wish:
    """What a customer asks for on the web: when (UTC), who they are, where to ring, where to write, from where."""

    starts_at: datetime
    full_name: str
    phone: str
    email: str = ""
    knock: str = ""


@transaction.atomic
def book_own_call(*, draft_id: UUID, wish: Wish, at: datetime, rng: Random) -> Appointment:
    """The customer asks to be rung so that the form is filled in together; what they have typed so far waits for it.

    Raises DraftGone, NoCalls, NotANumber, NotSafeToRing, EnoughCalls, BookedAlready, TimeTaken, TooManyTries.
    """
    draft = locked_draft(draft_id, at)
    if wish.knock:
        note_attempt(what=ENQUIRY, key=digest(wish.knock), most=MOST_BOOKED, within=BOOKED_WITHIN, at=at)
    if call_of_draft(draft=draft) is not None:
        raise BookedAlready
    introduction, phone = _introduction(draft, wish, at), _dialled(wish.phone)
    person = know_customer(introduction=introduction, at=at, rng=rng)
    if introduction.safe_ways is None:
        require_safe(customer=person, phone=phone)
    conversation = start_conversation(customer=person, service=draft.service, at=at, rng=rng)
    contact = take_contact(conversation=conversation, channel=Channel.WEB, enquiry=ENQUIRY, at=at, rng=rng)
    new = NewCall(
        customer=person,
        service=draft.service,
        span=Span(wish.starts_at, calls_of(draft.service)[1].minutes),
        phone=phone,
        contact=contact,
        draft=draft,
        told_in=tuple(key for _, _, key in points_of(introduction)),
    )
    return book(new=new, by=customer(person.pk, is_helper=bool(draft.helper)), at=at, rng=rng)


def _introduction(draft: Draft, wish: Wish, at: datetime) -> Introduction:
    """What was typed for the call, with what the form has of them already. Raises NotSafeToRing."""
    known = known_draft(draft=draft, at=at)
    asked = {page.question.id for page in known.pages()}
    said = introduction_of(draft.answers, asked=asked)
    if said.safe_ways is not None and not said.safe_ways & {"call", "helper"}:
        raise NotSafeToRing
    return replace(
        said, full_name=wish.full_name or said.full_name, phone=wish.phone, email=wish.email or said.email
    )


def book(*, new: NewCall, by: Person, at: datetime, rng: Random) -> Appointment:
    """Book it, plan its reminders and tell the customer; in the caller's transaction.

    Raises NoCalls, NotANumber, EnoughCalls, TimeTaken.
    """
    pack, calls = calls_of(new.service)
    if not may_begin(calls, new.span.starts_at, at):
        raise TimeTaken
    new = replace(new, phone=_dialled(new.phone), instead_of=new.instead_of or _missed_before(new))
    _require_few(new.phone, at)
    appointment = book_call(
        new=new,
        skills=pack.service.skills,
        room=room_for(pack.service.skills).of,
        by=by.user,
        at=at,
        rng=rng,
    )
    _keep_draft_for(appointment, at)
    plan_reminders(appointment=appointment, at=at)
    facts = {"minutes": calls.minutes, "again": appointment.instead_of_id is not None}
    tell_and_record(
        appointment=appointment, news=News.BOOKED, event="call booked", by=by, at=at, rng=rng, facts=facts
    )
    return appointment


@transaction.atomic
def change_call(
    *, appointment_id: UUID, starts_at: datetime, by: Person, at: datetime, rng: Random
) -> Appointment:
    """Another time. The same time again changes nothing. Raises NoCalls, AppointmentOver, TimeTaken."""
    appointment = lock_call(appointment_id=appointment_id)
    pack, calls = calls_of(appointment.service)
    if not appointment.is_to_come:
        raise AppointmentOver
    if appointment.at == starts_at:
        return appointment
    if not _takes(calls, starts_at, appointment, at):
        raise TimeTaken
    skills = pack.service.skills
    was = appointment.at
    appointment = move_call(
        appointment=appointment, starts_at=starts_at, skills=skills, room=room_for(skills).of
    )
    _keep_draft_for(appointment, at)
    plan_reminders(appointment=appointment, at=at)
    facts = {"was at": was.isoformat()}
    tell_and_record(
        appointment=appointment, news=News.CHANGED, event="call changed", by=by, at=at, rng=rng, facts=facts
    )
    return appointment


@transaction.atomic
def call_off(
    *, appointment_id: UUID, because: Cancelled, by: Person, at: datetime, rng: Random
) -> Appointment:
    """It will not take place. Raises AppointmentOver."""
    appointment = cancel_call(appointment=lock_call(appointment_id=appointment_id), because=because, at=at)
    tell_and_record(
        appointment=appointment,
        news=CANCELLED_NEWS[because],
        event="call cancelled",
        by=by,
        at=at,
        rng=rng,
        facts={"because": because.value},
    )
    return appointment


@transaction.atomic
def book_again(
    *, appointment_id: UUID, starts_at: datetime, by: Person, at: datetime, rng: Random
) -> Appointment:
    """Another call instead of one that was missed or that we called off; all else as before.

    Raises NoCalls, AppointmentOver (it has been made up for already), EnoughCalls, TimeTaken.
    """
    before = lock_call(appointment_id=appointment_id)
    if not may_be_made_up(appointment=before):
        raise AppointmentOver
    assert before.customer is not None  # a call has a customer: the database sees to it
    assert before.contact is not None  # and was booked in a contact
    contact = take_contact(
        conversation=before.contact.conversation, channel=Channel.WEB, enquiry=ENQUIRY, at=at, rng=rng
    )
    new = NewCall(
        customer=before.customer,
        service=before.service,
        span=Span(starts_at, calls_of(before.service)[1].minutes),
        phone=before.phone,
        contact=contact,
        case=before.case,
        draft=before.draft if before.draft and not hasattr(before.draft, "case") else None,
        words=before.words,
        told_in=tuple(before.told_in),
        instead_of=before,
    )
    return book(new=new, by=by, at=at, rng=rng)


def may_be_made_up(*, appointment: Appointment) -> bool:
    """Whether another call can be booked instead of this one: it was missed or we called it off, and none was yet."""
    failed = appointment.outcome == Outcome.MISSED or appointment.cancelled_because == Cancelled.US
    return failed and not Appointment.objects.filter(instead_of=appointment).exists()


def call_of_draft(*, draft: Draft) -> Appointment | None:
    """The call that is still to come for a form, if one is booked."""
    return Appointment.objects.filter(draft=draft, kind=PHONE, cancelled_at__isnull=True, outcome="").first()


def not_needed_any_more(*, draft: Draft, at: datetime, rng: Random) -> Appointment | None:
    """The customer sent the form by themselves: the call that was booked for it is cancelled, and they are told."""
    booked = call_of_draft(draft=draft)
    if booked is None:
        return None
    return call_off(appointment_id=booked.pk, because=Cancelled.NOT_NEEDED, by=SYSTEM, at=at, rng=rng)


def require_safe(*, customer: Customer, phone: str) -> None:
    """Raise NotSafeToRing where the customer told us not to use this number, or not to ring at all."""
    unsafe = ContactPoint.objects.filter(
        customer=customer, kind=PointKind.PHONE, value_key=phone, is_safe=False
    )
    safety = safety_of(customer_id=customer.pk)
    if unsafe.exists() or (safety is not None and not safety.may_ring):
        raise NotSafeToRing


def with_draft_taken_up(*, appointment: Appointment, contact: Contact, at: datetime) -> Draft | None:
    """The form that waits for this call belongs to the call from now on; None where none waits any more."""
    draft = appointment.draft
    if draft is None or draft.expires_at <= at or draft.stopped_by or hasattr(draft, "case"):
        return None
    draft.contact, draft.channel = contact, Channel.PHONE.value
    return touch_draft(draft, at)


def _takes(calls: PhoneAppointments, starts_at: datetime, appointment: Appointment, at: datetime) -> bool:
    """A call of an older length keeps it: its new time must be one of today's times all the same."""
    return appointment.minutes <= calls.minutes and may_begin(calls, starts_at, at)


def _dialled(phone: str) -> str:
    number = read_phone(phone)
    if number is None:
        raise NotANumber
    return number


def _require_few(phone: str, at: datetime) -> None:
    """Nobody needs more than a few at once; without this, one visitor could take every time there is."""
    to_come = Appointment.objects.filter(
        kind=PHONE, phone=phone, at__gt=at, cancelled_at__isnull=True, outcome=""
    )
    if to_come.count() >= MOST_TO_COME:
        raise EnoughCalls


def _missed_before(new: NewCall) -> Appointment | None:
    """The last call on the same service that they missed, where none has made up for it yet."""
    missed = Appointment.objects.filter(
        kind=PHONE,
        customer=new.customer,
        service=new.service,
        outcome=Outcome.MISSED,
        made_up_by__isnull=True,
    )
    return missed.order_by("-at").first()


def _keep_draft_for(appointment: Appointment, at: datetime) -> None:
    """A form that waits for a call is kept until after it."""
    draft = appointment.draft
    kept_until = appointment.at + DRAFT_KEPT_AFTER
    if draft is not None and draft.expires_at < kept_until:
        draft.expires_at = kept_until
        touch_draft(draft, at)
