"""What needs a person is told once a day, and silence means that nothing does."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from frontdoor.cases.models import Promise, Timer, TimerKind
from frontdoor.contacts.models import Delivery, DeliveryChannel, DeliveryStatus
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.upkeep import send_digest, what_is_broken
from frontdoor.journal.actions import record, seal_entries
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.entries import Actor
from frontdoor.staff.models import Role, User
from tests.integration.handling.conftest import Apply, Remembered

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def quiet(at: datetime) -> None:
    """Everything that is due is done and sealed."""
    Delivery.objects.update(done_at=at, status=DeliveryStatus.DELIVERED)
    Timer.objects.filter(next_try_at__lte=at).update(done_at=at)
    seal_entries(at=at)


@pytest.fixture
def edna(db: None, at: datetime) -> User:
    """The administrator."""
    return User.objects.create_user(
        email="edna@council.example", full_name="Edna Elm", role=Role.ADMINISTRATOR, joined_at=at
    )


@pytest.mark.django_db
def test_nothing_is_sent_while_nothing_is_broken(
    apply_for: Apply, edna: User, at: datetime, rng: Random
) -> None:
    apply_for()
    quiet(at + HOUR)
    assert what_is_broken(at=at + HOUR) == []
    assert send_digest(at=at + HOUR, rng=rng) == 0
    assert not Delivery.objects.filter(key__startswith="digest:").exists()
    assert JournalEntry.objects.get(event="digest made").facts == {"faults": 0}


@pytest.mark.django_db
def test_each_fault_is_told_with_its_number(
    apply_for: Apply, edna: User, supplier: Remembered, at: datetime, rng: Random
) -> None:
    case = apply_for()
    quiet(at)
    delivery = Delivery.objects.filter(customer=case.customer).first()
    assert delivery is not None
    delivery.status, delivery.problem = DeliveryStatus.PERMANENT_FAILURE, "No such mailbox"
    delivery.save()
    outgoing = Outgoing(
        key="w", channel=DeliveryChannel.EMAIL, to="a@customer.example", subject="S", body="B"
    )
    waits = queue_delivery(outgoing=outgoing, customer=None, conversation=None, not_before=at, at=at, rng=rng)
    Delivery.objects.filter(pk=waits.pk).update(tries=5)
    Timer.objects.create(
        case=case, kind=TimerKind.REMIND, what="x", key="x", due_at=at, next_try_at=at + DAY, tries=5
    )
    Promise.objects.filter(case=case).update(missed_at=at)
    record(at=at - 3 * DAY, by=Actor("robot", "backup"), event="backup made")
    now = at + 11 * MINUTE

    said = [fault.what for fault in what_is_broken(at=now)]
    promises = Promise.objects.filter(case=case).count()
    assert said == [
        "Messages that failed for good since yesterday: 1.",
        "Messages that were tried 5 times or more and wait: 1.",
        "Messages and timers that have been due for over ten minutes: 1.",
        "Journal entries that have waited over ten minutes for their seal: 1.",
        "Timers of cases that keep failing: 1.",
        f"Promises to customers that were missed since yesterday: {promises}.",
        "The last backup is 3 days old.",
    ]

    assert send_digest(at=now, rng=rng) == 1
    sent = Delivery.objects.get(key=f"digest:2027-03-02:{edna.pk}")
    assert (sent.to, sent.subject) == ("edna@council.example", "Front Door: 7 to mend")
    assert all(each in sent.body for each in said)
    assert "/staff/upkeep/" in sent.body
    assert "Siobhán" not in sent.body


@pytest.mark.django_db
def test_digest_goes_once_a_day_and_not_before_seven(edna: User, at: datetime, rng: Random) -> None:
    record(at=at - 2 * DAY, by=Actor("robot", "backup"), event="backup made")
    midnight = at - 10 * HOUR
    assert send_digest(at=midnight + 6 * HOUR + 59 * MINUTE, rng=rng) == 0
    assert send_digest(at=midnight + 7 * HOUR, rng=rng) == 1
    assert send_digest(at=midnight + 8 * HOUR, rng=rng) == 0
    assert send_digest(at=midnight + DAY + 7 * HOUR, rng=rng) == 1
    assert Delivery.objects.filter(key__startswith="digest:").count() == 2
