"""The outbox: queue a delivery in the transaction of what caused it; claim and settle it in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from frontdoor.contacts.models import Conversation, Customer, Delivery, DeliveryChannel
from frontdoor.kernel.ids import uuid7


@dataclass(frozen=True)
class Outgoing:
    """What is to be sent, where, and the key that makes it happen once."""

    key: str
    channel: DeliveryChannel
    to: str
    subject: str
    body: str
    address: tuple[str, ...] = ()
    reference: str = ""
    is_urgent: bool = False
    calendar: str = ""


def queue_delivery(
    *,
    outgoing: Outgoing,
    customer: Customer | None,
    conversation: Conversation | None,
    not_before: datetime,
    at: datetime,
    rng: Random,
    is_new: bool = False,
) -> Delivery:
    """A row of the outbox. The same key gives the row that is there already: nothing is sent twice.

    `is_new`: the key was made a moment ago, so that no row can have it yet and none is looked for.
    """
    already = None if is_new else Delivery.objects.filter(key=outgoing.key).first()
    return already or Delivery.objects.create(
        id=uuid7(at=at, rng=rng),
        key=outgoing.key,
        conversation=conversation,
        customer=customer,
        channel=outgoing.channel,
        to=outgoing.to,
        address=list(outgoing.address) or None,
        reference=outgoing.reference,
        subject=outgoing.subject,
        body=outgoing.body,
        calendar=outgoing.calendar,
        urgent=outgoing.is_urgent,
        created_at=at,
        next_try_at=not_before,
    )
