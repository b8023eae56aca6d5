"""What was handed on: it waits for a team or for somebody in it, is taken, done, and the customer hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.cases.actions.enquiring import (
    NotHandedOn,
    lock_enquiry,
    put_back_given,
    settle_given,
    take_given,
)
from frontdoor.cases.models import Enquiry, ToldHow
from frontdoor.cases.queries import enquiries_handed_on, enquiries_visible_to, enquiries_waiting_for
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.contacts.actions import keep_message
from frontdoor.contacts.models import DeliveryChannel, Direction
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.desk.seeing import restricted_to
from frontdoor.handling.desk.taking import require_taking
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_enquiry
from frontdoor.handling.updates import address_lines, next_quiet_end, routes_of
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may

SUBJECT = "About what you asked us"
BODY = "{words}\n\n{council}"
TEXT = "{council}: {words}"


class SayWhatWasTold(Exception):
    """Say what the customer was told, or why there was nothing to tell. Nothing was changed."""


class CannotWrite(Exception):
    """There is no safe way to write to this customer about it. Ring them, and note what you told them."""


class Part(StrEnum):
    """The parts of the list; the last two are for who supervises."""

    MINE = "mine"
    TEAM = "team"
    LATE = "late"
    ALL = "all"


def handed_on(*, user: User, part: Part, at: datetime) -> QuerySet[Enquiry]:
    """What waits in one part of the list, the earliest promise first.

    Mine: what they took or were given. Team: everything of their teams, with who has it. Late and all: of every team, as
    far as this person may know of it; nothing for who does not supervise.
    """
    waiting = enquiries_handed_on()
    if part is Part.MINE:
        return waiting.filter(to_user=user)
    if part is Part.TEAM:
        return waiting.filter(to_team__in=user.teams.all())
    if not may(user, May.SUPERVISE):
        return waiting.none()
    known = waiting.filter(
        pk__in=enquiries_visible_to(user=user, restricted=restricted_to(user)).values("pk")
    )
    return known.filter(promised_for_at__lt=at) if part is Part.LATE else known


@transaction.atomic
def take_handed(*, enquiry_id: UUID, by: User, at: datetime) -> Enquiry:
    """Take for oneself what waits for one's team. Raises MayNotTake, NotHandedOn, TakenBySomebody."""
    enquiry = take_given(enquiry=_of_their_team(enquiry_id, by), user=by, at=at)
    record_of_enquiry(enquiry=enquiry, event="enquiry taken", by=staff(by).actor, at=at)
    return enquiry


@transaction.atomic
def put_back(*, enquiry_id: UUID, by: User, at: datetime) -> Enquiry:
    """Give back to the team what one has. Raises MayNotTake, NotHandedOn."""
    require_taking(by)
    if not enquiries_handed_on().filter(pk=enquiry_id, to_user=by).exists():
        raise NotHandedOn
    enquiry = put_back_given(enquiry=lock_enquiry(enquiry_id=enquiry_id))
    record_of_enquiry(enquiry=enquiry, event="enquiry put back", by=staff(by).actor, at=at)
    return enquiry


@transaction.atomic
def settle(*, enquiry_id: UUID, told: ToldHow, words: str, by: User, at: datetime, rng: Random) -> Enquiry:
    """What was handed on to this person or their team is done, and the customer heard of it: spoken to, written to with
    these words, or there was nothing to tell.

    Raises MayNotTake, NotHandedOn, SayWhatWasTold, CannotWrite.
    """
    require_taking(by)
    if not enquiries_waiting_for(user=by).filter(pk=enquiry_id).exists():
        raise NotHandedOn
    if not words.strip():
        raise SayWhatWasTold
    enquiry = settle_given(
        enquiry=lock_enquiry(enquiry_id=enquiry_id), told=told, words=words.strip(), by=by, at=at
    )
    way = _write(enquiry, words.strip(), by, at, rng) if told is ToldHow.WROTE else ""
    was_kept = enquiry.promised_for_at is not None and at <= enquiry.promised_for_at
    facts: Mapping[str, object] = {"in time": was_kept, "told": told.value, "by": way}
    record_of_enquiry(enquiry=enquiry, event="enquiry settled", by=staff(by).actor, at=at, facts=facts)
    return enquiry


def _of_their_team(enquiry_id: UUID, by: User) -> Enquiry:
    require_taking(by)
    if not enquiries_handed_on().filter(pk=enquiry_id, to_team__in=by.teams.all()).exists():
        raise NotHandedOn
    return lock_enquiry(enquiry_id=enquiry_id)


def _write(enquiry: Enquiry, words: str, by: User, at: datetime, rng: Random) -> str:
    """Send the words by the customer's best safe way; they also stand on their page of the case, if it is about one.

    Nothing of a restricted service is written in a message.
    """
    customer = enquiry.contact.customer
    routes = routes_of(customer=customer, allows_letter=True) if customer else []
    if customer is None or customer.died_on or not routes or _is_restricted(enquiry):
        raise CannotWrite
    conversation = enquiry.case.conversation if enquiry.case else enquiry.contact.conversation
    message = keep_message(
        conversation=conversation,
        direction=Direction.OUT,
        said_by="staff",
        sayer=str(by.pk),
        words=words,
        at=at,
        rng=rng,
    )
    route, council = routes[0], our_council().name
    is_text = route.channel is DeliveryChannel.TEXT
    outgoing = Outgoing(
        key=f"message:{message.pk}",
        channel=route.channel,
        to=route.point.value,
        subject=SUBJECT,
        body=(TEXT if is_text else BODY).format(words=words, council=council),
        address=address_lines(customer, route.point),
        reference=enquiry.case.reference if enquiry.case else "",
    )
    queue_delivery(
        outgoing=outgoing,
        customer=customer,
        conversation=conversation,
        not_before=next_quiet_end(at),
        at=at,
        rng=rng,
        is_new=True,
    )
    return route.channel.value


def _is_restricted(enquiry: Enquiry) -> bool:
    pack = our_catalogue().packs.get(enquiry.service)
    return (pack is not None and pack.service.is_restricted) or bool(
        enquiry.case and enquiry.case.is_restricted
    )
