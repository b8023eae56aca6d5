"""Records that may be of one person: settled while the person is there to be asked, or later by who may look into both;
and parted where that was wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from frontdoor.cases.permissions import hidden_from
from frontdoor.contacts.finding import Found
from frontdoor.contacts.matching import Likeness as Verdict
from frontdoor.contacts.merging import likenesses_to_settle, merges_of, settle_likeness, undo_merge
from frontdoor.contacts.models import Customer, Likeness, Merge, Settled
from frontdoor.contacts.safety import reached_with_care
from frontdoor.handling.desk.seeing import Candidate, Picture, candidates, everything_open
from frontdoor.handling.desk.taking import contact_in_work
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may

MOST_DOUBTS = 5


class NoSuchDoubt(LookupError):
    """This was settled already, or it is not about this customer. Look at the page as it is now; nothing was changed."""


class MayNotSettle(Exception):
    """Your role does not settle records outside a contact. Ask your supervisor; nothing was changed."""


@dataclass(frozen=True)
class Doubt:
    """Another record that may be of the same person."""

    likeness_id: int
    other: Candidate


def doubts_about(*, customer: Customer, user: User) -> list[Doubt]:
    """The records that may be of this customer too. Where a restricted service keeps either to itself, its own team
    settles it; where either is reached with care it is settled outside the call, since it may be somebody else who rings.
    """
    about = likenesses_to_settle().filter(Q(one=customer) | Q(other=customer))[:MOST_DOUBTS]
    pairs = [(each, each.other if each.one_id == customer.pk else each.one) for each in about]
    if not pairs:
        return []
    ids = [customer.pk, *(other.pk for _, other in pairs)]
    kept = _kept(ids, user) | reached_with_care(ids=ids)
    if customer.pk in kept:
        return []
    open_pairs = [(each, other) for each, other in pairs if other.pk not in kept]
    found = [Found(other, Verdict.MAYBE, tuple(each.because)) for each, other in open_pairs]
    shown = candidates(found, user)
    return [Doubt(each.pk, other) for (each, _), other in zip(open_pairs, shown, strict=True)]


@transaction.atomic
def settle_doubt(
    *,
    contact_id: UUID,
    likeness_id: int,
    settled: Settled,
    because: str,
    by: User,
    at: datetime,
    rng: Random,
) -> Likeness:
    """The customer of this contact was asked: the two records are of one person, or of two.

    Raises MayNotTake, NotYourContact, ContactOver, NoSuchDoubt, AlreadySettled, CannotMerge.
    """
    contact = contact_in_work(contact_id, by)
    open_ones = {} if contact.customer is None else _settleable(contact.customer, by)
    likeness = open_ones.get(likeness_id)
    if likeness is None:
        raise NoSuchDoubt
    settle_likeness(likeness=likeness, settled=settled, by=by, because=because, at=at, rng=rng)
    return likeness


@transaction.atomic
def part_again(*, contact_id: UUID, merge_id: UUID, by: User, at: datetime) -> Merge:
    """The two records were not of one person after all: each has its own history again.

    Raises MayNotTake, NotYourContact, ContactOver, NoSuchDoubt, CannotUndo.
    """
    contact = contact_in_work(contact_id, by)
    merge = merge_to_part(customer=contact.customer, user=by) if contact.customer else None
    if merge is None or merge.pk != merge_id:
        raise NoSuchDoubt
    return undo_merge(merge=merge, by=by, at=at)


def merge_to_part(*, customer: Customer, user: User) -> Merge | None:
    """The last merge of this customer, the only one that can be undone now, if any."""
    merge = merges_of(customer_id=customer.pk).first()
    return merge if merge is not None and not _kept([customer.pk], user) else None


def pairs_to_settle(*, user: User) -> QuerySet[Likeness]:
    """Every pair that nobody has said anything of, the oldest first; none with a record that is kept from this person.

    Raises MayNotSettle.
    """
    _require_settling(user)
    return likenesses_to_settle().exclude(_is_kept("one", user)).exclude(_is_kept("other", user))


@dataclass(frozen=True)
class Pair:
    """Two records beside each other, the older (which would be kept) first, with all that is known of each."""

    likeness: Likeness
    one: Picture
    other: Picture


def pair_of(*, likeness_id: int, user: User, at: datetime) -> Pair:
    """One pair to be settled. Raises MayNotSettle, NoSuchDoubt."""
    likeness = pairs_to_settle(user=user).filter(pk=likeness_id).first()
    if likeness is None:
        raise NoSuchDoubt
    one, other = sorted((likeness.one, likeness.other), key=lambda each: (each.created_at, each.pk))
    return Pair(
        likeness,
        everything_open(customer=one, user=user, at=at),
        everything_open(customer=other, user=user, at=at),
    )


@transaction.atomic
def settle_pair(
    *, likeness_id: int, settled: Settled, because: str, by: User, at: datetime, rng: Random
) -> Merge | None:
    """Somebody who looked into both says that they are one, or two; the merge where they are one.

    Raises MayNotSettle, NoSuchDoubt, AlreadySettled, CannotMerge.
    """
    likeness = pairs_to_settle(user=by).filter(pk=likeness_id).first()
    if likeness is None:
        raise NoSuchDoubt
    return settle_likeness(likeness=likeness, settled=settled, by=by, because=because, at=at, rng=rng)


def merges_lately(*, user: User) -> QuerySet[Merge]:
    """The merges that stand, the last first; none of a record that is kept from this person. Raises MayNotSettle."""
    _require_settling(user)
    standing = Merge.objects.filter(undone_at__isnull=True).exclude(_is_kept("keep", user))
    return standing.select_related("keep", "other", "by").order_by("-at", "-pk")


@transaction.atomic
def part_pair(*, merge_id: UUID, by: User, at: datetime) -> Merge:
    """The two were not one after all. Raises MayNotSettle, NoSuchDoubt, CannotUndo."""
    merge = merges_lately(user=by).filter(pk=merge_id).first()
    if merge is None:
        raise NoSuchDoubt
    return undo_merge(merge=merge, by=by, at=at)


def _require_settling(user: User) -> None:
    if not may(user, May.SETTLE_SAMENESS):
        raise MayNotSettle


def _is_kept(side: str, user: User) -> Q:
    kept = hidden_from(user).filter(customer__isnull=False)
    return Q(**{f"{side}__in": kept.values("customer")})


def _settleable(customer: Customer, user: User) -> dict[int, Likeness]:
    ids = [each.likeness_id for each in doubts_about(customer=customer, user=user)]
    return Likeness.objects.in_bulk(ids)


def _kept(ids: list[UUID], user: User) -> set[UUID]:
    found = hidden_from(user).filter(customer__in=ids).values_list("customer", flat=True)
    return {each for each in found if each}
