"""What the record says of a customer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from frontdoor.cases.models import IssuedItem


def count_given(*, customer_id: UUID, service: str, kind: str, since: date | None) -> int:
    """How many items of a kind this customer was given, counted from the day of the award; cancelled ones do
    not count.
    """
    given = IssuedItem.objects.filter(customer_id=customer_id, service=service, cancelled_at__isnull=True)
    given = given.filter(kind=kind)
    return (given.filter(starts_on__gt=since) if since else given).count()
