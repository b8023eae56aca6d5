"""What would come of a move: it is made in full, looked at, and taken back, so that the preview cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.models import Case, IssuedItem, Payment, PaymentStatus, Update
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.people import Person


@dataclass(frozen=True)
class News:
    """What one customer would be told. `channel` is empty where it can only be read on their page of the case."""

    to: str
    channel: str
    subject: str
    body: str
    leaves_at: datetime | None


@dataclass(frozen=True)
class Preview:
    """What would come of the move: the state, the first promise, whether the clock stops, and every piece of news."""

    state: str
    is_end: bool
    due_at: datetime | None
    is_stopped: bool
    news: tuple[News, ...]
    items: tuple[IssuedItem, ...]
    owed_pence: int


def preview_move(
    *, case_id: UUID, move: str, revision: int, given: Given, person: Person, at: datetime, rng: Random
) -> Preview:
    """Everything that would come of this move; nothing is stored. Raises what `move_case` raises."""
    with transaction.atomic():
        before = set(Update.objects.filter(case=case_id).values_list("pk", flat=True))
        items = set(IssuedItem.objects.filter(case=case_id).values_list("pk", flat=True))
        case = move_case(
            case_id=case_id, move=move, revision=revision, given=given, person=person, at=at, rng=rng
        )
        found = _seen(case, before, items)
        transaction.set_rollback(True)
    return found


def _seen(case: Case, before: set[UUID], items: set[UUID]) -> Preview:
    updates = (
        Update.objects.filter(case=case)
        .exclude(pk__in=before)
        .select_related("customer", "message", "delivery")
    )
    owed = Payment.objects.filter(case=case, status=PaymentStatus.DUE).values_list("amount_pence", flat=True)
    return Preview(
        state=case.state,
        is_end=bool(case.ended_as),
        due_at=case.due_at,
        is_stopped=case.clock_stopped_at is not None,
        news=tuple(_news(update) for update in updates.order_by("made_at", "pk")),
        items=tuple(IssuedItem.objects.filter(case=case).exclude(pk__in=items)),
        owed_pence=sum(owed),
    )


def _news(update: Update) -> News:
    delivery, message = update.delivery, update.message
    return News(
        to=update.customer.full_name,
        channel=delivery.channel if delivery else "",
        subject=delivery.subject if delivery else "",
        body=delivery.body if delivery else message.words if message else "",
        leaves_at=delivery.next_try_at if delivery else None,
    )
