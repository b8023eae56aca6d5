"""Work keeps its time through the nights on which the clocks change: never early, never skipped, never twice."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from frontdoor.contacts.models import Delivery
from frontdoor.jobs.kinds import RowJob, Sweep
from frontdoor.jobs.worker import Worker
from frontdoor.kernel.clock import london
from tests.integration.jobs.conftest import NewDelivery

QUARTER = timedelta(minutes=15)
NIGHTS = {
    "clocks go forward": datetime(2027, 3, 28, 0, 0, tzinfo=UTC),
    "clocks go back": datetime(2026, 10, 25, 0, 0, tzinfo=UTC),
}


@pytest.fixture(params=NIGHTS)
def midnight(request: pytest.FixtureRequest) -> datetime:
    """An hour before the clocks change, at 01:00 UTC on either day."""
    return NIGHTS[request.param]


class Night:
    """A worker on a clock that shows London's time, and what it did when."""

    def __init__(self, midnight: datetime, *, every: timedelta) -> None:
        self.at = midnight
        self.done: list[tuple[datetime, UUID]] = []
        self.swept: list[datetime] = []
        self._worker = Worker(
            jobs=[RowJob(name="send", model=Delivery, work=lambda key, at, rng: self.done.append((at, key)))],
            sweeps=[Sweep(name="seal", every=every, run=self._sweep)],
            clock=lambda: london(self.at),
            rng=random.Random(1),
            hands=1,
        )

    def _sweep(self, at: datetime) -> int:
        self.swept.append(at)
        return 0

    def pass_by(self, until: datetime, *, step: timedelta) -> None:
        """Let time go on, with a look at the table at every step."""
        while self.at <= until:
            self._worker.turn()
            self.at += step


@pytest.mark.django_db
def test_rows_of_the_night_are_done_in_turn_when_they_are_due(
    new_delivery: NewDelivery, midnight: datetime
) -> None:
    due = [midnight + number * QUARTER for number in range(12)]
    keys = [new_delivery(due_at=london(moment)) for moment in due]

    night = Night(midnight, every=timedelta(hours=1))
    night.pass_by(midnight + 12 * QUARTER, step=timedelta(minutes=5))

    assert [(at.astimezone(UTC), key) for at, key in night.done] == list(zip(due, keys, strict=True))
    assert set(Delivery.objects.values_list("claimed_by", flat=True)) == {""}


@pytest.mark.django_db
def test_sweep_keeps_its_distance_in_time_that_passes(midnight: datetime) -> None:
    night = Night(midnight, every=QUARTER)
    night.pass_by(midnight + 12 * QUARTER, step=timedelta(minutes=5))

    assert [at.astimezone(UTC) for at in night.swept] == [midnight + number * QUARTER for number in range(13)]


@pytest.mark.django_db
def test_dead_workers_row_is_free_after_the_lease_and_not_an_hour_later(
    new_delivery: NewDelivery, midnight: datetime
) -> None:
    change = midnight + timedelta(hours=1)
    key = new_delivery(
        due_at=change - timedelta(seconds=20),
        claimed_by="dead",
        claimed_until=london(change + timedelta(seconds=5)),
    )
    night = Night(change - timedelta(seconds=5), every=QUARTER)
    night.pass_by(change + timedelta(seconds=30), step=timedelta(seconds=5))

    assert [(at.astimezone(UTC), done) for at, done in night.done] == [(change + timedelta(seconds=5), key)]
