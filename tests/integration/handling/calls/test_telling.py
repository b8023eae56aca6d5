"""What customers and helpers hear of a call: at once, before it, and another way where a message bounced."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from icalendar import Calendar

from frontdoor.cases.actions.appointments import AppointmentOver
from frontdoor.cases.models import (
    AppointmentPlace,
    CallReminder,
    Cancelled,
)
from frontdoor.channels.messages import Status
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.helping import HelperSaid, add_helper
from frontdoor.contacts.models import ContactPoint, Delivery, MayTell, NewsTo, Relation, Say
from frontdoor.handling.appointments.booking import (
    NotSafeToRing,
    call_off,
    change_call,
)
from frontdoor.handling.appointments.telling import remind_of_call
from frontdoor.handling.deliveries import note_status, send_delivery
from frontdoor.handling.people import customer
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london
from frontdoor.staff.models import User
from tests.integration.handling.calls.making import (
    DIALLED,
    PHONE,
    TEN,
    WEDNESDAY,
    books,
    clocks,
    events,
    messages,
    wish,
)
from tests.integration.handling.conftest import Remembered


@pytest.mark.django_db
def test_customer_books_and_hears_of_it_with_a_calendar_file(
    open_hours: None, supplier: Remembered, at: datetime, rng: Random
) -> None:
    asked = wish(email="moira@customer.example")
    booked = books(at, rng, asked)
    assert (booked.at, booked.minutes, booked.phone) == (TEN, 45, DIALLED)
    assert booked.reference is not None
    assert booked.reference.startswith("CALL-")
    assert booked.customer is not None
    assert booked.customer.full_name == "Moira O’Brien"
    assert booked.contact is not None
    assert (booked.contact.channel, booked.contact.enquiry) == ("web", "book a call")
    assert booked.draft is not None
    assert booked.places.count() == 3
    [sent] = messages(booked, "booked")
    assert (sent.channel, sent.to, sent.next_try_at) == ("email", "moira@customer.example", at)
    assert "10:15am on Wednesday 3 March 2027" in sent.subject
    assert "Blue Badge" not in sent.subject + sent.body + sent.calendar
    assert "456" in sent.body
    assert PHONE not in sent.body
    send_delivery(delivery_id=sent.pk, at=at, rng=rng)
    [attached] = supplier.sent[-1][1].attachments
    assert (attached.name, attached.content_type) == ("appointment.ics", "text/calendar")
    entry = Calendar.from_ical(attached.data).walk("VEVENT")[0]
    assert entry.decoded("dtstart") == TEN
    assert entry.decoded("dtend") == TEN + timedelta(minutes=45)
    assert entry["sequence"] == 0
    assert events(booked) == ["call booked"]


@pytest.mark.django_db
def test_supplier_that_takes_no_calendar_sends_the_email_without_it(
    open_hours: None, supplier: Remembered, at: datetime, rng: Random
) -> None:
    supplier.attaches = frozenset()
    booked = books(at, rng, wish(email="moira@customer.example"))
    [sent] = messages(booked, "booked")
    done = send_delivery(delivery_id=sent.pk, at=at, rng=rng)
    assert done.status == "delivered"
    assert supplier.sent[-1][1].attachments == ()


@pytest.mark.django_db
def test_change_and_cancel_keep_one_entry_in_the_calendar(
    open_hours: None, at: datetime, rng: Random
) -> None:
    booked = books(at, rng, wish(email="moira@customer.example"))
    by = customer(booked.customer_id)
    later = TEN + timedelta(minutes=90)
    moved = change_call(appointment_id=booked.pk, starts_at=later, by=by, at=at, rng=rng)
    assert (moved.at, moved.sequence) == (later, 1)
    assert clocks(WEDNESDAY, at).count("10:15") == 1  # the first time is free again
    same = change_call(appointment_id=booked.pk, starts_at=later, by=by, at=at, rng=rng)
    assert same.sequence == 1
    call_off(appointment_id=booked.pk, because=Cancelled.CUSTOMER, by=by, at=at, rng=rng)
    assert not AppointmentPlace.objects.exists()
    files = [messages(booked, news)[0].calendar for news in ("booked", "changed", "cancelled")]
    entries = [Calendar.from_ical(each).walk("VEVENT")[0] for each in files]
    assert len({str(each["uid"]) for each in entries}) == 1
    assert [each["sequence"] for each in entries] == [0, 1, 2]
    assert [str(Calendar.from_ical(each)["method"]) for each in files] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert str(entries[2]["status"]) == "CANCELLED"
    assert events(booked) == ["call booked", "call changed", "call cancelled"]
    with pytest.raises(AppointmentOver):
        change_call(appointment_id=booked.pk, starts_at=TEN, by=by, at=at, rng=rng)


@pytest.mark.django_db
def test_number_that_is_not_safe_is_not_rung_and_unsafe_ways_carry_no_news(
    open_hours: None, at: datetime, rng: Random
) -> None:
    known = know_customer(
        introduction=Introduction(
            full_name="Moira O’Brien",
            email="moira@customer.example",
            phone=DIALLED,
            safe_ways=frozenset({"email"}),
        ),
        at=at,
        rng=rng,
    )
    assert ContactPoint.objects.get(customer=known, kind="phone").is_safe is False
    with pytest.raises(NotSafeToRing):
        books(at, rng, wish(email="moira@customer.example"))
    other = books(at, rng, wish(phone="01632 960 777", email="moira@customer.example"))
    assert other.customer == known
    assert [each.channel for each in messages(other, "booked")] == ["email"]


@pytest.mark.django_db
def test_customer_without_a_way_to_write_to_is_booked_and_the_record_says_that_nobody_told_them(
    open_hours: None, at: datetime, rng: Random
) -> None:
    booked = books(at, rng, wish(phone="01632 960 777"))
    assert messages(booked, "booked") == []
    entry = JournalEntry.objects.get(event="call booked")
    assert entry.facts["told by"] == "none"
    assert "01632" not in entry.facts_json


@pytest.mark.django_db
def test_reminders_come_the_working_day_before_and_an_hour_before(
    open_hours: None, supplier: Remembered, at: datetime, rng: Random
) -> None:
    monday = at_london(date(2027, 3, 8), time(8))
    booked = books(at, rng, wish(monday))
    due = dict(CallReminder.objects.values_list("kind", "next_try_at"))
    assert due == {
        "day": at_london(date(2027, 3, 5), time(10)),  # the Friday before
        "hour": at_london(date(2027, 3, 8), time(7)),
    }
    for reminder in CallReminder.objects.order_by("next_try_at"):
        assert reminder.next_try_at is not None
        for _ in range(2):  # done twice, it is said once
            remind_of_call(reminder_id=reminder.pk, at=reminder.next_try_at, rng=rng)
    assert [each.channel for each in messages(booked, "day before")] == ["text"]
    assert messages(booked, "hour before") == []  # at seven nobody is disturbed, and at eight it is too late
    assert events(booked) == ["call booked", "call reminded"]


@pytest.mark.django_db
def test_reminder_of_a_time_that_was_changed_says_nothing(
    open_hours: None, at: datetime, rng: Random
) -> None:
    booked = books(at, rng, wish(TEN + timedelta(days=1)))
    old = list(CallReminder.objects.all())
    by = customer(booked.customer_id)
    change_call(appointment_id=booked.pk, starts_at=TEN + timedelta(days=2), by=by, at=at, rng=rng)
    for reminder in old:
        assert reminder.next_try_at is not None
        remind_of_call(reminder_id=reminder.pk, at=reminder.next_try_at, rng=rng)
    assert messages(booked, "day before") == messages(booked, "hour before") == []
    assert CallReminder.objects.filter(done_at=None).count() == 2


def bounces(delivery: Delivery, at: datetime, rng: Random) -> None:
    """It is sent, and the supplier says later that it did not arrive."""
    Delivery.objects.filter(pk=delivery.pk).update(
        supplier_id=f"s-{delivery.pk}", status="sending", done_at=at
    )
    note_status(supplier_id=f"s-{delivery.pk}", status=Status.PERMANENT_FAILURE, at=at, rng=rng)


@pytest.mark.django_db
def test_news_that_bounced_goes_another_way_with_all_that_was_said_and_each_way_once(
    open_hours: None, supplier: Remembered, at: datetime, rng: Random
) -> None:
    booked = books(at, rng, wish(email="moira@customer.example"))
    [first] = messages(booked, "booked")
    for _ in range(2):  # a supplier may say so twice
        bounces(first, at, rng)
    [second] = [each for each in messages(booked, "booked") if each != first]
    assert {first.channel, second.channel} == {"email", "text"}
    assert "10:15am on Wednesday 3 March 2027" in second.body
    [entry] = JournalEntry.objects.filter(event="news sent another way")
    assert entry.facts["by"] == second.channel

    bounces(second, at, rng)
    assert len(messages(booked, "booked")) == 2  # there is no third way in time


@pytest.mark.django_db
def test_news_that_bounced_after_the_call_was_changed_is_not_sent_again(
    open_hours: None, supplier: Remembered, at: datetime, rng: Random
) -> None:
    booked = books(at, rng, wish(email="moira@customer.example"))
    [first] = messages(booked, "booked")
    by = customer(booked.customer_id)
    change_call(appointment_id=booked.pk, starts_at=TEN + timedelta(days=2), by=by, at=at, rng=rng)
    bounces(first, at, rng)
    assert len(messages(booked, "booked")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("news_to", "may_tell", "heard"),
    [
        (NewsTo.BOTH, MayTell.EVERYTHING, {"customer", "helper"}),
        (NewsTo.HELPER, MayTell.EVERYTHING, {"helper"}),
        (NewsTo.CUSTOMER, MayTell.EVERYTHING, {"customer"}),
        (NewsTo.BOTH, MayTell.SOME, {"customer"}),
    ],
)
def test_helper_who_gets_news_and_may_be_told_hears_of_the_call(
    news_to: NewsTo,
    may_tell: MayTell,
    heard: set[str],
    open_hours: None,
    sue: User,
    at: datetime,
    rng: Random,
) -> None:
    email = "moira@customer.example"
    known = know_customer(introduction=Introduction(full_name="Moira O’Brien", email=email), at=at, rng=rng)
    said = HelperSaid(
        full_name="Niamh O’Brien",
        relation=Relation.FAMILY,
        say=Say.TOLD_ME,
        evidence="Said so on the phone",
        may_tell=may_tell,
        limits="Only dates" if may_tell is MayTell.SOME else "",
        email="niamh@helper.example",
        news_to=news_to,
    )
    add_helper(customer=known, said=said, by=sue, at=at)
    booked = books(at, rng, wish(email=email))
    assert booked.customer == known
    sent = {each.to: each for each in Delivery.objects.filter(customer=known)}
    who = {"customer": email, "helper": "niamh@helper.example"}
    assert set(sent) == {who[each] for each in heard}
    if "helper" in heard:
        words = sent["niamh@helper.example"].body
        assert "because you help Moira O’Brien" in words
        assert "10:15am on Wednesday 3 March 2027" in words
        assert "/track/" not in words  # its code would go to the customer
