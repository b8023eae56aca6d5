"""Send what waits in the outbox, and note what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.cases.models import Case
from frontdoor.channels.messages import (
    CALENDAR,
    Attachment,
    CannotSendEver,
    CannotSendNow,
    Channel,
    OutgoingMessage,
    Sent,
    Status,
)
from frontdoor.contacts.models import Delivery, DeliveryChannel, DeliveryStatus
from frontdoor.handling.letters import CannotWrite, letter_for
from frontdoor.handling.ports import ports
from frontdoor.handling.rerouting import send_another_way
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor

POST_ROBOT = Actor("robot", "outbox")
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
CHANNELS: Mapping[DeliveryChannel, Channel] = {
    DeliveryChannel.EMAIL: "email",
    DeliveryChannel.TEXT: "text",
    DeliveryChannel.LETTER: "letter",
}
FINAL = frozenset(
    {
        DeliveryStatus.DELIVERED,
        DeliveryStatus.SENT,
        DeliveryStatus.RECEIVED,
        DeliveryStatus.PERMANENT_FAILURE,
        DeliveryStatus.TECHNICAL_FAILURE,
    }
)


def send_delivery(*, delivery_id: UUID, at: datetime, rng: Random) -> Delivery:
    """Hand one delivery to its supplier and settle it: sent, to be tried again, or given up with the reason.

    The supplier is called outside any transaction. Our id is the message's id, so that a second try after a
    crash is recognised by the supplier's adapter and nothing goes out twice where that can be found out. Where
    another worker has taken the delivery over meanwhile, what it found out stands: only "sent" is noted late.
    """
    delivery = Delivery.objects.select_related("letter", "conversation__case").get(pk=delivery_id)
    if delivery.done_at is not None or not _begin_try(delivery):
        return delivery
    try:
        message = _message(delivery, delivery.tries == 1, at, rng)
        sent = ports().senders[delivery.channel].send(message, at)
    except CannotSendNow as problem:
        return _try_again(delivery, problem, at)
    except (CannotSendEver, CannotWrite) as problem:
        return _give_up(delivery, str(problem), at, rng)
    return _settle(delivery, sent, at)


def _begin_try(delivery: Delivery) -> bool:
    """Count the try before it is made: after a crash nobody may think that nothing was sent yet.

    False where another has begun one since this row was read.
    """
    return _write(_of_this_try(delivery), delivery, tries=delivery.tries + 1)


def _of_this_try(delivery: Delivery) -> QuerySet[Delivery]:
    """The row as long as it is not done and nobody has begun another try."""
    return Delivery.objects.filter(pk=delivery.pk, done_at__isnull=True, tries=delivery.tries)


def _write(rows: QuerySet[Delivery], delivery: Delivery, **fields: object) -> bool:
    """Write to the row, and to the object as it was read; False, with the row read anew, where it is another's now."""
    if not rows.update(**fields):
        delivery.refresh_from_db()
        return False
    for name, value in fields.items():
        setattr(delivery, name, value)
    return True


def _message(delivery: Delivery, is_first: bool, at: datetime, rng: Random) -> OutgoingMessage:
    letter = (
        letter_for(delivery=delivery, at=at, rng=rng) if delivery.channel == DeliveryChannel.LETTER else None
    )
    return OutgoingMessage(
        id=str(delivery.pk),
        channel=CHANNELS[DeliveryChannel(delivery.channel)],
        to="" if letter else delivery.to,
        subject=delivery.subject,
        body=delivery.body,
        reference=str(delivery.pk),
        address=tuple(delivery.address or ()) if letter else (),
        pdf=bytes(letter.content) if letter else None,
        attachments=_attachments(delivery),
        first_try=is_first,
    )


def _attachments(delivery: Delivery) -> tuple[Attachment, ...]:
    """The calendar file, where this supplier takes one: without it the email still says all there is to know."""
    if not delivery.calendar or CALENDAR not in ports().senders[delivery.channel].attaches:
        return ()
    data = delivery.calendar.encode()
    return (Attachment(name="appointment.ics", content_type=CALENDAR, data=data),)


def _try_again(delivery: Delivery, problem: CannotSendNow, at: datetime) -> Delivery:
    """Wait longer each time, up to an hour, for as long as it takes: a supplier may be down for a day."""
    wait = problem.retry_after or min(FIRST_WAIT * 2 ** min(delivery.tries - 1, 10), LONGEST_WAIT)
    _write(
        _of_this_try(delivery),
        delivery,
        next_try_at=at + wait,
        problem=str(problem)[:300],
        claimed_by="",
        claimed_until=None,
    )
    return delivery


@transaction.atomic
def _give_up(delivery: Delivery, problem: str, at: datetime, rng: Random) -> Delivery:
    is_ours = _write(
        _of_this_try(delivery),
        delivery,
        status=DeliveryStatus.PERMANENT_FAILURE,
        problem=problem[:300],
        done_at=at,
        next_try_at=None,
    )
    if is_ours:
        _record(delivery, "delivery failed", at)
        send_another_way(delivery=delivery, by=POST_ROBOT, at=at, rng=rng)
    return delivery


@transaction.atomic
def _settle(delivery: Delivery, sent: Sent, at: datetime) -> Delivery:
    """As few words with the database as can be: a worker killed before the commit sends again (SMTP knows no better).

    It was sent, whoever has the row by now.
    """
    is_first_to_say = _write(
        Delivery.objects.filter(pk=delivery.pk, done_at__isnull=True),
        delivery,
        status=_status(sent.status),
        supplier_id=sent.supplier_id,
        supplier=ports().supplier_names.get(delivery.channel, ""),
        done_at=at,
        next_try_at=None,
        problem="",
    )
    if is_first_to_say:
        _record(delivery, "delivery sent", at)
    return delivery


@transaction.atomic
def note_status(*, supplier_id: str, status: Status, at: datetime, rng: Random) -> Delivery | None:
    """A supplier tells what became of a delivery; None where it is none of ours. A final status is never
    taken back.
    """
    delivery = Delivery.objects.select_for_update().filter(supplier_id=supplier_id).first()
    if delivery is None or (delivery.status in FINAL and delivery.status != DeliveryStatus.SENT):
        return delivery
    delivery.status = _status(status)
    delivery.save(update_fields=["status"])
    _record(delivery, "delivery reported", at)
    if status.has_failed:
        send_another_way(delivery=delivery, by=POST_ROBOT, at=at, rng=rng)
    return delivery


def _status(status: Status) -> DeliveryStatus:
    """Notify has more words than an officer needs; those it adds mean that it is on its way, or cannot be
    sent.
    """
    if status.value in DeliveryStatus.values:
        return DeliveryStatus(status.value)
    return DeliveryStatus.TECHNICAL_FAILURE if status.has_failed else DeliveryStatus.SENDING


def _record(delivery: Delivery, event: str, at: datetime) -> None:
    record(
        at=at,
        by=POST_ROBOT,
        event=event,
        case=_case_of(delivery),
        customer=delivery.customer_id,
        facts={"delivery": str(delivery.pk), "channel": delivery.channel, "status": delivery.status},
    )


def _case_of(delivery: Delivery) -> UUID | None:
    if delivery.conversation_id is None:
        return None
    return Case.objects.filter(conversation=delivery.conversation_id).values_list("pk", flat=True).first()
