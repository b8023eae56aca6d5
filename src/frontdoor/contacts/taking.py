"""A contact that a member of staff takes: begun, given a name, and ended."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from frontdoor.contacts.actions import start_conversation
from frontdoor.contacts.models import Contact, Customer
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.ids import uuid7
from frontdoor.kernel.phones import read_phone
from frontdoor.staff.models import User

LONGEST_ADDRESS = 254


def take_in_person(*, channel: str, came_from: str, by: User, at: datetime, rng: Random) -> Contact:
    """A contact that somebody answers as it arrives. `came_from` is the number or address as it was shown or typed; one
    that cannot be read is kept as it is.
    """
    conversation = start_conversation(customer=None, service="", at=at, rng=rng)
    return Contact.objects.create(
        id=uuid7(at=at, rng=rng),
        conversation=conversation,
        channel=channel,
        came_from=as_compared(came_from),
        received_at=at,
        taken_by=by,
        answered_at=at,
    )


def wait_for_answer(*, channel: str, came_from: str, service: str, at: datetime, rng: Random) -> Contact:
    """A contact that nobody has answered yet."""
    conversation = start_conversation(customer=None, service=service, at=at, rng=rng)
    return Contact.objects.create(
        id=uuid7(at=at, rng=rng),
        conversation=conversation,
        channel=channel,
        service=service,
        came_from=as_compared(came_from),
        received_at=at,
    )


def answer(*, contact: Contact, by: User, at: datetime) -> Contact:
    """Somebody takes it."""
    contact.taken_by, contact.answered_at = by, at
    contact.save(update_fields=["taken_by", "answered_at"])
    return contact


def give_up(*, contact: Contact, at: datetime) -> Contact:
    """They did not wait any longer."""
    contact.abandoned_at = at
    contact.save(update_fields=["abandoned_at"])
    return contact


def as_compared(came_from: str) -> str:
    """A number or address as contacts are compared by it: E.164, or an email address in small letters."""
    words = " ".join(came_from.split())
    email = read_email(words)
    return (read_phone(words) or (email.casefold() if email else words))[:LONGEST_ADDRESS]


def lock_contact(*, contact_id: UUID) -> Contact:
    """The contact, locked for this transaction. Raises Contact.DoesNotExist."""
    rows = Contact.objects.select_for_update(of=("self",)).select_related(
        "conversation", "customer", "helper"
    )
    return rows.get(pk=contact_id)


def name_customer(*, contact: Contact, customer: Customer | None) -> Contact:
    """Say whose contact it is (None: nobody's after all); its conversation is theirs too, and so is who speaks."""
    if contact.customer_id != (customer.pk if customer else None):
        contact.helper = None
    contact.customer = contact.conversation.customer = customer
    contact.save(update_fields=["customer", "helper"])
    contact.conversation.save(update_fields=["customer"])
    return contact


def name_subject(*, contact: Contact, service: str, enquiry: str) -> Contact:
    """Say what it is about, where that was not known; the first enquiry of a contact names it, and that of a contact
    that came by a service's own way in only says more.
    """
    if service and not contact.enquiry and contact.service in ("", service):
        contact.service, contact.enquiry = service, enquiry
        contact.conversation.service = service
        contact.save(update_fields=["service", "enquiry"])
        contact.conversation.save(update_fields=["service"])
    return contact


def end_talk(*, contact: Contact, at: datetime) -> Contact:
    """They are gone. A contact that has ended keeps its time."""
    contact.ended_at = contact.ended_at or at
    contact.save(update_fields=["ended_at"])
    return contact


def finish_work(*, contact: Contact, at: datetime) -> Contact:
    """The work after it is done too."""
    contact.wrapped_at = contact.wrapped_at or at
    contact.save(update_fields=["wrapped_at"])
    return contact
