"""Items issued and money asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from uuid import UUID

from frontdoor.cases.models import Case, IssuedItem, Payment, PaymentStatus
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import User


class NothingToPay(Exception):
    """There is no payment of this kind that waits to be paid. Reload the case to see how it stands."""


@dataclass(frozen=True)
class NewItem:
    """What is given: its kind, number, dates and amount."""

    name: str
    kind: str
    starts_on: date
    expires_on: date | None = None
    number: str | None = None
    amount_pence: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def issue_item(*, case: Case, new: NewItem, by: User | None, at: datetime, rng: Random) -> IssuedItem:
    """Give a badge or an award."""
    return IssuedItem.objects.create(
        id=uuid7(at=at, rng=rng),
        case=case,
        customer=case.customer,
        service=case.service,
        name=new.name,
        kind=new.kind,
        number=new.number,
        facts=dict(new.facts),
        amount_pence=new.amount_pence,
        starts_on=new.starts_on,
        expires_on=new.expires_on,
        issued_at=at,
        issued_by=by,
    )


def cancel_items(*, case: Case, name: str, because: str, at: datetime) -> int:
    """What was given under this name on the case is valid no longer. Says how many items that were."""
    valid = IssuedItem.objects.filter(case=case, name=name, cancelled_at__isnull=True)
    return valid.update(cancelled_at=at, cancelled_because=because[:60])


def ask_for_payment(*, case: Case, purpose: str, amount_pence: int, at: datetime, rng: Random) -> Payment:
    """Ask for money once: a payment of this purpose that runs already is the one that stays."""
    running = Payment.objects.filter(case=case, purpose=purpose).exclude(status=PaymentStatus.DROPPED).first()
    return running or Payment.objects.create(
        id=uuid7(at=at, rng=rng), case=case, purpose=purpose, amount_pence=amount_pence, asked_at=at
    )


def take_payment(*, payment_id: UUID, case: Case, method: str, provider_id: str, at: datetime) -> Payment:
    """Note that it was paid. Raises NothingToPay where it does not wait for money."""
    payment = Payment.objects.select_for_update().get(pk=payment_id, case=case)
    if payment.status not in (PaymentStatus.DUE, PaymentStatus.STARTED):
        raise NothingToPay
    payment.status, payment.method, payment.paid_at = PaymentStatus.PAID, method, at
    payment.provider_id = provider_id or payment.provider_id
    payment.save()
    return payment


def call_off_payments(*, case: Case, at: datetime) -> list[Payment]:
    """Nothing is owed any more: what was paid is to be refunded, what was not is dropped."""
    changed = []
    for payment in Payment.objects.select_for_update().filter(case=case):
        if payment.status == PaymentStatus.PAID:
            payment.status = PaymentStatus.REFUND_DUE
        elif payment.status in (PaymentStatus.DUE, PaymentStatus.STARTED):
            payment.status = PaymentStatus.DROPPED
        else:
            continue
        payment.save(update_fields=["status"])
        changed.append(payment)
    return changed


def note_refund(*, payment_id: UUID, case: Case, at: datetime) -> Payment:
    """The money went back. Raises NothingToPay where no refund is due."""
    payment = Payment.objects.select_for_update().get(pk=payment_id, case=case)
    if payment.status != PaymentStatus.REFUND_DUE:
        raise NothingToPay
    payment.status, payment.refunded_at = PaymentStatus.REFUNDED, at
    payment.save(update_fields=["status", "refunded_at"])
    return payment
