"""A supplier that is down for a day loses nothing and sends nothing twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from frontdoor.contacts.models import Delivery, DeliveryStatus
from frontdoor.handling.ports import plug, ports
from frontdoor.jobs.table import JOBS
from frontdoor.jobs.worker import Worker
from frontdoor.journal.models import JournalEntry
from tests.integration.jobs.conftest import NewDelivery
from tests.spec.channels.senders import Counterpart, counterpart_of


@pytest.fixture(params=["smtp", "notify", "console"])
def supplier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counterpart]:
    """Each way to send an email, plugged in, with its other side on this machine."""
    before = ports()
    with counterpart_of(request.param, tmp_path) as found:
        plug(replace(before, senders={**before.senders, "email": found.sender}))
        yield found
    plug(before)


@pytest.mark.django_db
def test_mail_waits_out_a_day_without_its_supplier_and_goes_once(
    supplier: Counterpart, new_delivery: NewDelivery, at: datetime
) -> None:
    key = new_delivery(subject="Your badge")
    supplier.go_down()
    for half_hour in range(48):
        turn(at + half_hour * timedelta(minutes=30))
    waiting = Delivery.objects.get(pk=key)
    assert (waiting.done_at, waiting.claimed_by) == (None, "")
    assert 20 < waiting.tries <= 48
    assert waiting.problem
    assert waiting.next_try_at is not None
    assert waiting.next_try_at <= at + timedelta(hours=25)

    supplier.come_back()
    for half_hour in range(48, 54):
        turn(at + half_hour * timedelta(minutes=30))
    sent = Delivery.objects.get(pk=key)
    assert sent.done_at is not None
    assert (sent.status, sent.problem) != (DeliveryStatus.CREATED, waiting.problem)
    assert [(message.to, message.subject) for message in supplier.arrived()] == [
        ("alice@customer.example", "Your badge")
    ]
    assert JournalEntry.objects.filter(event="delivery sent").count() == 1


def turn(at: datetime) -> None:
    """A worker looks at the table once."""
    Worker(jobs=JOBS, sweeps=(), clock=lambda: at, rng=random.Random(1), hands=1).turn()
