"""Claiming rows: one worker holds a row for a short time, and a dead worker's rows fall free by themselves.

Any model takes part that has `next_try_at`, `done_at`, `claimed_by`, `claimed_until` and `tries`. A row is due when
it is not done and `next_try_at` has come; it is free when nobody holds it or the holder's time has run out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, DateTimeField, F, Model, Q, QuerySet, Value, When

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
"""How long a row stays held without a sign of life from its holder."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)


def due_rows(model: type[Model], *, at: datetime, only: Q) -> QuerySet[Any]:
    """Rows that are due and free at `at`, the longest waiting first."""
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    due = model._default_manager.filter(only, is_free, done_at__isnull=True, next_try_at__lte=at)
    return due.order_by("next_try_at", "pk")


def claim(model: type[Model], *, only: Q, by: str, at: datetime, limit: int) -> Sequence[Any]:
    """Take up to `limit` due rows for `by` until `at` + LEASE; returns their keys. No row goes to two at once.

    On PostgreSQL others' locked rows are skipped; on SQLite the transaction holds the only write lock. A look without
    any lock comes first, so that a worker with nothing to do never disturbs those who write.
    """
    due = due_rows(model, at=at, only=only)
    if not due.exists():
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        keys = list(due.values_list("pk", flat=True)[:limit])
        model._default_manager.filter(pk__in=keys).update(claimed_by=by, claimed_until=at + LEASE)
    return keys


def still_held(model: type[Model], key: Any, *, by: str) -> QuerySet[Any]:
    """The row as long as `by` holds it and it is not done; empty when another has taken it over."""
    return model._default_manager.filter(pk=key, claimed_by=by, done_at__isnull=True)


def hold_on(model: type[Model], keys: Collection[Any], *, by: str, at: datetime) -> int:
    """Sign of life: keep rows for another LEASE. Returns how many were still ours."""
    return (
        model._default_manager.filter(pk__in=keys, claimed_by=by, done_at__isnull=True)
        .update(claimed_until=at + LEASE)
    )  # fmt: skip


def finish(model: type[Model], key: Any, *, by: str, claimed_at: datetime, at: datetime) -> None:
    """The work on a row returned. The row is done, unless the work itself set another time for it; then it is freed."""
    done_at = Case(When(next_try_at__lte=claimed_at, then=Value(at)), output_field=DateTimeField())
    still_held(model, key, by=by).update(done_at=done_at, claimed_by="", claimed_until=None)


def give_back(model: type[Model], keys: Collection[Any], *, by: str) -> None:
    """Free rows that were claimed and not begun, for whoever comes next."""
    model._default_manager.filter(pk__in=keys, claimed_by=by).update(claimed_by="", claimed_until=None)


def fail(model: type[Model], key: Any, *, by: str, at: datetime, wait: timedelta) -> None:
    """The work on a row raised: count the try and let the row wait."""
    still_held(model, key, by=by).update(
        tries=F("tries") + 1, next_try_at=at + wait, claimed_by="", claimed_until=None
    )


def wait_after(tries: int) -> timedelta:
    """How long a row waits after its `tries`-th failure: doubling from FIRST_WAIT up to LONGEST_WAIT."""
    return min(FIRST_WAIT * float(2 ** min(tries - 1, 12)), LONGEST_WAIT)
