"""Is this somebody we know? Same, maybe, or new; a doubt is never merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Q

from frontdoor.contacts.models import ContactPoint, Customer, PointKind
from frontdoor.kernel.names import normalised_name

MOST_COMPARED = 50
MOST_POINTS = 200


class Likeness(StrEnum):
    """How sure we are."""

    SAME = "same"
    MAYBE = "maybe"
    NEW = "new"


@dataclass(frozen=True)
class Approach:
    """What a person told us of themselves. Keys as they are compared; empty where not told."""

    full_name: str = ""
    born_on: date | None = None
    points: tuple[tuple[PointKind, str], ...] = ()


@dataclass(frozen=True)
class Match:
    """A customer who may be meant, how sure we are, and why."""

    customer: Customer
    likeness: Likeness
    because: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """The verdict: the customer where it is the same one, and all who may be."""

    same: Customer | None = None
    maybe: tuple[Match, ...] = field(default=())


@dataclass
class _Candidate:
    """A customer with what is known under every record that was merged into theirs."""

    customer: Customer
    names: set[str] = field(default_factory=set)
    births: set[date] = field(default_factory=set)
    held: set[tuple[str, str]] = field(default_factory=set)

    def learn(self, row: Customer, held: Collection[tuple[str, str]]) -> None:
        """Take in one of their records, and the points of the approach that it holds."""
        self.names |= {row.name_key} - {""}
        self.births |= {row.born_on} if row.born_on else set()
        self.held |= set(held)


def recognise(approach: Approach) -> Known:
    """Compare with the customers who share a contact point, or name and date of birth; one small query for somebody
    new, three for others.

    The same: the same name, no other date of birth, and a shared contact point. Everything less is a maybe:
    namesakes born on one day exist, and news must not go to the wrong one. Two of the same are two maybes.
    What was merged by a person counts as one: every name, date of birth and point of it.
    """
    if not _is_anybody_like(approach):
        return Known()
    candidates = _candidates(approach, _held_of(approach))
    matches = [match for each in candidates if (match := _compare(each, approach))]
    same = [match for match in matches if match.likeness is Likeness.SAME]
    if len(same) == 1:
        return Known(same=same[0].customer, maybe=tuple(m for m in matches if m.likeness is Likeness.MAYBE))
    return Known(maybe=tuple(matches))


def _is_anybody_like(approach: Approach) -> bool:
    """Whether anybody has a contact point of the approach, or its name and date of birth. Most who apply are new to us,
    and most of what it costs to compare them is the making of two long queries that find nobody.
    """
    point, customer = ContactPoint._meta.db_table, Customer._meta.db_table
    looks = [f"SELECT 1 FROM {point} WHERE kind = %s AND value_key = %s"] * len(approach.points)
    given: list[str] = [each for kind, key in approach.points for each in (kind.value, key)]
    if (name := normalised_name(approach.full_name)) and approach.born_on:
        looks.append(f"SELECT 1 FROM {customer} WHERE name_key = %s AND born_on = %s")
        given += [name, approach.born_on.isoformat()]
    if not looks:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({' UNION ALL '.join(looks)})", given)
        return bool(cursor.fetchone()[0])


def _held_of(approach: Approach) -> dict[UUID, set[tuple[str, str]]]:
    """Who has a contact point of the approach, and which of them."""
    if not approach.points:
        return {}
    same = Q()
    for kind, key in approach.points:
        same |= Q(kind=kind, value_key=key)
    rows = ContactPoint.objects.filter(same).order_by("added_at", "pk")
    held: dict[UUID, set[tuple[str, str]]] = {}
    for owner, held_kind, held_key in rows.values_list("customer_id", "kind", "value_key")[:MOST_POINTS]:
        held.setdefault(owner, set()).add((held_kind, held_key))
    return held


def _candidates(approach: Approach, held: Mapping[UUID, set[tuple[str, str]]]) -> list[_Candidate]:
    """Those with a contact point of the approach, and namesakes born on the same day."""
    key = normalised_name(approach.full_name)
    meant = Q(pk__in=list(held)) | Q(merged_into__in=list(held)) if held else Q()
    if key and approach.born_on:
        meant |= Q(name_key=key, born_on=approach.born_on)
    if not meant:
        return []
    rows = Customer.objects.filter(meant).select_related("merged_into").order_by("created_at", "pk")
    found: dict[UUID, _Candidate] = {}
    for row in rows[:MOST_COMPARED]:
        keeper = row.merged_into or row
        candidate = found.setdefault(keeper.pk, _Candidate(keeper))
        candidate.learn(keeper, held.get(keeper.pk, ()))
        candidate.learn(row, held.get(row.pk, ()))
    return list(found.values())


def _compare(candidate: _Candidate, approach: Approach) -> Match | None:
    same_name = normalised_name(approach.full_name) in candidate.names
    same_birth = approach.born_on in candidate.births
    other_birth = approach.born_on is not None and bool(candidate.births) and not same_birth
    shared = [
        f"same {kind.label.lower()}" for kind, key in approach.points if (kind.value, key) in candidate.held
    ]
    because = (["same name"] if same_name else []) + (["same date of birth"] if same_birth else []) + shared
    if same_name and not other_birth and shared:
        return Match(candidate.customer, Likeness.SAME, tuple(because))
    if because and not (other_birth and not same_name):
        return Match(candidate.customer, Likeness.MAYBE, tuple(because))
    return None
