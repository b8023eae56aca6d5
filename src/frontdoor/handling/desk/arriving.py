"""Contacts that wait for somebody: they come in, and are answered, or given up before anybody could."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.contacts.actions import keep_message
from frontdoor.contacts.models import Contact, Direction, Message
from frontdoor.contacts.taking import answer, give_up, lock_contact, wait_for_answer
from frontdoor.handling.desk.taking import (
    StillTaking,
    contact_in_hand,
    contact_in_work,
    note,
    require_taking,
)
from frontdoor.handling.recording import record_of_contact
from frontdoor.kernel.entries import Actor
from frontdoor.staff.models import User

UNNAMED = Actor("customer", "unnamed")


class NotWaiting(Exception):
    """This contact does not wait any more: somebody answered it, or they gave up. Take the next one."""


@transaction.atomic
def contact_came_in(
    *, channel: str, came_from: str, service: str, words: str = "", at: datetime, rng: Random
) -> Contact:
    """Somebody approaches us and waits. `service`: what the number, mailbox or menu that they came by is for, empty
    where it is for everything. `words`: what they wrote, where they wrote.
    """
    contact = wait_for_answer(channel=channel, came_from=came_from, service=service, at=at, rng=rng)
    if words:
        _keep(contact, Direction.IN, UNNAMED, words, at, rng)
    record_of_contact(
        contact=contact, event="contact received", by=UNNAMED, at=at, facts={"channel": channel}
    )
    return contact


@transaction.atomic
def contact_given_up(*, contact_id: UUID, at: datetime) -> Contact:
    """They hung up, or left the chat, before anybody answered. Raises NotWaiting, Contact.DoesNotExist."""
    contact = _waiting(contact_id)
    give_up(contact=contact, at=at)
    record_of_contact(contact=contact, event="contact abandoned", by=UNNAMED, at=at)
    return contact


@transaction.atomic
def answer_contact(*, contact_id: UUID, by: User, at: datetime) -> Contact:
    """Take a contact that waits. Raises MayNotTake, StillTaking, NotWaiting, Contact.DoesNotExist."""
    require_taking(by)
    User.objects.select_for_update().get(pk=by.pk)  # pressed twice at once, it is one contact
    if contact_in_hand(user=by) is not None:
        raise StillTaking
    contact = _waiting(contact_id)
    answer(contact=contact, by=by, at=at)
    note(contact, "contact taken", by, at, {"channel": contact.channel})
    return contact


@transaction.atomic
def note_written_answer(*, contact_id: UUID, words: str, by: User, at: datetime, rng: Random) -> Message:
    """Keep what was written back from the mailbox or the account they wrote to.

    Raises MayNotTake, NotYourContact, ContactOver.
    """
    contact = contact_in_work(contact_id, by)
    message = _keep(contact, Direction.OUT, Actor("staff", str(by.pk)), words, at, rng)
    note(contact, "answer written", by, at)
    return message


def _waiting(contact_id: UUID) -> Contact:
    contact = lock_contact(contact_id=contact_id)
    if contact.answered_at is not None or contact.abandoned_at is not None:
        raise NotWaiting
    return contact


def _keep(
    contact: Contact, direction: Direction, by: Actor, words: str, at: datetime, rng: Random
) -> Message:
    return keep_message(
        conversation=contact.conversation,
        contact=contact,
        direction=direction,
        said_by=by.kind,
        sayer=by.id,
        words=words,
        at=at,
        rng=rng,
    )
