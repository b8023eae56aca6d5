"""The two kinds of background work: rows that wait for their time, and sweeps that look for something to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db.models import Model, Q


@dataclass(frozen=True, kw_only=True)
class RowJob:
    """Work that waits as rows of `model`. `work(key, at, rng)` does one row, in one transaction of its own.

    When it returns, the row is done unless it set a later `next_try_at` itself; when it raises, the row waits and is
    tried again.
    """

    name: str
    model: type[Model]
    work: Callable[[Any, datetime, Random], object]
    only: Q = field(default_factory=Q)
    batch: int = 8


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Work that is looked for at times. `run(at)` returns how much it did, at the `most` so much in one run: after a full
    run there may be more and it is run again at once, after any other it waits its time, however much comes in.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], int]
    most: int = 1
