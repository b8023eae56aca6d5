"""Calls at a time the customer chose: free times, the room there is, who books."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from frontdoor.cases.actions.appointments import TimeTaken
from frontdoor.cases.models import (
    Appointment,
    AppointmentPlace,
    Cancelled,
    Case,
    EnquiryOutcome,
)
from frontdoor.contacts.models import Contact
from frontdoor.handling.applying import keep_answer
from frontdoor.handling.appointments.booking import (
    BookedAlready,
    EnoughCalls,
    NotANumber,
    book_own_call,
)
from frontdoor.handling.appointments.planning import (
    MayNotPlan,
    TooManyPlaces,
    plan_places,
    plans,
)
from frontdoor.handling.appointments.ringing import (
    begin_to_ring,
    reached,
)
from frontdoor.handling.appointments.times import NoCalls, free_days
from frontdoor.handling.desk.booking import Asked, NoCustomer, book_at_desk, number_to_ring
from frontdoor.handling.desk.drafts import draft_together
from frontdoor.handling.desk.enquiring import About, add_enquiry, close_enquiry
from frontdoor.handling.desk.filling import start_together
from frontdoor.handling.desk.taking import take_contact_at_desk
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london, day_of
from frontdoor.staff.models import Role, Skill, User
from tests.integration.handling.calls.making import (
    DIALLED,
    OFFICE_HOURS,
    PHONE,
    SKILL,
    TEN,
    WEDNESDAY,
    Hire,
    books,
    clocks,
    events,
    in_a_call,
    messages,
    new_draft,
    supervisor_of,
    wish,
)
from tests.integration.handling.conftest import BLUE_BADGE, Apply, Remembered, finished_draft


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
