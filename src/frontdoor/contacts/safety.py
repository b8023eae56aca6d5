"""How a customer may be reached safely: kept as they said it, and honoured by everything that is sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from frontdoor.contacts.models import ContactPoint, Customer, PointKind, SafeContact
from frontdoor.staff.models import User

FORBIDS = {PointKind.EMAIL: "may_email", PointKind.PHONE: "may_text", PointKind.ADDRESS: "may_post"}


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How somebody may be reached safely, in their words. `never`: ids of their contact points that are not safe."""

    may_ring: bool = True
    may_text: bool = True
    may_email: bool = True
    may_post: bool = True
    no_messages: bool = False
    times: str = ""
    code_word: str = ""
    words: str = ""
    never: frozenset[int] = frozenset()

    @property
    def is_said(self) -> bool:
        """Whether they asked for anything besides points that are never used."""
        ways = self.may_ring and self.may_text and self.may_email and self.may_post
        return not ways or self.no_messages or bool(self.times or self.code_word or self.words)


@dataclass(frozen=True)
class Safety:
    """What stands now: of two records that were merged, the stricter of each and all that was said."""

    may_ring: bool
    may_text: bool
    may_email: bool
    may_post: bool
    no_messages: bool
    times: tuple[str, ...]
    code_words: tuple[str, ...]
    words: tuple[str, ...]
    since_at: datetime


def safety_of(*, customer_id: UUID) -> Safety | None:
    """What this customer said of being reached safely; None where they said nothing of it."""
    rows = list(_standing(customer_id))
    if not rows:
        return None
    return Safety(
        may_ring=all(row.may_ring for row in rows),
        may_text=all(row.may_text for row in rows),
        may_email=all(row.may_email for row in rows),
        may_post=all(row.may_post for row in rows),
        no_messages=any(row.no_messages for row in rows),
        times=tuple(row.times for row in rows if row.times),
        code_words=tuple(row.code_word for row in rows if row.code_word),
        words=tuple(row.words for row in rows if row.words),
        since_at=max(row.set_at for row in rows),
    )


def keep_safe_contact(*, customer: Customer, wishes: Wishes, by: User, at: datetime) -> SafeContact | None:
    """What they say now stands instead of what they said before; None where they lift it all. In the caller's
    transaction.
    """
    Customer.objects.select_for_update().get(
        pk=customer.pk
    )  # two who ask at once: the second replaces the first
    _standing(customer.pk).update(replaced_at=at)
    points = ContactPoint.objects.filter(customer=customer)
    points.filter(pk__in=wishes.never).update(is_safe=False)
    points.exclude(pk__in=wishes.never).update(is_safe=True)
    if not wishes.is_said:
        return None
    return SafeContact.objects.create(
        customer=customer,
        may_ring=wishes.may_ring,
        may_text=wishes.may_text,
        may_email=wishes.may_email,
        may_post=wishes.may_post,
        no_messages=wishes.no_messages,
        times=wishes.times,
        code_word=wishes.code_word,
        words=wishes.words,
        set_by=by,
        set_at=at,
    )


def points_to_write_to(*, customer_id: UUID | None) -> QuerySet[ContactPoint]:
    """The points by which it is safe to write to this customer: none that is not safe itself, none of a way that they
    said is not.
    """
    forbidding = SafeContact.objects.filter(customer=OuterRef("customer"), replaced_at__isnull=True)
    found = ContactPoint.objects.filter(customer=customer_id, is_safe=True)
    for kind, way in FORBIDS.items():
        found = found.exclude(Q(kind=kind) & Exists(forbidding.filter(**{way: False})))
    return found


def is_reached_with_care(*, ids: Collection[UUID]) -> bool:
    """Whether any of these records has a rule for being reached safely, or a point that is never used."""
    return bool(reached_with_care(ids=ids))


def reached_with_care(*, ids: Collection[UUID]) -> set[UUID]:
    """Those of these records that have a rule for being reached safely, or a point that is never used."""
    rules = SafeContact.objects.filter(customer__in=ids, replaced_at__isnull=True)
    unsafe = ContactPoint.objects.filter(customer__in=ids, is_safe=False)
    return set(rules.values_list("customer", flat=True).union(unsafe.values_list("customer", flat=True)))


def careful_household(*, customer_id: UUID) -> QuerySet[Customer]:
    """Others who live, or lived, at an address of this customer and are reached with care: what is said at that address,
    or to somebody from it, may reach who must not know.
    """
    homes = ContactPoint.objects.filter(customer=customer_id, kind=PointKind.ADDRESS).exclude(value_key="")
    there = ContactPoint.objects.filter(kind=PointKind.ADDRESS, value_key__in=homes.values("value_key"))
    others = Customer.objects.filter(pk__in=there.values("customer"), merged_into__isnull=True)
    rules = SafeContact.objects.filter(customer=OuterRef("pk"), replaced_at__isnull=True)
    unsafe = ContactPoint.objects.filter(customer=OuterRef("pk"), is_safe=False)
    return others.exclude(pk=customer_id).filter(Exists(rules) | Exists(unsafe))


def _standing(customer_id: UUID) -> QuerySet[SafeContact]:
    return SafeContact.objects.filter(customer=customer_id, replaced_at__isnull=True)
