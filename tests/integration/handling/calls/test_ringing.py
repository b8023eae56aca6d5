"""Ringing, missed calls, closed days, and what is kept of calls."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest

from frontdoor.cases.actions.appointments import AppointmentOver
from frontdoor.cases.models import (
    Appointment,
    Cancelled,
    ClosedDay,
    Draft,
)
from frontdoor.contacts.models import Contact, Delivery
from frontdoor.handling.appointments.booking import (
    book_again,
)
from frontdoor.handling.appointments.planning import (
    DayGone,
    MayNotPlan,
    call_off_day,
    close_for_calls,
    open_again,
)
from frontdoor.handling.appointments.ringing import (
    NotYourCall,
    SomebodyElseRings,
    begin_to_ring,
    calls_to_come,
    calls_to_ring,
    not_reached,
    times_missed,
)
from frontdoor.handling.people import customer
from frontdoor.handling.rights.erasing import erase_past
from frontdoor.handling.rights.holding import held_of
from frontdoor.staff.models import User
from tests.integration.handling.calls.making import (
    DIALLED,
    TEN,
    WEDNESDAY,
    Hire,
    books,
    clocks,
    events,
    messages,
)


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
