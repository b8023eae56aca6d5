"""Contacts that did not settle the matter: somebody came back on the same subject, by whatever channel.

The subject is the service and, where both contacts name one, the enquiry within it. The same person is the same
customer, or the same number or address. Looked up from the repeat backwards, so that counting a day needs nothing of the
days after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from frontdoor.catalogue.windows import longest_repeat, windows_of
from frontdoor.contacts.models import Contact


@dataclass(frozen=True)
class _Before:
    """The contact before, of the same person on the same subject."""

    id: UUID
    service: str
    channel: str
    received_at: datetime
    was_settled: bool


def not_settled_before(start: datetime, end: datetime) -> Iterator[tuple[str, str]]:
    """Service and channel of each answered contact whose matter came back between two instants, within the service's
    window. One that was passed on is not among them: it was not settled in any case. Two queries.
    """
    repeats = list(_repeats(start, end))
    before = _of({each for _, *both in repeats for each in both if each is not None})
    for received_at, *both in repeats:
        found = [before[each] for each in both if each is not None]
        last = max(found, key=lambda each: (each.received_at, each.id))
        within = windows_of(last.service).repeat
        if last.was_settled and received_at - last.received_at <= within:
            yield last.service, last.channel


def _repeats(start: datetime, end: datetime) -> QuerySet[Contact, tuple[datetime, UUID | None, UUID | None]]:
    """When each contact came that has one before it, with the last before it of the same customer and number."""
    came = Contact.objects.filter(received_at__gte=start, received_at__lt=end).exclude(service="")
    earlier = _on_the_same_subject(start)
    by_customer = earlier.filter(customer=OuterRef("customer"))
    by_number = earlier.exclude(came_from="").filter(came_from=OuterRef("came_from"))
    found = came.annotate(
        same_customer=Subquery(by_customer.values("pk")[:1]), same_number=Subquery(by_number.values("pk")[:1])
    )
    has_one = Q(same_customer__isnull=False) | Q(same_number__isnull=False)
    return found.filter(has_one).values_list("received_at", "same_customer", "same_number")


def _on_the_same_subject(start: datetime) -> QuerySet[Contact]:
    """By service as an expression: no index of services is any help, where a person has few contacts."""
    asked = ExpressionWrapper(OuterRef("enquiry"), output_field=CharField())
    earlier = Contact.objects.alias(asked=asked, subject=Concat("service", Value(""))).filter(
        Q(enquiry=F("asked")) | Q(enquiry="") | Q(asked=""),
        subject=OuterRef("service"),
        received_at__lt=OuterRef("received_at"),
        received_at__gte=start - longest_repeat(),
    )
    return earlier.order_by("-received_at", "-pk")


def _of(wanted: set[UUID]) -> dict[UUID, _Before]:
    rows = Contact.objects.filter(pk__in=wanted).values_list(
        "pk", "service", "channel", "received_at", "answered_at", "transfers"
    )
    return {
        pk: _Before(pk, service, channel, received_at, answered_at is not None and not transfers)
        for pk, service, channel, received_at, answered_at, transfers in rows.iterator()
    }
