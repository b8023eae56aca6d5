"""Take a call, a visit or a letter; say who it is; and end it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.models import Enquiry
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Channel, Contact, Customer
from frontdoor.contacts.safety import is_reached_with_care
from frontdoor.contacts.taking import end_talk, finish_work, lock_contact, name_customer, take_in_person
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_contact
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.workforce.records.attending.presence import takes_contacts

AT_THE_DESK = (Channel.PHONE, Channel.COUNTER, Channel.POST)


class MayNotTake(Exception):
    """Your role does not take contacts. Ask an administrator if you think it should; nothing was changed."""


class NotYourContact(LookupError):
    """This contact is not one that you took. Go back to the desk for your own."""


class ContactOver(Exception):
    """This contact is over and its work is done. Begin a new one if they are in touch again."""


class StillTaking(Exception):
    """You have not finished with the contact before. Close its enquiries and end it, then begin the next."""


class NoSuchWay(ValueError):
    """Contacts are taken at the desk by phone, in person or by post. Choose one of these."""


@transaction.atomic
def take_contact_at_desk(*, channel: str, came_from: str, by: User, at: datetime, rng: Random) -> Contact:
    """Begin a contact: a call, a visit or a letter. `came_from`: the number they ring from, where it is known.

    Raises MayNotTake, NoSuchWay, StillTaking.
    """
    require_taking(by)
    if channel not in AT_THE_DESK:
        raise NoSuchWay
    User.objects.select_for_update().get(pk=by.pk)  # pressed twice at once, it is one contact
    if contact_in_hand(user=by) is not None:
        raise StillTaking
    contact = take_in_person(channel=channel, came_from=came_from, by=by, at=at, rng=rng)
    note(contact, "contact taken", by, at, {"channel": channel})
    takes_contacts(user=by, at=at)
    return contact


def contact_in_hand(*, user: User) -> Contact | None:
    """The contact that this person is busy with, if any."""
    taken = Contact.objects.filter(taken_by=user, answered_at__isnull=False, wrapped_at__isnull=True)
    return taken.select_related("conversation", "customer").order_by("-answered_at", "pk").first()


def contact_of(*, contact_id: UUID, user: User) -> Contact:
    """A contact that this person took, over or not. Raises NotYourContact."""
    taken = Contact.objects.filter(pk=contact_id, taken_by=user).select_related(
        "conversation", "customer", "helper"
    )
    contact = taken.first()
    if contact is None:
        raise NotYourContact
    return contact


@transaction.atomic
def say_who(*, contact_id: UUID, customer_id: UUID | None, by: User, at: datetime) -> Contact:
    """The customer whom the advisor found; None: it was somebody else after all.

    Raises MayNotTake, NotYourContact, ContactOver, Customer.DoesNotExist.
    """
    contact = contact_in_work(contact_id, by)
    customer = Customer.objects.get(pk=customer_id) if customer_id else None
    name_customer(contact=contact, customer=customer)
    note(contact, "customer recognised" if customer else "customer not recognised", by, at)
    if customer is not None and is_reached_with_care(ids=[customer.pk]):
        note(contact, "safe contact shown", by, at)
    return contact


@transaction.atomic
def say_who_is_new(
    *, contact_id: UUID, introduction: Introduction, by: User, at: datetime, rng: Random
) -> Contact:
    """Somebody we do not know yet. Where what they say is of somebody we know for certain, it is that customer; a doubt
    is noted for somebody to look at. Raises MayNotTake, NotYourContact, ContactOver.
    """
    contact = contact_in_work(contact_id, by)
    customer = know_customer(introduction=introduction, at=at, rng=rng)
    name_customer(contact=contact, customer=customer)
    note(contact, "customer introduced", by, at)
    return contact


@transaction.atomic
def end_contact(*, contact_id: UUID, by: User, at: datetime) -> Contact:
    """They are gone. The work after it is done as well once no enquiry is open.

    Raises MayNotTake, NotYourContact, ContactOver.
    """
    contact = contact_in_work(contact_id, by)
    if contact.ended_at is None:
        end_talk(contact=contact, at=at)
        note(contact, "contact ended", by, at)
    return finish_if_done(contact, by, at)


def finish_if_done(contact: Contact, by: User, at: datetime) -> Contact:
    """Nothing is left to do once they are gone and every enquiry is closed. In the caller's transaction."""
    is_busy = Enquiry.objects.filter(contact=contact, ended_at__isnull=True).exists()
    if contact.ended_at is None or is_busy:
        return contact
    finish_work(contact=contact, at=at)
    note(contact, "contact finished", by, at)
    return contact


def contact_in_work(contact_id: UUID, by: User) -> Contact:
    """The contact, locked, for who took it and while there is work on it. Raises MayNotTake, NotYourContact,
    ContactOver.
    """
    require_taking(by)
    try:
        contact = lock_contact(contact_id=contact_id)
    except Contact.DoesNotExist:
        raise NotYourContact from None
    if contact.taken_by_id != by.pk:
        raise NotYourContact
    if contact.wrapped_at is not None:
        raise ContactOver
    return contact


def require_taking(user: User) -> None:
    """Raise MayNotTake unless this person takes contacts."""
    if not may(user, May.TAKE_CONTACTS):
        raise MayNotTake


def note(
    contact: Contact, event: str, by: User, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """Keep in the journal what a member of staff did about a contact."""
    record_of_contact(contact=contact, event=event, by=staff(by).actor, at=at, facts=facts)
