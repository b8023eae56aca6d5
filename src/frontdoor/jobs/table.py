"""What the worker does: one line for each kind of row, and for each sweep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q

from frontdoor.cases.models import Timer
from frontdoor.contacts.models import Delivery
from frontdoor.handling.deliveries import send_delivery
from frontdoor.handling.timers import fire_timer
from frontdoor.journal.actions import seal_entries

SEAL_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class RowJob:
    """Work that waits as rows of `model`. `work(key, by, at)` does one row, in one transaction of its own.

    When it returns, the row is done unless it set a later `next_try_at` itself; when it raises, the row waits and is
    tried again.
    """

    name: str
    model: type[Model]
    work: Callable[[Any, str, datetime], object]
    only: Q = field(default_factory=Q)
    batch: int = 8


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Work that is looked for at times. `run(at)` returns how much it did; it is run again at once until that is 0."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]


JOBS: Sequence[RowJob] = (
    RowJob(
        name="send deliveries",
        model=Delivery,
        work=lambda key, by, at: send_delivery(delivery_id=key, by=by, at=at),
    ),
    RowJob(
        name="fire timers",
        model=Timer,
        work=lambda key, by, at: fire_timer(timer_id=key, at=at),
        only=Q(lapsed_at__isnull=True),
    ),
)
SWEEPS: Sequence[Sweep] = (
    Sweep(
        name="seal journal",
        every=timedelta(seconds=5),
        run=lambda at: seal_entries(at=at, limit=SEAL_AT_ONCE),
    ),
)
