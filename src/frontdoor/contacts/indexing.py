"""Keep the index by which customers are found in step with what we hold of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection, transaction

from frontdoor.contacts.describing import describe_customers, described
from frontdoor.contacts.findkeys import keys_of
from frontdoor.contacts.models import ContactPoint, Customer, FindCard, FindKey


@transaction.atomic(savepoint=False)
def index_customers(*, customer_ids: Collection[UUID]) -> int:
    """File these customers anew: to be called after their name, date of birth or contact points changed.

    Those merged into another or unknown lose their place. Returns how many rows were written or removed.
    """
    held = describe_customers(customer_ids)
    gone = FindCard.objects.filter(customer__in=[pk for pk in customer_ids if pk not in held])
    changed = gone.delete()[0]
    FindCard.objects.bulk_create([FindCard(customer_id=pk) for pk in held], ignore_conflicts=True)
    cards = dict(FindCard.objects.filter(customer__in=list(held)).values_list("pk", "customer_id"))
    before: dict[int, set[int]] = {}
    for card, key in FindKey.objects.filter(card__in=list(cards)).values_list("card_id", "key"):
        before.setdefault(card, set()).add(key)
    new: list[FindKey] = []
    for card, pk in cards.items():
        now = keys_of(held[pk])
        new += [FindKey(card_id=card, key=key) for key in now if key not in before.get(card, ())]
        if old := before.get(card, set()).difference(now):
            changed += FindKey.objects.filter(card=card, key__in=old).delete()[0]
    FindKey.objects.bulk_create(new, ignore_conflicts=True, batch_size=5000)
    return changed + len(new)


def _add_keys(card: int, keys: Collection[int]) -> None:
    """Some forty rows of two numbers for everybody new: by hand, for making objects of them costs many times as much."""
    if not keys:
        return
    rows = ", ".join(["(%s, %s)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {FindKey._meta.db_table} (card_id, key) VALUES {rows}",
            [value for key in keys for value in (card, key)],
        )


def index_new_customer(*, customer: Customer, points: Iterable[ContactPoint]) -> int:
    """File a customer who has no place yet, with all their contact points; returns how many rows were written."""
    held = [(point.kind, point.value_key, point.address) for point in points]
    card = FindCard.objects.create(customer=customer)
    keys = keys_of(described([customer.full_name], customer.born_on, held))
    _add_keys(card.pk, keys)
    return 1 + len(keys)
