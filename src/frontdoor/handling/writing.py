"""An officer writes to a customer about their case, and notes that what the customer wrote was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.moving import lock_case, save_case
from frontdoor.cases.models import Case
from frontdoor.cases.permissions import require_handling
from frontdoor.catalogue.published import our_council
from frontdoor.contacts.actions import keep_message
from frontdoor.contacts.models import DeliveryChannel, Direction, Message
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.knowing import known_of
from frontdoor.handling.people import staff
from frontdoor.handling.ports import ports
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.updates import Route, address_lines, next_quiet_end, points_told_in, routes_of
from frontdoor.staff.models import User

SUBJECT = "A message about {reference}"
TEXT = "{council}: we have written to you about {reference}. Read it and reply at {link}"
FOOT = "{words}\n\nYour reference is {reference}. You can read this again and reply at {link}\n\n{council}"


class NothingSaid(Exception):
    """There are no words in this message. Write what the customer should read; nothing was sent."""


class NobodyToWriteTo(Exception):
    """This case has no customer who could be written to: the report was made without a name."""


@transaction.atomic
def write_to_customer(*, case_id: UUID, words: str, user: User, at: datetime, rng: Random) -> Message:
    """Send the customer a message; it also stands on their own page of the case. What they wrote counts as read.

    Raises NothingSaid, NobodyToWriteTo, NotYours, OwnInterest.
    """
    case = lock_case(case_id=case_id)
    require_handling(user, case)
    if not words.strip():
        raise NothingSaid
    if case.customer is None:
        raise NobodyToWriteTo
    message = keep_message(
        conversation=case.conversation,
        direction=Direction.OUT,
        said_by="staff",
        sayer=str(user.pk),
        words=words.strip(),
        at=at,
        rng=rng,
    )
    told_in = points_told_in(case=case, asked=known_of(case=case, at=at).asked)
    routes = routes_of(customer=case.customer, allows_letter=True, told_in=told_in)
    route = next(iter(routes), None)
    if route is not None:
        _queue(case, route, message, at, rng)
    _read(case, at)
    save_case(case=case)
    facts = {"message": str(message.pk), "by": route.channel.value if route else "none"}
    _record(case, "customer written to", facts, user, at, shown=True)
    return message


@transaction.atomic
def note_read(*, case_id: UUID, user: User, at: datetime) -> int:
    """What the customer wrote was read; says how many messages that were. Raises NotYours, OwnInterest."""
    case = lock_case(case_id=case_id)
    require_handling(user, case)
    count = _read(case, at)
    if count:
        _record(case, "messages read", {"messages": count}, user, at)
    return count


def _read(case: Case, at: datetime) -> int:
    unread = Message.objects.filter(
        conversation_id=case.conversation_id, direction=Direction.IN, read_at__isnull=True
    )
    return unread.update(read_at=at)


def _queue(case: Case, route: Route, message: Message, at: datetime, rng: Random) -> None:
    assert case.customer is not None  # there is a route
    said = {
        "reference": case.reference,
        "council": our_council().name,
        "link": f"{ports().public_url}/track/{case.reference}",
    }
    is_text = route.channel is DeliveryChannel.TEXT
    outgoing = Outgoing(
        key=f"message:{message.pk}",
        channel=route.channel,
        to=route.point.value,
        subject=SUBJECT.format(**said),
        body=TEXT.format(**said) if is_text else FOOT.format(words=message.words, **said),
        address=address_lines(case.customer, route.point),
        reference=case.reference,
    )
    queue_delivery(
        outgoing=outgoing,
        customer=case.customer,
        conversation=case.conversation,
        not_before=next_quiet_end(at),
        at=at,
        rng=rng,
    )


def _record(
    case: Case, event: str, facts: Mapping[str, object], user: User, at: datetime, *, shown: bool = False
) -> None:
    record_of_case(case=case, event=event, by=staff(user).actor, at=at, facts=facts, shown=shown)
