"""Two records of one person made one, by a person who says why; undone exactly where that was a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet

from frontdoor.contacts.indexing import index_customers
from frontdoor.contacts.models import (
    Contact,
    ContactPoint,
    Customer,
    FindCard,
    Likeness,
    Merge,
    SafeContact,
    Settled,
)
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import User

FILLED = ("full_name", "name_key", "born_on", "died_on", "prefers")
NOT_MOVED = (FindCard, Merge)  # each record keeps its place in the index, and the merges it was part of


class CannotMerge(Exception):
    """These two records cannot be made one. Nothing was changed."""


class CannotUndo(Exception):
    """This merge cannot be undone as it stands. Nothing was changed."""


class AlreadySettled(Exception):
    """Somebody has settled this already. Load the page again to see what they said; nothing was changed."""


@transaction.atomic
def merge_customers(
    *, keep: Customer, other: Customer, by: User, because: str, at: datetime, rng: Random
) -> Merge:
    """Everything of `other`, on every floor, becomes `keep`'s; `other` stays as it was and points there.

    A row that `keep` has already (the same phone, the same follower) stays where it is. What only `other` said of
    themselves fills the gaps; nothing of `keep`'s is overwritten, but what either of them called unsafe is unsafe.
    Raises CannotMerge.
    """
    keep, other = _locked(keep.pk), _locked(other.pk)
    _require_two(keep, other, because)
    merge = Merge(
        id=uuid7(at=at, rng=rng), keep=keep, other=other, by=by, because=because.strip()[:400], at=at
    )
    merge.closed = {"points": _close_unsafe(keep, other), "likenesses": _settle_between(keep, other, by, at)}
    merge.moved = {label: moved for label, field in _links() if (moved := _move(field, other, keep))}
    merge.filled = _fill(keep, other)
    other.merged_into = keep
    other.save(update_fields=["merged_into"])
    merge.save(force_insert=True)
    index_customers(customer_ids=[keep.pk, other.pk])
    counts = {label: len(moved) for label, moved in merge.moved.items()}
    _journal(merge, "customers merged", by, at, {"moved": counts})
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, at: datetime) -> Merge:
    """Both are again what they were; what came after the merge stays with the one who was kept.

    Of several, the last comes first. A contact point that the merge closed opens again only if the customer has not
    been in touch since: they may have said anew that it is not safe. What `other` had said of being reached safely
    holds for them again. Raises CannotUndo.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    keep, other = _locked(merge.keep_id), _locked(merge.other_id)
    _require_last(merge, keep, other)
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    fields = dict(_links())
    for label, moved in reversed(merge.moved.items()):
        _move_back(fields[label], moved, keep, other)
    _empty(keep, merge.filled)
    if not Contact.objects.filter(customer=keep, received_at__gt=merge.at).exists():
        ContactPoint.objects.filter(pk__in=merge.closed["points"]).update(is_safe=True)
    SafeContact.objects.filter(customer=other, replaced_at__gt=merge.at).update(replaced_at=None)
    Likeness.objects.filter(pk__in=merge.closed["likenesses"]).update(
        settled_as="", settled_by=None, settled_at=None
    )
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    index_customers(customer_ids=[keep.pk, other.pk])
    _journal(merge, "customers parted", by, at, {})
    return merge


@transaction.atomic
def settle_likeness(
    *, likeness: Likeness, settled: Settled, by: User, because: str, at: datetime, rng: Random
) -> Merge | None:
    """Somebody says whether these two are one; the same are merged into the older record.

    Raises AlreadySettled, CannotMerge.
    """
    likeness = Likeness.objects.select_for_update().get(pk=likeness.pk)
    if likeness.settled_as:
        raise AlreadySettled(AlreadySettled.__doc__)
    keep, other = sorted((likeness.one, likeness.other), key=lambda each: (each.created_at, each.pk))
    if settled is Settled.SAME:
        return merge_customers(keep=keep, other=other, by=by, because=because, at=at, rng=rng)
    _between(keep, other).update(settled_as=settled.value, settled_by=by, settled_at=at)
    record(
        at=at,
        by=Actor("staff", str(by.pk)),
        event="customers told apart",
        customer=keep.pk,
        facts={"other": str(other.pk)},
    )
    return None


def likenesses_to_settle() -> QuerySet[Likeness]:
    """Pairs who may be the same and of whom nobody has said so or not, the oldest first."""
    waiting = Likeness.objects.filter(
        settled_as="", one__merged_into__isnull=True, other__merged_into__isnull=True
    )
    return waiting.select_related("one", "other").order_by("noticed_at", "pk")


def everybody_behind(*, customer_id: UUID) -> list[UUID]:
    """The ids under which the history of a customer was written: their own, and those of records merged into it."""
    return [customer_id, *_merged_here(customer_id)]


def merges_of(*, customer_id: UUID) -> QuerySet[Merge]:
    """The merges that stand, the last first: only the first of them can be undone now."""
    standing = Merge.objects.filter(keep=customer_id, undone_at__isnull=True)
    return standing.select_related("other", "by").order_by("-at", "-pk")


def _locked(customer_id: UUID) -> Customer:
    return Customer.objects.select_for_update().get(pk=customer_id)


def _require_two(keep: Customer, other: Customer, because: str) -> None:
    if keep.pk == other.pk:
        raise CannotMerge("This is one record already. Choose another one to merge it with.")
    if keep.merged_into_id or other.merged_into_id:
        raise CannotMerge(
            "One of the two was merged already. Load the page again and look at what is there now."
        )
    if keep.kind != other.kind:
        raise CannotMerge("A person and an organisation are not one. Correct the kind of one of them first.")
    if not because.strip():
        raise CannotMerge("Say why these two are the same person, so that it can be checked later.")


def _require_last(merge: Merge, keep: Customer, other: Customer) -> None:
    if merge.undone_at:
        raise CannotUndo("This merge was undone already. Load the page again to see both records.")
    later = Merge.objects.filter(undone_at__isnull=True, keep=keep).exclude(pk=merge.pk)
    is_last = not later.filter(Q(at__gt=merge.at) | Q(at=merge.at, pk__gt=merge.pk)).exists()
    if keep.merged_into_id or other.merged_into_id != keep.pk or not is_last:
        raise CannotUndo("Another merge came after this one. Undo that first, then this.")


def _links() -> Iterator[tuple[str, models.Field[Any, Any]]]:
    """Every column of every table that points at a customer, by its name; the floors above need not be known."""
    for relation in Customer._meta.related_objects:
        model = relation.related_model
        if isinstance(relation.field, models.ForeignKey) and model not in NOT_MOVED:
            yield f"{relation.field.model._meta.label}.{relation.field.name}", relation.field


def _move(field: models.Field[Any, Any], old: Customer, new: Customer) -> list[str]:
    """Let the rows of one customer point at another; returns the keys of those that could."""
    rows = _rows(field)
    return _pointed(
        field, list(rows.filter(**{field.name: old}).order_by("pk").values_list("pk", flat=True)), new
    )


def _move_back(field: models.Field[Any, Any], moved: list[str], keep: Customer, other: Customer) -> None:
    theirs = _rows(field).filter(pk__in=moved, **{field.name: keep})
    _pointed(field, list(theirs.values_list("pk", flat=True)), other)


def _pointed(field: models.Field[Any, Any], keys: list[Any], to: Customer) -> list[str]:
    """All at once, or one by one where the database refuses a row that is there already."""
    if not keys:
        return []
    if _try_pointing(field, keys, to):
        return [str(key) for key in keys]
    return [str(key) for key in keys if _try_pointing(field, [key], to)]


def _try_pointing(field: models.Field[Any, Any], keys: list[Any], to: Customer) -> bool:
    try:
        with transaction.atomic():
            _rows(field).filter(pk__in=keys).update(**{field.name: to})
    except IntegrityError:
        return False
    return True


def _rows(field: models.Field[Any, Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = field.model._base_manager.all()
    return rows


def _fill(keep: Customer, other: Customer) -> dict[str, list[object]]:
    """What only the other said of themselves: what stood there, and what stands there now."""
    filled: dict[str, list[object]] = {}
    for name in FILLED:
        old, new = getattr(keep, name), getattr(other, name)
        if not old and new:
            setattr(keep, name, new)
            filled[name] = [_plain(old), _plain(new)]
    if filled:
        keep.save(update_fields=list(filled))
    return filled


def _empty(keep: Customer, filled: dict[str, list[Any]]) -> None:
    """Take out again what the merge filled in, unless it was changed since."""
    ours = [name for name, (_, new) in filled.items() if _plain(getattr(keep, name)) == new]
    for name in ours:
        setattr(keep, name, filled[name][0])
    if ours:
        keep.save(update_fields=ours)


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def _close_unsafe(keep: Customer, other: Customer) -> list[int]:
    """Points of the one that the other called unsafe are no longer used; a point that both have is one."""
    unsafe = ContactPoint.objects.filter(customer=other, is_safe=False).values_list("kind", "value_key")
    closed: list[int] = []
    for kind, key in unsafe:
        same = ContactPoint.objects.filter(customer=keep, kind=kind, value_key=key, is_safe=True)
        closed += same.values_list("pk", flat=True)
    ContactPoint.objects.filter(pk__in=closed).update(is_safe=False)
    return closed


def _between(one: Customer, other: Customer) -> QuerySet[Likeness]:
    return Likeness.objects.filter(Q(one=one, other=other) | Q(one=other, other=one), settled_as="")


def _settle_between(keep: Customer, other: Customer, by: User, at: datetime) -> list[int]:
    meant = list(_between(keep, other).values_list("pk", flat=True))
    Likeness.objects.filter(pk__in=meant).update(settled_as=Settled.SAME, settled_by=by, settled_at=at)
    return meant


def _merged_here(customer_id: UUID) -> list[UUID]:
    rows = Customer.objects.filter(merged_into=customer_id).order_by("created_at", "pk")
    return list(rows.values_list("pk", flat=True))


def _journal(merge: Merge, event: str, by: User, at: datetime, facts: dict[str, object]) -> None:
    named = {"merge": str(merge.pk), "other": str(merge.other_id), **facts}
    record(at=at, by=Actor("staff", str(by.pk)), event=event, customer=merge.keep_id, facts=named)
