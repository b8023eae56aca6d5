"""News goes out: not at night, not twice, and not lost while a supplier is down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from frontdoor.channels.messages import (
    CannotSend,
    CannotSendEver,
    CannotSendNow,
    Channel,
    OutgoingMessage,
    Sent,
    Status,
)
from frontdoor.contacts.models import ContactPoint, Delivery, DeliveryStatus, PointKind
from frontdoor.handling.deliveries import send_delivery
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.people import staff
from frontdoor.handling.ports import plug, ports
from frontdoor.handling.updates import next_quiet_end
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import london
from frontdoor.staff.models import User
from tests.integration.handling.conftest import Apply, Remembered, let_time_pass

Officers = dict[str, list[User]]


@pytest.mark.django_db
def test_a_supplier_that_is_down_for_a_day_loses_nothing_and_doubles_nothing(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered
) -> None:
    supplier.is_down = True
    cases = [apply_for(email=f"customer{n}@customer.example", full_name=f"Customer {n}") for n in range(4)]
    let_time_pass(at + timedelta(hours=24), rng)
    assert supplier.sent == []
    supplier.is_down = False
    let_time_pass(at + timedelta(hours=26), rng)
    let_time_pass(at + timedelta(hours=48), rng)
    assert sorted(message.to for _, message in supplier.sent) == [
        f"customer{n}@customer.example" for n in range(len(cases))
    ]
    tries = Delivery.objects.values_list("tries", flat=True)
    assert all(10 < each < 60 for each in tries)


@pytest.mark.django_db
def test_what_was_sent_is_not_sent_again(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered
) -> None:
    apply_for()
    delivery = Delivery.objects.get()
    send_delivery(delivery_id=delivery.pk, at=at, rng=rng)
    again = send_delivery(delivery_id=delivery.pk, at=at + timedelta(minutes=1), rng=rng)
    assert (len(supplier.sent), again.tries, again.status) == (1, 1, DeliveryStatus.DELIVERED)


LATE = Sent(supplier_id="late", status=Status.SENDING, at=datetime(2027, 3, 2, 12, 0, tzinfo=UTC))


@dataclass
class Overtaken:
    """A supplier so slow that another worker has sent the message before this one hears how its own try went."""

    other: Remembered
    at: datetime
    own: Sent | CannotSend
    carries: frozenset[Channel] = frozenset({"email"})
    attaches: frozenset[str] = frozenset()

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        own = ports()
        plug(replace(own, senders={"email": self.other}))
        send_delivery(delivery_id=UUID(message.id), at=self.at, rng=Random(1))
        plug(own)
        if isinstance(self.own, CannotSend):
            raise self.own
        return self.own

    def status(self, supplier_id: str) -> Status:
        return Status.DELIVERED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "own",
    [CannotSendNow("No answer."), CannotSendEver("Not wanted."), LATE],
)
def test_worker_that_was_overtaken_changes_nothing_of_what_the_other_noted(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered, own: Sent | CannotSend
) -> None:
    apply_for()
    delivery = Delivery.objects.get()
    plug(replace(ports(), senders={"email": Overtaken(supplier, at, own)}))
    send_delivery(delivery_id=delivery.pk, at=at, rng=rng)
    noted = Delivery.objects.get()
    assert (noted.status, noted.supplier_id, noted.done_at, noted.tries) == (
        DeliveryStatus.DELIVERED,
        f"s-{noted.pk}",
        at,
        2,
    )
    assert JournalEntry.objects.filter(event__startswith="delivery").count() == 1


@pytest.mark.parametrize(
    "night",
    [
        datetime(2027, 3, 27, 23, 30, tzinfo=UTC),  # clocks go forward on 28 March 2027
        datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC),
        datetime(2027, 10, 30, 23, 30, tzinfo=UTC),  # and back on 31 October 2027
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        datetime(2027, 3, 2, 22, 0, tzinfo=UTC),
    ],
)
def test_at_night_news_waits_for_the_morning_by_the_clock_on_the_wall(night: datetime) -> None:
    morning = next_quiet_end(night)
    assert night < morning <= night + timedelta(hours=36)
    local = london(morning)
    assert (local.hour, local.minute) == (8, 0)


@pytest.mark.django_db
def test_news_of_an_officer_made_late_in_the_evening_goes_out_next_morning(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered, officers: Officers
) -> None:
    case = apply_for(owned=True)
    evening = at.replace(hour=22)
    move_case(
        case_id=case.pk,
        move="start desk check",
        revision=None,
        given=Given(),
        person=staff(officers["Blue Badge team"][0]),
        at=evening,
        rng=rng,
    )
    let_time_pass(evening + timedelta(hours=14), rng)
    assert [london(sent_at).hour for sent_at, _ in supplier.sent] == [10, 8]


@pytest.mark.django_db
def test_a_letter_is_kept_as_pdf_as_it_was_sent(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered
) -> None:
    apply_for(contact_by="letter", phone="01632 960123")
    let_time_pass(at + timedelta(days=2), rng)
    [(_, message)] = supplier.sent
    kept = Delivery.objects.select_related("letter").get().letter
    assert kept is not None
    assert (message.channel, bytes(kept.content)[:5]) == ("letter", b"%PDF-")
    assert message.pdf == bytes(kept.content)
    assert message.address[0] == "Siobhán O’Rourke-Ní Dhuibhne"


@pytest.mark.django_db
def test_nothing_goes_to_a_point_that_is_not_safe(
    at: datetime, rng: Random, apply_for: Apply, supplier: Remembered, officers: Officers
) -> None:
    case = apply_for(owned=True)
    let_time_pass(at, rng)
    ContactPoint.objects.filter(kind=PointKind.EMAIL).update(is_safe=False)
    move_case(
        case_id=case.pk,
        move="start desk check",
        revision=None,
        given=Given(),
        person=staff(officers["Blue Badge team"][0]),
        at=at + timedelta(hours=1),
        rng=rng,
    )
    let_time_pass(at + timedelta(hours=2), rng)
    assert [message.channel for _, message in supplier.sent] == ["email", "text"]
