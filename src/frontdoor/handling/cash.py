"""Money taken by a member of staff, by phone or at a hub, and money given back."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.giving import note_refund, take_payment
from frontdoor.cases.actions.moving import lock_case, save_case
from frontdoor.cases.models import Case, Payment
from frontdoor.cases.permissions import require_handling
from frontdoor.handling.knowing import known_of
from frontdoor.handling.moving import NOTHING, make_locked_move, moves_for
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_case
from frontdoor.staff.models import User

PAID = "payment received"
METHODS = {
    "phone": "By card over the phone",
    "hub card": "By card at a hub",
    "cash": "In cash",
    "cheque": "By cheque",
}


class UnknownMethod(Exception):
    """Say how it was paid: by card over the phone, by card at a hub, in cash or by cheque. Nothing was changed."""


@transaction.atomic
def take_money(
    *,
    case_id: UUID,
    payment_id: UUID,
    method: str,
    receipt: str,
    revision: int,
    user: User,
    at: datetime,
    rng: Random,
) -> Case:
    """Note that a customer paid; a case that waits for the money goes on by itself.

    Raises CaseChanged, NotYours, OwnInterest, NothingToPay, UnknownMethod.
    """
    case = lock_case(case_id=case_id, revision=revision)
    require_handling(user, case)
    if method not in METHODS:
        raise UnknownMethod
    payment = take_payment(
        payment_id=payment_id, case=case, method=method, provider_id=receipt.strip()[:100], at=at
    )
    _record(case, "payment taken", payment, user, at)
    known = known_of(case=case, at=at)
    if any(move.name == PAID for move in moves_for(case=case, known=known, user=user)):
        return make_locked_move(case=case, move=PAID, given=NOTHING, person=staff(user), at=at, rng=rng)
    return save_case(case=case)


@transaction.atomic
def give_back(*, case_id: UUID, payment_id: UUID, revision: int, user: User, at: datetime) -> Case:
    """Note that money went back to the customer. Raises CaseChanged, NotYours, OwnInterest, NothingToPay."""
    case = lock_case(case_id=case_id, revision=revision)
    require_handling(user, case)
    payment = note_refund(payment_id=payment_id, case=case, at=at)
    _record(case, "payment refunded", payment, user, at)
    return save_case(case=case)


def _record(case: Case, event: str, payment: Payment, user: User, at: datetime) -> None:
    facts = {"payment": str(payment.pk), "amount_pence": payment.amount_pence, "method": payment.method}
    record_of_case(case=case, event=event, by=staff(user).actor, at=at, facts=facts, shown=True)
