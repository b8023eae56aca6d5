"""Payments by card: start one with the provider, and note what became of it when the provider says so.

Coming back from the payment page proves nothing; only the provider's own word counts. The provider is asked outside
any transaction, so that nobody waits for the database while the network is slow.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.giving import NothingToPay, take_payment
from frontdoor.cases.actions.moving import lock_case, save_case
from frontdoor.cases.models import Case, Payment, PaymentStatus
from frontdoor.catalogue.published import pack_of
from frontdoor.channels.payments.provider import CannotPayNow, PaymentProvider
from frontdoor.channels.payments.provider import PaymentStatus as Said
from frontdoor.handling.knowing import known_of
from frontdoor.handling.moving import NOTHING, make_locked_move, situation_of
from frontdoor.handling.people import SYSTEM, customer
from frontdoor.handling.ports import ports
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.standing import payment_due
from frontdoor.journeys.moving import moves_offered

PAYMENT_RECEIVED = "payment received"
ONLINE = "online"
RETURN_PAGE = "/track/paid"

ASKED_FOR = timedelta(days=90)
MOST_AT_ONCE = 100


class NoOnlinePayments(LookupError):
    """This council takes no payments online. Pay by phone or at one of the places where we help."""


class Outcome(StrEnum):
    """What became of a payment, as far as the provider says."""

    PAID = "paid"
    WAITING = "waiting"
    NOT_PAID = "not paid"


def takes_payments() -> bool:
    """Whether payments can be made online here."""
    return ports().payments is not None


def start_payment(*, case_id: UUID, at: datetime) -> str:
    """The address of the provider's page for what is due; secret, and good once: redirect to it, never keep it.

    A payment begun before is gone on with. Raises NothingToPay, NoOnlinePayments, CannotPayNow, CannotPayEver.
    """
    case = Case.objects.select_related("pack").get(pk=case_id)
    payment, provider = payment_due(case=case), _provider()
    if payment is None:
        raise NothingToPay
    if payment.provider_id and (address := provider.status(payment.provider_id).next_url):
        return address
    started = provider.start(
        amount_pence=payment.amount_pence,
        reference=case.reference,
        description=pack_of(case.pack).service.name,
        return_url=f"{ports().public_url}{RETURN_PAGE}",
        key=f"{payment.pk}-{payment.provider_id}".rstrip("-"),
    )
    _note_started(payment, started.id, case, at)
    return started.next_url


def _provider() -> PaymentProvider:
    provider = ports().payments
    if provider is None:
        raise NoOnlinePayments
    return provider


@transaction.atomic
def _note_started(payment: Payment, provider_id: str, case: Case, at: datetime) -> Payment:
    row = Payment.objects.select_for_update().get(pk=payment.pk)
    if row.status not in (PaymentStatus.DUE, PaymentStatus.STARTED):
        raise NothingToPay
    row.status, row.provider, row.provider_id = PaymentStatus.STARTED, ONLINE, provider_id
    row.save(update_fields=["status", "provider", "provider_id"])
    record_of_case(
        case=case,
        event="payment started",
        by=customer(case.customer_id).actor,
        at=at,
        facts={"payment": str(row.pk), "amount_pence": row.amount_pence},
    )
    return row


def settle_payment(*, case_id: UUID, at: datetime, rng: Random) -> Outcome:
    """Ask the provider what became of the payment that was begun, and note it. Asked again, it changes nothing.

    Raises NothingToPay where none was begun, CannotPayNow where the provider does not answer.
    """
    begun = Payment.objects.filter(case_id=case_id).exclude(provider_id="").order_by("-asked_at").first()
    if begun is None:
        raise NothingToPay
    if begun.status in (PaymentStatus.PAID, PaymentStatus.REFUND_DUE, PaymentStatus.REFUNDED):
        return Outcome.PAID
    said = _provider().status(begun.provider_id)
    if said.is_paid:
        _note_paid(case_id, begun, said, at, rng)
        return Outcome.PAID
    return Outcome.NOT_PAID if said.state.is_final else Outcome.WAITING


@transaction.atomic
def _note_paid(case_id: UUID, begun: Payment, said: Said, at: datetime, rng: Random) -> Case:
    case = lock_case(case_id=case_id)
    if Payment.objects.get(pk=begun.pk).status == PaymentStatus.PAID:
        return case
    payment = take_payment(payment_id=begun.pk, case=case, method="card", provider_id=said.id, at=at)
    record_of_case(
        case=case,
        event="payment taken",
        by=customer(case.customer_id).actor,
        at=at,
        facts={"payment": str(payment.pk), "amount_pence": payment.amount_pence, "method": "card"},
        shown=True,
    )
    return _move_on(case, at, rng)


def _move_on(case: Case, at: datetime, rng: Random) -> Case:
    """The case goes on by itself where its journey waits for the money."""
    known = known_of(case=case, at=at)
    offered = moves_offered(
        journey=known.pack.journey, situation=situation_of(case=case, known=known, person=SYSTEM)
    )
    if any(move.name == PAYMENT_RECEIVED for move in offered):
        return make_locked_move(
            case=case, move=PAYMENT_RECEIVED, given=NOTHING, person=SYSTEM, at=at, rng=rng
        )
    return save_case(case=case)


def settle_by_provider_id(*, provider_id: str, at: datetime, rng: Random) -> Outcome | None:
    """The provider has news of a payment: ask what became of it. None where it is none of ours. Raises CannotPayNow."""
    case_id = Payment.objects.filter(provider_id=provider_id).values_list("case_id", flat=True).first()
    return settle_payment(case_id=case_id, at=at, rng=rng) if provider_id and case_id else None


def settle_left(*, at: datetime, rng: Random) -> int:
    """Settle payments whose customer never came back from the payment page; returns how many turned out to be paid.

    One that cannot be asked now is asked again the next time.
    """
    if not takes_payments():
        return 0
    begun = Payment.objects.filter(status=PaymentStatus.STARTED, asked_at__gt=at - ASKED_FOR)
    settled = 0
    for case_id in begun.order_by("asked_at").values_list("case_id", flat=True)[:MOST_AT_ONCE]:
        with suppress(CannotPayNow, LookupError):
            settled += settle_payment(case_id=case_id, at=at, rng=rng) is Outcome.PAID
    return settled
