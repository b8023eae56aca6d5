"""Book a call for the customer who is on the line: a time that is free, the number to ring, what the caller must know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.appointments import NewCall
from frontdoor.cases.actions.enquiring import EnquiryClosed
from frontdoor.cases.models import Appointment, Enquiry, EnquiryOutcome
from frontdoor.contacts.models import Contact, ContactPoint, PointKind
from frontdoor.handling.appointments.booking import book, require_safe
from frontdoor.handling.appointments.telling import when_in_words
from frontdoor.handling.appointments.times import calls_of
from frontdoor.handling.desk.drafts import draft_together
from frontdoor.handling.desk.enquiring import close_enquiry, enquiry_in_work
from frontdoor.handling.people import staff
from frontdoor.kernel.phones import read_phone
from frontdoor.kernel.slots import Span
from frontdoor.staff.models import User


class NoCustomer(Exception):
    """Say first who it is: a call is booked for somebody. If they are new, their name and number are enough."""


@dataclass(frozen=True)
class Asked:
    """What the customer asks for: when (UTC), the number to ring, and what whoever rings must know.

    `is_said_safe`: they said just now that this number is safe, whatever they said before.
    """

    starts_at: datetime
    phone: str
    words: str = ""
    is_said_safe: bool = False


@transaction.atomic
def book_at_desk(
    *, enquiry_id: UUID, asked: Asked, ends: bool, by: User, at: datetime, rng: Random
) -> Appointment:
    """Book a call and close the enquiry with it; a form that was begun together waits for the call.

    Raises MayNotTake, NotYourContact, ContactOver, EnquiryClosed, NoCustomer, NoCalls, NotANumber, NotSafeToRing,
    EnoughCalls, TimeTaken.
    """
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    person = enquiry.contact.customer
    if not enquiry.is_open:
        raise EnquiryClosed
    if person is None:
        raise NoCustomer
    if not asked.is_said_safe:
        require_safe(customer=person, phone=read_phone(asked.phone) or "")
    new = NewCall(
        customer=person,
        service=enquiry.service,
        span=Span(asked.starts_at, calls_of(enquiry.service)[1].minutes),
        phone=asked.phone,
        contact=enquiry.contact,
        case=enquiry.case,
        draft=draft_together(enquiry=enquiry, at=at),
        words=asked.words.strip(),
    )
    booked = book(new=new, by=staff(by), at=at, rng=rng)
    close_enquiry(
        enquiry_id=enquiry.pk,
        outcome=EnquiryOutcome.BOOKED,
        words=f"We ring at {when_in_words(booked.at)}. {asked.words}".strip(),
        ends=ends,
        by=by,
        at=at,
    )
    return booked


def number_to_ring(*, contact: Contact) -> str:
    """The number that is offered first: the one they ring from, else the newest of theirs that is safe; empty if none."""
    if contact.customer is None:
        return read_phone(contact.came_from) or ""
    points = ContactPoint.objects.filter(customer=contact.customer, kind=PointKind.PHONE)
    unsafe = set(points.filter(is_safe=False).values_list("value_key", flat=True))
    own = points.filter(is_safe=True).order_by("-added_at", "pk").values_list("value_key", flat=True).first()
    came_from = read_phone(contact.came_from) or ""
    return came_from if came_from and came_from not in unsafe else own or ""


def is_bookable(enquiry: Enquiry) -> bool:
    """Whether the enquiry is one that a call can be booked for now."""
    return enquiry.is_open and enquiry.contact.customer_id is not None
