"""Customers as they are compared, read for many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from frontdoor.contacts.findkeys import Described, Home, name_words, read_home
from frontdoor.contacts.models import ContactPoint, Customer, PointKind

PointRow = tuple[str, str, Mapping[str, object] | None]  # kind, value as compared, address


def describe_customers(customer_ids: Collection[UUID]) -> dict[UUID, Described]:
    """What we hold of each of these customers, merged records included, in three queries; those unknown are left out."""
    rows = Customer.objects.filter(pk__in=customer_ids, merged_into__isnull=True)
    born: dict[UUID, date | None] = {}
    names: dict[UUID, list[str]] = {}
    for pk, name, born_on in rows.values_list("pk", "full_name", "born_on"):
        born[pk], names[pk] = born_on, [name]
    for keeper, name in Customer.objects.filter(merged_into__in=list(born)).values_list(
        "merged_into_id", "full_name"
    ):
        if keeper is not None:
            names[keeper].append(name)
    points: dict[UUID, list[PointRow]] = {}
    held = ContactPoint.objects.filter(customer__in=list(born)).order_by("pk")
    for owner, kind, key, address in held.values_list("customer_id", "kind", "value_key", "address"):
        points.setdefault(owner, []).append((kind, key, address))
    return {pk: described(names[pk], born[pk], points.get(pk, ())) for pk in born}


def described(names: Iterable[str], born_on: date | None, points: Iterable[PointRow]) -> Described:
    """A customer as compared, from rows."""
    phones: list[str] = []
    emails: list[str] = []
    homes: list[Home] = []
    for kind, key, address in points:
        if kind == PointKind.PHONE:
            phones.append(key)
        elif kind == PointKind.EMAIL:
            emails.append(key)
        else:
            homes.append(read_home(address, key))
    words = dict.fromkeys(name_words(name) for name in names)
    return Described(
        tuple(each for each in words if each), born_on, tuple(phones), tuple(emails), tuple(homes)
    )
