"""Calls at a time the customer chose: free times, booking, news and calendar, ringing, missed ones, closed days."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from icalendar import Calendar

from frontdoor.cases.actions.appointments import AppointmentOver, TimeTaken
from frontdoor.cases.models import (
    Appointment,
    AppointmentPlace,
    CallReminder,
    Cancelled,
    Case,
    ClosedDay,
    Draft,
    Enquiry,
    EnquiryOutcome,
)
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Contact, ContactPoint, Delivery
from frontdoor.handling.applying import keep_answer, start_draft
from frontdoor.handling.appointments.booking import (
    BookedAlready,
    EnoughCalls,
    NotANumber,
    NotSafeToRing,
    Wish,
    book_again,
    book_own_call,
    call_off,
    change_call,
)
from frontdoor.handling.appointments.planning import (
    DayGone,
    MayNotPlan,
    TooManyPlaces,
    call_off_day,
    close_for_calls,
    open_again,
    plan_places,
    plans,
)
from frontdoor.handling.appointments.ringing import (
    NotYourCall,
    SomebodyElseRings,
    begin_to_ring,
    calls_to_come,
    calls_to_ring,
    not_reached,
    reached,
    times_missed,
)
from frontdoor.handling.appointments.telling import remind_of_call
from frontdoor.handling.appointments.times import NoCalls, free_days
from frontdoor.handling.deliveries import send_delivery
from frontdoor.handling.desk.booking import Asked, NoCustomer, book_at_desk, number_to_ring
from frontdoor.handling.desk.drafts import draft_together
from frontdoor.handling.desk.enquiring import About, add_enquiry, close_enquiry
from frontdoor.handling.desk.filling import start_together
from frontdoor.handling.desk.taking import say_who, take_contact_at_desk
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.people import customer
from frontdoor.handling.rights.erasing import erase_past
from frontdoor.handling.rights.holding import held_of
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london, day_of, london
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import Role, Skill, SkillHeld, User
from tests.integration.handling.conftest import BLUE_BADGE, Apply, Remembered, finished_draft

SKILL = "blue badge"
WEDNESDAY = date(2027, 3, 3)
TEN = at_london(WEDNESDAY, time(10, 15))
PHONE = "07700 900456"
DIALLED = "+447700900456"
OFFICE_HOURS = {(weekday, hour): 1 for weekday in range(5) for hour in range(8, 18)}

Hire = Callable[..., User]


@pytest.fixture
def hire(transactional_or_not: None, at: datetime) -> Hire:
    """Somebody with skills."""

    def make(name: str, *skills: str, role: Role = Role.ADVISOR) -> User:
        user = User.objects.create_user(
            email=f"{name.lower()}@calls.example", full_name=f"{name} Caller", role=role, joined_at=at
        )
        for each in skills:
            skill, _ = Skill.objects.get_or_create(name=each)
            SkillHeld.objects.create(user=user, skill=skill, since_on=date(2020, 1, 1))
        return user

    return make


@pytest.fixture
def dora(hire: Hire) -> User:
    """An advisor who rings."""
    return hire("Dora", SKILL)


@pytest.fixture
def sue(hire: Hire) -> User:
    """A supervisor who plans."""
    return hire("Sue", SKILL, role=Role.SUPERVISOR)


@pytest.fixture
def open_hours(dora: User, sue: User, supplier: Remembered, at: datetime) -> None:
    """One call at a time in office hours."""
    plan_places(skill=Skill.objects.get(name=SKILL), places=OFFICE_HOURS, by=sue, at=at)


def new_draft(at: datetime, rng: Random, **answers: Json) -> Draft:
    """A form that was begun on the web."""
    draft = start_draft(service="blue-badge", channel="web", at=at, rng=rng)
    for question, value in answers.items():
        keep_answer(draft_id=draft.pk, question=question, value=value, at=at)
    return draft


def wish(starts_at: datetime = TEN, phone: str = PHONE, email: str = "", name: str = "Moira O’Brien") -> Wish:
    return Wish(starts_at=starts_at, full_name=name, phone=phone, email=email)


def books(at: datetime, rng: Random, asked: Wish | None = None, **answers: Json) -> Appointment:
    """Somebody books on the web."""
    draft = new_draft(at, rng, **answers)
    return book_own_call(draft_id=draft.pk, wish=asked or wish(), at=at, rng=rng)


def messages(appointment: Appointment, news: str) -> list[Delivery]:
    return list(
        Delivery.objects.filter(key__startswith=f"call:{appointment.pk}:{news}:").order_by("created_at")
    )


def events(appointment: Appointment) -> list[str]:
    found = JournalEntry.objects.filter(facts_json__contains=str(appointment.pk)).order_by("pk")
    return [each.event for each in found if "call" in each.event]


def clocks(day: date, at: datetime) -> list[str]:
    days = free_days(service="blue-badge", at=at, since=day)
    return [f"{london(each):%H:%M}" for each in next((d.starts for d in days if d.day == day), ())]


@pytest.mark.django_db
def test_free_times_follow_opening_hours_notice_and_bank_holidays(open_hours: None, at: datetime) -> None:
    assert clocks(WEDNESDAY, at)[:3] == ["08:00", "08:45", "09:30"]
    assert clocks(WEDNESDAY, at)[-1] == "17:00"
    assert clocks(day_of(at), at)[0] == "12:30"  # it is ten, and two hours' notice are needed
    easter = datetime(2027, 3, 25, 9, tzinfo=UTC)
    found = [each.day for each in free_days(service="blue-badge", at=easter, since=date(2027, 3, 26))]
    assert found[0] == date(2027, 3, 30)  # Good Friday, the weekend and Easter Monday are closed
    assert free_days(service="blue-badge", at=at, since=date(2027, 4, 20)) == []
    with pytest.raises(NoCalls):
        free_days(service="street-problem", at=at)


@pytest.mark.django_db
def test_room_is_what_planners_gave_and_never_more_than_people_with_the_skill(
    dora: User, sue: User, supplier: Remembered, at: datetime, rng: Random
) -> None:
    assert free_days(service="blue-badge", at=at) == []
    skill = Skill.objects.get(name=SKILL)
    plan_places(skill=skill, places={(2, 9): 2, (2, 10): 2}, by=sue, at=at)
    assert clocks(WEDNESDAY, at) == ["09:30", "10:15"]
    sue.left_at = at
    sue.save()
    books(at, rng)
    assert clocks(WEDNESDAY, at) == ["09:30"]
    with pytest.raises(TooManyPlaces):
        plan_places(skill=skill, places={(2, 9): 2}, by=supervisor_of(at), at=at)
    with pytest.raises(MayNotPlan):
        plan_places(skill=skill, places={}, by=dora, at=at)
    assert [each.skill.name for each in plans(at=TEN)] == [SKILL]


def supervisor_of(at: datetime) -> User:
    return User.objects.create_user(
        email="other@calls.example", full_name="Other Caller", role=Role.SUPERVISOR, joined_at=at
    )


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
@pytest.mark.parametrize(
    "starts_at",
    [
        TEN + timedelta(minutes=5),
        at_london(WEDNESDAY, time(17, 30)),
        at_london(date(2027, 3, 6), time(8)),
        at_london(date(2027, 3, 2), time(10, 15)),
        at_london(date(2027, 4, 20), time(8)),
    ],
    ids=["between", "after closing", "saturday", "too soon", "too far ahead"],
)
def test_time_that_is_not_offered_cannot_be_booked(
    open_hours: None, at: datetime, rng: Random, starts_at: datetime
) -> None:
    with pytest.raises(TimeTaken):
        books(at, rng, wish(starts_at))
    assert not Appointment.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_full_time_is_refused_and_the_database_forbids_what_is_beyond_the_room(
    open_hours: None, at: datetime, rng: Random
) -> None:
    first = books(at, rng)
    with pytest.raises(TimeTaken):
        books(at, rng, wish(phone="07700 900457", name="Nuala Finch"))
    taken = first.places.order_by("starts_at")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentPlace.objects.create(
            appointment=first, skill=SKILL, starts_at=taken.starts_at, number=0, of=1
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentPlace.objects.create(
            appointment=first, skill=SKILL, starts_at=taken.starts_at, number=1, of=1
        )


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_overfill_a_time(open_hours: None, hire: Hire, at: datetime) -> None:
    """Six browsers want the same time, and two places are free in it."""
    planner = hire("Petra", role=Role.PLANNER)
    places = dict.fromkeys(OFFICE_HOURS, 2)
    plan_places(skill=Skill.objects.get(name=SKILL), places=places, by=planner, at=at)
    drafts = [new_draft(at, Random(seed)).pk for seed in range(6)]
    barrier, outcomes = threading.Barrier(6), []

    def press(number: int, draft: UUID) -> None:
        asked = wish(phone=f"0770090046{number}", name=f"Visitor Number{'ABCDEF'[number]}")
        barrier.wait(20)
        try:
            book_own_call(draft_id=draft, wish=asked, at=at, rng=Random(100 + number))
            outcomes.append("booked")
        except TimeTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=each) for each in enumerate(drafts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert sorted(outcomes) == ["booked"] * 2 + ["taken"] * 4
    assert Appointment.objects.count() == 2
    used = AppointmentPlace.objects.values_list("starts_at", "number")
    assert len(used) == 6
    assert len(set(used)) == 6


@pytest.mark.django_db
def test_form_has_one_call_and_a_number_only_a_few(open_hours: None, at: datetime, rng: Random) -> None:
    draft = new_draft(at, rng)
    book_own_call(draft_id=draft.pk, wish=wish(), at=at, rng=rng)
    with pytest.raises(BookedAlready):
        book_own_call(draft_id=draft.pk, wish=wish(TEN + timedelta(days=1)), at=at, rng=rng)
    for days in (1, 2):
        books(at, rng, wish(TEN + timedelta(days=days)))
    with pytest.raises(EnoughCalls):
        books(at, rng, wish(TEN + timedelta(days=5)))
    with pytest.raises(NotANumber):
        books(at, rng, wish(TEN + timedelta(days=5), phone="the usual one"))


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


def in_a_call(dora: User, at: datetime, rng: Random, **known: str) -> Enquiry:
    """A contact at the desk about a Blue Badge, by somebody we know."""
    person = know_customer(
        introduction=Introduction(full_name="Moira O’Brien", **known),  # type: ignore[arg-type]
        at=at,
        rng=rng,
    )
    contact = take_contact_at_desk(channel="phone", came_from=PHONE, by=dora, at=at, rng=rng)
    say_who(contact_id=contact.pk, customer_id=person.pk, by=dora, at=at)
    return add_enquiry(contact_id=contact.pk, about=About("blue-badge/apply"), by=dora, at=at, rng=rng)


@pytest.mark.django_db
def test_advisor_books_and_the_form_begun_together_waits_for_the_call(
    open_hours: None, dora: User, at: datetime, rng: Random
) -> None:
    enquiry = in_a_call(dora, at, rng, email="moira@customer.example")
    assert number_to_ring(contact=enquiry.contact) == DIALLED
    draft = start_together(enquiry_id=enquiry.pk, by=dora, at=at, rng=rng)
    keep_answer(draft_id=draft.pk, question="applicant", value="person", at=at)
    asked = Asked(starts_at=TEN, phone=PHONE, words="Hard of hearing: let it ring.")
    booked = book_at_desk(enquiry_id=enquiry.pk, asked=asked, ends=True, by=dora, at=at, rng=rng)
    enquiry.refresh_from_db()
    assert enquiry.outcome == EnquiryOutcome.BOOKED
    assert enquiry.words.startswith("We ring at 10:15am on Wednesday 3 March 2027.")
    assert (booked.draft, booked.booked_by, booked.contact) == (draft, dora, enquiry.contact)
    assert [each.to for each in messages(booked, "booked")] == ["moira@customer.example"]

    begin_to_ring(appointment_id=booked.pk, by=dora, at=TEN)
    call = reached(appointment_id=booked.pk, by=dora, at=TEN, rng=rng)
    assert (call.service, call.enquiry) == ("blue-badge", "apply")
    assert call.contact.customer == booked.customer
    taken_up = draft_together(enquiry=call, at=TEN)
    assert taken_up is not None
    assert (taken_up.pk, taken_up.channel) == (draft.pk, "phone")
    assert taken_up.answers["applicant"] == "person"
    booked.refresh_from_db()
    assert (booked.outcome, booked.ended_at) == ("kept", TEN)
    closed = close_enquiry(
        enquiry_id=call.pk, outcome=EnquiryOutcome.ANSWERED, words="", ends=True, by=dora, at=TEN
    )
    assert (closed.proposed_type, closed.because[0]["rule"]) == ("value", "we rang them at a time they chose")
    assert events(booked) == ["call booked", "call taken", "call kept"]


@pytest.mark.django_db
def test_nobody_is_booked_without_a_name(open_hours: None, dora: User, at: datetime, rng: Random) -> None:
    contact = take_contact_at_desk(channel="phone", came_from=PHONE, by=dora, at=at, rng=rng)
    enquiry = add_enquiry(contact_id=contact.pk, about=About("blue-badge/apply"), by=dora, at=at, rng=rng)
    with pytest.raises(NoCustomer):
        book_at_desk(enquiry_id=enquiry.pk, asked=Asked(TEN, PHONE), ends=False, by=dora, at=at, rng=rng)


@pytest.mark.django_db
def test_missed_call_is_told_counted_and_made_up_for(
    open_hours: None, dora: User, sue: User, hire: Hire, at: datetime, rng: Random
) -> None:
    booked = books(at, rng)
    with pytest.raises(NotYourCall):
        not_reached(appointment_id=booked.pk, by=dora, at=TEN, rng=rng)  # nobody has begun to ring
    begin_to_ring(appointment_id=booked.pk, by=dora, at=TEN)
    with pytest.raises(SomebodyElseRings):
        begin_to_ring(appointment_id=booked.pk, by=sue, at=TEN)
    first = not_reached(appointment_id=booked.pk, by=dora, at=TEN, rng=rng)
    assert (first.is_missed, first.appointment.attempts) == (False, 1)
    assert messages(booked, "missed") == []
    again_at = TEN + timedelta(minutes=15)
    begin_to_ring(appointment_id=booked.pk, by=sue, at=again_at)
    second = not_reached(appointment_id=booked.pk, by=sue, at=again_at, rng=rng)
    assert second.is_missed
    assert second.told is not None
    assert "could not reach you" in second.told.body
    assert f"/track/{booked.reference}" in second.told.body
    assert list(calls_to_ring(user=dora, at=again_at)) == []
    by = customer(booked.customer_id)
    friday = TEN + timedelta(days=2)
    new = book_again(appointment_id=booked.pk, starts_at=friday, by=by, at=again_at, rng=rng)
    assert (new.instead_of, new.draft, new.phone) == (booked, booked.draft, DIALLED)
    assert times_missed(appointment=new) == [booked]
    with pytest.raises(AppointmentOver):
        book_again(appointment_id=booked.pk, starts_at=friday, by=by, at=again_at, rng=rng)
    assert events(booked) == ["call booked", "call taken", "call tried", "call taken", "call missed"]


@pytest.mark.django_db
def test_calls_are_listed_for_who_holds_the_skill(
    open_hours: None, dora: User, hire: Hire, at: datetime, rng: Random
) -> None:
    owen = hire("Owen", "highways")
    tomorrow = books(at, rng)
    assert list(calls_to_come(user=dora, at=at)) == [tomorrow]
    assert list(calls_to_ring(user=dora, at=at)) == []
    assert list(calls_to_ring(user=dora, at=TEN)) == [tomorrow]
    assert list(calls_to_ring(user=dora, at=TEN + timedelta(days=1))) == [
        tomorrow
    ]  # nobody rang: it still stands
    assert list(calls_to_ring(user=owen, at=TEN)) == []
    with pytest.raises(NotYourCall):
        begin_to_ring(appointment_id=tomorrow.pk, by=owen, at=TEN)


@pytest.mark.django_db
def test_form_that_is_sent_meanwhile_cancels_the_call(
    open_hours: None, officers: dict[str, list[User]], at: datetime, rng: Random
) -> None:
    draft = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
    asked = wish(name="Siobhán O’Rourke-Ní Dhuibhne", email="siobhan@customer.example")
    booked = book_own_call(draft_id=draft, wish=asked, at=at, rng=rng)
    case = open_case_from_draft(draft_id=draft, at=at, rng=rng)
    booked.refresh_from_db()
    assert booked.cancelled_because == Cancelled.NOT_NEEDED
    assert case.customer == booked.customer
    assert len(messages(booked, "cancelled")) == 1


@pytest.mark.django_db
def test_closed_day_has_no_free_times_and_its_calls_can_be_called_off(
    open_hours: None, dora: User, sue: User, at: datetime, rng: Random
) -> None:
    booked = books(at, rng)
    standing = close_for_calls(on=WEDNESDAY, skill=None, because="Training", by=sue, at=at)
    assert standing == [booked]
    assert clocks(WEDNESDAY, at) == []
    closed = ClosedDay.objects.get()
    close_for_calls(on=WEDNESDAY, skill=None, because="Training", by=sue, at=at)
    assert ClosedDay.objects.count() == 1
    assert call_off_day(closed=closed, by=sue, at=at, rng=rng) == 1
    booked.refresh_from_db()
    assert booked.cancelled_because == Cancelled.US
    [sent] = messages(booked, "called off")
    assert "Choose another time" in sent.body
    new = book_again(
        appointment_id=booked.pk,
        starts_at=TEN + timedelta(days=1),
        by=customer(booked.customer_id),
        at=at,
        rng=rng,
    )
    assert times_missed(appointment=new) == []
    open_again(closed_id=closed.pk, by=sue, at=at)
    assert clocks(WEDNESDAY, at) != []
    with pytest.raises(DayGone):
        close_for_calls(on=date(2027, 3, 1), skill=None, because="", by=sue, at=at)
    with pytest.raises(MayNotPlan):
        close_for_calls(on=WEDNESDAY, skill=None, because="", by=dora, at=at)


@pytest.mark.django_db
def test_copy_of_a_persons_data_has_their_calls_and_they_go_in_their_time(
    open_hours: None, dora: User, sue: User, at: datetime, rng: Random
) -> None:
    booked = books(at, rng)
    assert booked.customer is not None
    held = held_of(customer=booked.customer, seen_by=sue)
    [call] = held.blocks["calls"]
    assert (call["at"], call["phone"], call["service"]) == (TEN, DIALLED, "blue-badge")
    begin_to_ring(appointment_id=booked.pk, by=dora, at=TEN)
    Draft.objects.all().delete()
    years_later = at + timedelta(days=4 * 366)
    Delivery.objects.update(done_at=at)
    while erase_past(at=years_later):
        continue
    assert not Appointment.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_call_about_a_case_stands_on_the_case(
    open_hours: None, apply_for: Apply, dora: User, at: datetime, rng: Random
) -> None:
    case = apply_for()
    contact = take_contact_at_desk(channel="phone", came_from="", by=dora, at=at, rng=rng)
    enquiry = add_enquiry(contact_id=contact.pk, about=About(case_id=case.pk), by=dora, at=at, rng=rng)
    asked = Asked(starts_at=TEN, phone=PHONE)
    booked = book_at_desk(enquiry_id=enquiry.pk, asked=asked, ends=True, by=dora, at=at, rng=rng)
    assert booked.case == case
    shown = JournalEntry.objects.get(event="call booked")
    assert (shown.case_id, shown.shown) == (case.pk, True)
    assert Case.objects.get(pk=case.pk).appointments.count() == 1
