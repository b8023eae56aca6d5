"""The worker does what is due, keeps going when a row fails, and stops cleanly."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import pytest

from frontdoor.contacts.models import Delivery
from frontdoor.jobs import claims
from frontdoor.jobs.kinds import RowJob, Sweep
from frontdoor.jobs.worker import Worker
from tests.integration.jobs.conftest import NewDelivery

PATIENCE = 10.0


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def worker_for(
    work: Callable[[Any, datetime, random.Random], object],
    clock: Callable[[], datetime],
    *sweeps: Sweep,
    name: str = "w",
) -> Worker:
    jobs = [RowJob(name="send", model=Delivery, work=work)]
    return Worker(jobs=jobs, sweeps=sweeps, clock=clock, rng=random.Random(1), hands=2, name=name)


@contextmanager
def running(worker: Worker) -> Iterator[Worker]:
    thread = Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def wait_until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, "it did not happen in time"
        sleep(0.02)


@pytest.mark.django_db
def test_turn_does_every_due_row_once(new_delivery: NewDelivery, at: datetime) -> None:
    keys = {new_delivery() for _ in range(3)}
    done: list[UUID] = []
    worker = worker_for(lambda key, at, rng: done.append(key), Clock(at))

    assert [worker.turn(), worker.turn()] == [True, False]
    assert (len(done), set(done)) == (3, keys)
    assert not Delivery.objects.filter(done_at__isnull=True).exists()


@pytest.mark.django_db
def test_row_that_fails_stops_no_other_and_is_tried_again_later(
    new_delivery: NewDelivery, at: datetime
) -> None:
    bad = new_delivery(due_at=at - timedelta(hours=1))
    good = new_delivery()
    clock = Clock(at)
    is_mended = False

    def work(key: UUID, at: datetime, rng: random.Random) -> None:
        if key == bad and not is_mended:
            raise ValueError("broken")

    worker = worker_for(work, clock)
    worker.turn()
    assert list(Delivery.objects.filter(done_at__isnull=False).values_list("pk", flat=True)) == [good]
    row = Delivery.objects.get(pk=bad)
    assert row.tries == 1
    assert row.next_try_at is not None
    assert at < row.next_try_at <= at + claims.wait_after(1) * 1.2

    clock.at = row.next_try_at
    is_mended = True
    worker.turn()
    assert Delivery.objects.get(pk=bad).done_at == clock.at


@pytest.mark.django_db
def test_dead_workers_row_is_taken_over_when_its_lease_runs_out(
    new_delivery: NewDelivery, at: datetime
) -> None:
    key = new_delivery(claimed_by="dead", claimed_until=at + claims.LEASE)
    clock = Clock(at)
    done: list[UUID] = []
    worker = worker_for(lambda key, at, rng: done.append(key), clock)

    assert worker.turn() is False
    clock.at += claims.LEASE
    assert worker.turn() is True
    assert done == [key]


@pytest.mark.django_db
def test_row_lost_to_another_between_claim_and_work_is_not_done_twice(
    new_delivery: NewDelivery, at: datetime
) -> None:
    first, second = new_delivery(due_at=at - timedelta(hours=1)), new_delivery()
    done: list[UUID] = []

    def work(key: UUID, at: datetime, rng: random.Random) -> None:
        done.append(key)
        Delivery.objects.filter(pk=second).update(claimed_by="another")

    worker_for(work, Clock(at)).turn()
    assert done == [first]
    assert Delivery.objects.get(pk=second).claimed_by == "another"


@pytest.mark.django_db
def test_sweep_runs_again_after_a_full_run_and_then_waits_its_time(at: datetime) -> None:
    clock = Clock(at)
    left = [2, 2, 1, 2]
    sweep = Sweep(name="seal", every=timedelta(seconds=5), run=lambda at: left.pop(0), most=2)
    worker = worker_for(lambda key, at, rng: None, clock, sweep)

    assert [worker.turn() for _ in range(4)] == [True, True, False, False]
    clock.at += timedelta(seconds=5)
    assert worker.turn() is True


@pytest.mark.django_db
def test_rows_come_between_two_sweeps_and_no_sweep_is_left_out(
    new_delivery: NewDelivery, at: datetime
) -> None:
    clock = Clock(at)
    did: list[str] = []

    def sweep_called(name: str, did_each_time: int) -> Sweep:
        def run(at: datetime) -> int:
            did.append(name)
            new_delivery()
            return did_each_time

        return Sweep(name=name, every=timedelta(seconds=5), run=run, most=2)

    worker = worker_for(
        lambda key, at, rng: did.append("row"),
        clock,
        sweep_called("always full", 2),
        sweep_called("short", 1),
    )

    for _ in range(3):
        clock.at += timedelta(seconds=1)
        assert worker.turn() is True
    assert did == ["always full", "row", "short", "row", "always full"]


@pytest.mark.django_db
def test_half_the_hands_sweep_at_most(at: datetime) -> None:
    inner: list[bool] = []
    did: list[str] = []

    def long_sweep(at: datetime) -> int:
        did.append("long")
        inner.append(worker.turn())  # what the other hand does meanwhile
        return 0

    def other_sweep(at: datetime) -> int:
        did.append("other")
        return 0

    every = timedelta(seconds=5)
    worker = worker_for(
        lambda key, at, rng: None,
        Clock(at),
        Sweep(name="long", every=every, run=long_sweep),
        Sweep(name="other", every=every, run=other_sweep),
    )
    assert worker.turn() is True
    assert (did, inner) == (["long"], [False])
    worker.turn()
    assert did == ["long", "other"]


@pytest.mark.django_db
def test_rows_behind_a_slow_one_are_given_back_for_another_hand(
    new_delivery: NewDelivery, at: datetime
) -> None:
    clock = Clock(at)
    slow, waiting = new_delivery(), new_delivery(due_at=at)

    def work(key: Any, at: datetime, rng: random.Random) -> None:
        if key == slow:
            clock.at += timedelta(seconds=6)

    worker_for(work, clock).turn()
    assert Delivery.objects.get(pk=slow).done_at is not None
    left = Delivery.objects.get(pk=waiting)
    assert (left.done_at, left.claimed_by) == (None, "")


@pytest.mark.django_db
def test_sweep_that_fails_waits_its_time(at: datetime) -> None:
    clock = Clock(at)
    runs: list[datetime] = []

    def run(at: datetime) -> int:
        runs.append(at)
        raise ValueError("broken")

    worker = worker_for(
        lambda key, at, rng: None, clock, Sweep(name="seal", every=timedelta(seconds=5), run=run)
    )
    worker.turn()
    worker.turn()
    assert runs == [at]


@pytest.mark.django_db(transaction=True)
def test_running_worker_hears_of_a_new_row_within_a_second(new_delivery: NewDelivery, at: datetime) -> None:
    done: list[UUID] = []
    with running(worker_for(lambda key, at, rng: done.append(key), Clock(at))):
        sleep(1.0)  # the first look is over: from here on only the bell can wake it before the sweep
        start = monotonic()
        key = new_delivery()
        wait_until(lambda: bool(done))
        waited = monotonic() - start

    assert done == [key]
    assert waited < 2.0


@pytest.mark.django_db(transaction=True)
def test_stopping_finishes_the_row_in_hand_and_gives_the_rest_back(
    new_delivery: NewDelivery, at: datetime
) -> None:
    keys = [new_delivery() for _ in range(5)]
    begun, may_go_on = Event(), Event()
    done: list[UUID] = []

    def work(key: UUID, at: datetime, rng: random.Random) -> None:
        begun.set()
        may_go_on.wait(PATIENCE)
        done.append(key)

    with running(worker_for(work, Clock(at))) as worker:
        assert begun.wait(PATIENCE)
        worker.stop()
        may_go_on.set()

    rows = Delivery.objects.filter(pk__in=keys)
    assert 0 < rows.filter(done_at__isnull=False).count() == len(done) < len(keys)
    assert not rows.filter(done_at__isnull=True).exclude(claimed_by="").exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_do_each_row_once(new_delivery: NewDelivery, at: datetime) -> None:
    keys = [new_delivery() for _ in range(40)]
    done: list[UUID] = []

    def work(key: UUID, at: datetime, rng: random.Random) -> None:
        sleep(0.01)
        done.append(key)

    with running(worker_for(work, Clock(at), name="one")), running(worker_for(work, Clock(at), name="two")):
        wait_until(lambda: not Delivery.objects.filter(done_at__isnull=True).exists())

    assert sorted(done) == sorted(keys)
