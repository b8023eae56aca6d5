"""What would become of one customer's records: each with the day on which it goes, or why it stays.

Reads the same rules as `keeping`; nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Max

from frontdoor.cases.models import Case, Draft, Hold, IssuedItem, Payment, PaymentStatus
from frontdoor.cases.permissions import visible_to
from frontdoor.contacts.merging import everybody_behind
from frontdoor.contacts.models import Conversation, Customer
from frontdoor.handling.rights.keeping import (
    CONTACTS_KEPT,
    MayNotHold,
    NoSuchCase,
    span_of_cases,
    span_of_contacts,
)
from frontdoor.journeys.promises import wait_ends
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.ids import read_reference
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may


class Stays(StrEnum):
    """Why something is not erased yet."""

    WAITS = "its time has not come"
    OPEN = "the case is open"
    HELD = "it is held"
    RUNS = "something that was given still runs"
    OWED = "a refund is owed"
    NO_RULE = "the service's pack does not say how long"
    DRAFT = "a form begun with it is not finished"
    OTHERS = "other records are still kept"


@dataclass(frozen=True)
class Fate:
    """One record. `on`: the day on which it goes at the earliest, None where no day can be told; `stays`: why not
    before, None where it goes with the worker's next round.
    """

    what: str
    subject: str
    service: str
    on: date | None
    stays: Stays | None


@dataclass(frozen=True)
class Preview:
    """A customer, and what would become of each record that the viewer may know of."""

    customer: Customer
    fates: tuple[Fate, ...]


def preview_of(*, reference: str, by: User, at: datetime) -> Preview:
    """For the customer of a case that this person may know of. Raises NoSuchCase, MayNotHold."""
    if not may(by, May.KEEP_RECORDS):
        raise MayNotHold
    known = (
        visible_to(by).filter(reference=read_reference(reference) or "").select_related("customer").first()
    )
    if known is None or known.customer is None:
        raise NoSuchCase
    ids = everybody_behind(customer_id=known.customer.pk)
    every = Case.objects.filter(customer__in=ids)
    seen = list(visible_to(by).filter(customer__in=ids).order_by("received_at", "pk"))
    fates = [_of_case(case, at) for case in seen] + _of_contacts(ids, at)
    last = None if len(seen) < every.count() else _last_day(fates)
    return Preview(known.customer, (*fates, _of_customer(known.customer, last, at)))


def _of_case(case: Case, at: datetime) -> Fate:
    span = span_of_cases(case.service)
    ends = wait_ends(start_at=case.closed_at, span=span) if case.closed_at and span else None
    runs = IssuedItem.objects.filter(case=case, cancelled_at__isnull=True, expires_on__gte=day_of(at))
    until = runs.aggregate(last=Max("expires_on"))["last"]
    on = max(filter(None, (day_of(ends) if ends else None, until)), default=None)
    stays: Stays | None = None
    if case.closed_at is None:
        stays, on = Stays.OPEN, None
    elif Hold.objects.filter(case=case, lifted_at__isnull=True).exists():
        stays, on = Stays.HELD, None
    elif Payment.objects.filter(case=case, status=PaymentStatus.REFUND_DUE).exists():
        stays, on = Stays.OWED, None
    elif span is None:
        stays, on = Stays.NO_RULE, None
    elif until is not None:
        stays = Stays.RUNS
    elif ends is not None and ends > at:
        stays = Stays.WAITS
    return Fate("case", case.reference, case.service, on, stays)


def _of_contacts(ids: list[UUID], at: datetime) -> list[Fate]:
    """Conversations that no case came of."""
    alone = Conversation.objects.filter(customer__in=ids, case__isnull=True).annotate(
        last_at=Max("contacts__received_at")
    )
    return [
        _of_contact(each, each.last_at or each.started_at, at) for each in alone.order_by("started_at", "pk")
    ]


def _of_contact(conversation: Conversation, last_at: datetime, at: datetime) -> Fate:
    ends = wait_ends(start_at=last_at, span=span_of_contacts(conversation.service))
    began = day_of(conversation.started_at).isoformat()
    if Draft.objects.filter(contact__conversation=conversation).exists():
        return Fate("contact", began, conversation.service, None, Stays.DRAFT)
    return Fate("contact", began, conversation.service, day_of(ends), Stays.WAITS if ends > at else None)


def _last_day(fates: list[Fate]) -> date | None:
    """The day on which the last of them goes; None where one has no day."""
    days = [fate.on for fate in fates]
    return None if None in days else max((day for day in days if day), default=None)


def _of_customer(customer: Customer, last: date | None, at: datetime) -> Fate:
    """Who they are goes when nothing else of theirs is left, and not before contacts would."""
    own = day_of(wait_ends(start_at=customer.created_at, span=CONTACTS_KEPT))
    on = max(last, own) if last is not None else None
    return Fate("customer", "", "", on, None if on is not None and on <= day_of(at) else Stays.OTHERS)
