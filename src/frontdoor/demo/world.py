"""The set clock of the demo council: what people plan, in order of time, with timers fired and post sent when due."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count
from random import Random
from uuid import UUID

from frontdoor.cases.models import Timer
from frontdoor.contacts.models import Delivery
from frontdoor.handling.deliveries import send_delivery
from frontdoor.handling.timers import fire_timer

Deed = Callable[[datetime], None]


class World:
    """Nothing happens out of turn: deeds, timers and deliveries go in the order of their instants, up to `until`."""

    def __init__(self, *, until: datetime, rng: Random) -> None:
        self.until = until
        self._rng = rng
        self._planned: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    def plan(self, at: datetime, deed: Deed) -> None:
        """This will be done then; what lies after `until` is still to come and is never done."""
        if at <= self.until:
            heapq.heappush(self._planned, (at, next(self._order), deed))

    def run(self, progress: Callable[[datetime], None]) -> None:
        """Let it all happen."""
        while self._planned:
            at, _, deed = heapq.heappop(self._planned)
            self._let_time_pass(at)
            deed(at)
            progress(at)
        self._let_time_pass(self.until)

    def _let_time_pass(self, until: datetime) -> None:
        while (due := self._next_due(until)) is not None:
            at, work = due
            work(at)

    def _next_due(self, until: datetime) -> tuple[datetime, Deed] | None:
        timer = _first_timer(until)
        delivery = _first_delivery(until)
        if timer and (delivery is None or timer[0] <= delivery[0]):
            return timer[0], lambda at: self._fire(timer[1], at)
        if delivery:
            return delivery[0], lambda at: self._send(delivery[1], at)
        return None

    def _fire(self, timer_id: int, at: datetime) -> None:
        fire_timer(timer_id=timer_id, at=at, rng=self._rng)

    def _send(self, delivery_id: UUID, at: datetime) -> None:
        send_delivery(delivery_id=delivery_id, at=at, rng=self._rng)


def _first_timer(until: datetime) -> tuple[datetime, int] | None:
    waiting = Timer.objects.filter(done_at__isnull=True, lapsed_at__isnull=True, next_try_at__lte=until)
    first = waiting.order_by("next_try_at", "pk").first()
    return (first.next_try_at or until, first.pk) if first else None


def _first_delivery(until: datetime) -> tuple[datetime, UUID] | None:
    waiting = Delivery.objects.filter(done_at__isnull=True, next_try_at__lte=until)
    first = waiting.order_by("next_try_at", "pk").first()
    return (first.next_try_at or until, first.pk) if first else None
