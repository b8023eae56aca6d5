"""Rows are claimed by one worker at a time, and a dead worker's rows fall free."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q

from frontdoor.contacts.models import Delivery
from frontdoor.jobs import claims
from tests.integration.jobs.conftest import NewDelivery

ANY = Q()


def claim(by: str, at: datetime, limit: int = 10) -> list[UUID]:
    return list(claims.claim(Delivery, only=ANY, by=by, at=at, limit=limit))


@pytest.mark.django_db
def test_claim_takes_due_rows_longest_waiting_first(new_delivery: NewDelivery, at: datetime) -> None:
    later = new_delivery(due_at=at - timedelta(seconds=1))
    earlier = new_delivery(due_at=at - timedelta(hours=1))
    new_delivery(due_at=at + timedelta(seconds=1))
    new_delivery(done_at=at)

    assert claim("alice", at) == [earlier, later]


@pytest.mark.django_db
def test_claim_takes_no_more_than_the_limit(new_delivery: NewDelivery, at: datetime) -> None:
    for _ in range(5):
        new_delivery()

    assert (len(claim("alice", at, limit=3)), len(claim("bob", at, limit=3))) == (3, 2)


@pytest.mark.django_db
def test_claimed_row_is_left_alone_until_its_lease_runs_out(new_delivery: NewDelivery, at: datetime) -> None:
    key = new_delivery()
    claim("alice", at)

    assert claim("bob", at + claims.LEASE - timedelta(seconds=1)) == []
    assert claim("bob", at + claims.LEASE) == [key]


@pytest.mark.django_db
def test_sign_of_life_keeps_a_row_for_its_holder(new_delivery: NewDelivery, at: datetime) -> None:
    key = new_delivery()
    claim("alice", at)
    later = at + claims.LEASE / 2

    assert claims.hold_on(Delivery, [key], by="alice", at=later) == 1
    assert claim("bob", at + claims.LEASE) == []
    assert claim("bob", later + claims.LEASE) == [key]


@pytest.mark.django_db
def test_former_holder_can_no_longer_finish_or_fail_a_row(new_delivery: NewDelivery, at: datetime) -> None:
    key = new_delivery()
    claim("alice", at)
    later = at + claims.LEASE
    claim("bob", later)

    claims.finish(Delivery, key, by="alice", claimed_at=at, at=later)
    claims.fail(Delivery, key, by="alice", at=later, wait=timedelta(hours=1))

    row = Delivery.objects.get(pk=key)
    assert (row.claimed_by, row.done_at, row.tries) == ("bob", None, 0)


@pytest.mark.django_db
def test_finished_row_is_done_and_free(new_delivery: NewDelivery, at: datetime) -> None:
    key = new_delivery()
    claim("alice", at)

    claims.finish(Delivery, key, by="alice", claimed_at=at, at=at)

    row = Delivery.objects.get(pk=key)
    assert (row.done_at, row.claimed_by, row.claimed_until) == (at, "", None)


@pytest.mark.django_db
def test_row_that_the_work_put_off_is_freed_and_not_done(new_delivery: NewDelivery, at: datetime) -> None:
    key = new_delivery()
    claim("alice", at)
    tomorrow = at + timedelta(days=1)
    Delivery.objects.filter(pk=key).update(next_try_at=tomorrow)

    claims.finish(Delivery, key, by="alice", claimed_at=at, at=at)

    row = Delivery.objects.get(pk=key)
    assert (row.done_at, row.claimed_by, row.next_try_at) == (None, "", tomorrow)


@pytest.mark.django_db
def test_failed_row_waits_and_counts_its_try(new_delivery: NewDelivery, at: datetime) -> None:
    key = new_delivery()
    claim("alice", at)

    claims.fail(Delivery, key, by="alice", at=at, wait=timedelta(seconds=5))

    row = Delivery.objects.get(pk=key)
    assert (row.tries, row.claimed_by, row.next_try_at) == (1, "", at + timedelta(seconds=5))


@pytest.mark.parametrize(
    ("tries", "seconds"), [(1, 5), (2, 10), (3, 20), (8, 640), (9, 1280), (10, 1800), (1000, 1800)]
)
def test_wait_doubles_up_to_half_an_hour(tries: int, seconds: int) -> None:
    assert claims.wait_after(tries) == timedelta(seconds=seconds)


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_never_share_a_row(new_delivery: NewDelivery, at: datetime) -> None:
    keys = {new_delivery() for _ in range(40)}
    taken: dict[str, list[UUID]] = {}
    start = Barrier(4)

    def take(name: str) -> None:
        start.wait()
        mine: list[UUID] = []
        while more := claim(name, at, limit=3):
            mine += more
        taken[name] = mine
        connection.close()

    threads = [Thread(target=take, args=(f"worker-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    every = [key for mine in taken.values() for key in mine]
    assert (len(every), set(every)) == (40, keys)
