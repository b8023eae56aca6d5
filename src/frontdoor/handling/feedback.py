"""What customers think of a service: kept as a contact of its own, with nothing about who said it."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.db import transaction

from frontdoor.contacts.actions import keep_message, start_conversation, take_contact
from frontdoor.contacts.models import Contact, Direction
from frontdoor.handling.demand.classifying import note_online
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor

RATINGS = ("very easy", "easy", "neither", "hard", "very hard")
UNNAMED = Actor("customer", "unnamed")
LONGEST = 2000


class NotARating(ValueError):
    """Choose one of the five answers."""


@transaction.atomic
def give_feedback(*, rating: str, words: str, service: str, at: datetime, rng: Random) -> Contact:
    """Keep what somebody thinks. Raises NotARating."""
    if rating not in RATINGS:
        raise NotARating
    conversation = start_conversation(customer=None, service=service, at=at, rng=rng)
    contact = take_contact(conversation=conversation, channel="web", enquiry="feedback", at=at, rng=rng)
    note_online(contact=contact, case=None, at=at, rng=rng)
    if words.strip():
        keep_message(
            conversation=conversation,
            contact=contact,
            direction=Direction.IN,
            said_by=UNNAMED.kind,
            sayer=UNNAMED.id,
            words=words.strip()[:LONGEST],
            at=at,
            rng=rng,
        )
    record(
        at=at,
        by=UNNAMED,
        event="feedback given",
        contact=contact.pk,
        service=service or None,
        facts={"rating": rating},
    )
    return contact
