"""A customer asks to be rung, changes the time and cancels, all without scripts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from frontdoor.cases.models import Appointment, Case, Draft
from frontdoor.contacts.models import Delivery
from frontdoor.demo.calls import make_room
from frontdoor.handling.appointments.ringing import begin_to_ring, not_reached
from frontdoor.staff.models import Role, Skill, SkillHeld, User
from tests.integration.public.conftest import Browser, apply_for_card, newest_code, problems, text, where

BADGE = "/apply/blue-badge"
MOIRA = {"full_name": "Moira O’Brien", "phone": "07700 900456", "email": "moira@customer.example"}


@pytest.fixture
def dora(teams: None) -> User:
    """An advisor who rings; a planner has made room."""
    at = timezone.now()
    User.objects.create_user(
        email="petra@calls.example", full_name="Petra Plan", role=Role.PLANNER, joined_at=at
    )
    advisor = User.objects.create_user(
        email="dora@calls.example", full_name="Dora Dale", role=Role.ADVISOR, joined_at=at
    )
    skill, _ = Skill.objects.get_or_create(name="blue badge")
    SkillHeld.objects.create(user=advisor, skill=skill, since_on=date(2020, 1, 1))
    make_room(at=at)
    return advisor


def times(page: Any) -> list[str]:
    return re.findall(r'name="starts_at" value="([^"]+)"', text(page))


def books(browser: Browser, place: int = 0, **typed: str) -> Any:
    """From the page of the service to the page of the call."""
    page = browser.go(f"{BADGE}/begin", then="call")
    assert where(page) == f"{BADGE}/call"
    chosen = browser.go(f"{BADGE}/call", starts_at=times(page)[place])
    assert where(chosen) == f"{BADGE}/call/number"
    return browser.go(f"{BADGE}/call/number", time=times(page)[place], **{**MOIRA, **typed})


def test_customer_books_from_the_page_of_the_service(dora: User, alice: Browser) -> None:
    assert "Book a call" in text(alice.go("/services/blue-badge/"))
    assert "Book a call" not in text(alice.go("/services/street-problem/"))
    page = books(alice)
    assert where(page) == "/track/call"
    call = Appointment.objects.get()
    assert "Your call is booked" in text(page)
    assert str(call.reference) in text(page)
    assert "ends in 456" in text(page)
    assert "07700 900456" not in text(page)
    file = alice.get("/track/call/appointment.ics")
    assert file["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(file.content).walk("VEVENT")[0].decoded("dtstart") == call.at
    again = alice.go(f"{BADGE}/call")
    assert where(again) == "/track/call"  # it is booked for this form: nothing is booked twice


def test_what_was_typed_before_stays_for_the_call(dora: User, alice: Browser) -> None:
    page = books(alice)
    assert "Go on filling in the form yourself" in text(page)
    alice.go(f"{BADGE}/leave", leave="now")
    assert Appointment.objects.get().draft == Draft.objects.get()


def test_form_offers_a_call_on_every_page_where_there_are_calls(dora: User, alice: Browser) -> None:
    assert "fill it in together" in text(alice.go(f"{BADGE}/begin", start="now"))
    assert "fill it in together" not in text(alice.go("/apply/library-card/begin", start="now"))
    assert alice.get("/apply/library-card/call").status_code == 404


def test_mistakes_are_said_beside_the_fields(dora: User, alice: Browser) -> None:
    page = alice.go(f"{BADGE}/begin", then="call")
    assert problems(alice.go(f"{BADGE}/call", starts_at="soon")) == ["Select a time"]
    typed = {"full_name": "", "phone": "none", "email": "at home"}
    wrong = alice.go(f"{BADGE}/call/number", time=times(page)[0], **typed)
    assert problems(wrong) == [
        "Enter your full name",
        "Enter a phone number, like 01632 960 001",
        "Enter an email address in the correct format, like name@example.com",
    ]
    assert where(alice.go(f"{BADGE}/call/number", time="never", **MOIRA)) == f"{BADGE}/call"


def test_time_taken_meanwhile_is_said_and_another_offered(dora: User, alice: Browser, eve: Browser) -> None:
    page = alice.go(f"{BADGE}/begin", then="call")
    first = times(page)[0]
    books(eve, full_name="Eve Finch", phone="07700 900457", email="eve@customer.example")
    taken = alice.go(f"{BADGE}/call/number", time=first, **MOIRA)
    assert where(taken) == f"{BADGE}/call"
    assert problems(taken) == ["This time has just been taken. Select another one."]
    assert first not in times(taken)


def test_no_free_time_is_said_with_the_number_to_call(teams: None, alice: Browser) -> None:
    assert "No time is free" in text(alice.go(f"{BADGE}/begin", then="call"))


def opens(browser: Browser, reference: str, surname: str = "O’Brien") -> Any:
    """By reference, surname and code, as from the link of a message."""
    assert reference in text(browser.go(f"/track/{reference}"))
    found = browser.go("/track", reference=reference, surname=surname)
    if where(found) != "/track/call/code":
        return found
    browser.go("/track/call/code", route="0")
    return browser.go("/track/call/enter", code=newest_code())


def test_customer_opens_the_call_with_a_code_changes_and_cancels_it(
    dora: User, alice: Browser, eve: Browser
) -> None:
    books(alice)
    call = Appointment.objects.get()
    reference = str(call.reference)
    assert problems(opens(eve, reference, "Finch")) != []
    assert eve.get("/track/call").status_code == 410
    page = opens(eve, reference)
    assert where(page) == "/track/call"
    change = eve.go("/track/call/change")
    other = times(change)[4]
    moved = eve.go("/track/call/change", starts_at=other)
    assert "The time of your call is changed" in text(moved)
    call.refresh_from_db()
    assert (call.at.isoformat(), call.sequence) == (other, 1)
    assert problems(eve.go("/track/call/change", starts_at="")) == ["Select a time"]
    assert "Cancel the call?" in text(eve.go("/track/call/cancel"))
    gone = eve.go("/track/call/cancel", sure="yes")
    assert "This call is cancelled" in text(gone)
    assert Delivery.objects.filter(key__startswith=f"call:{call.pk}:cancelled").count() == 1
    assert b"METHOD:CANCEL" in eve.get("/track/call/appointment.ics").content
    assert where(eve.go("/track/call/cancel")) == "/track/call"
    cleared = eve.go("/track/sign-out", out="now")
    assert where(cleared) == "/cleared"
    assert eve.get("/track/call").status_code == 410


def test_wrong_code_opens_nothing(dora: User, alice: Browser, eve: Browser) -> None:
    books(alice)
    reference = str(Appointment.objects.get().reference)
    eve.go("/track", reference=reference, surname="O’Brien")
    eve.go("/track/call/code", route="0")
    code = newest_code()
    wrong = f"{(int(code) + 1) % 100000:05d}"
    assert problems(eve.go("/track/call/enter", code=wrong)) != []
    assert eve.get("/track/call").status_code == 410


def test_missed_call_offers_another_time(dora: User, alice: Browser) -> None:
    books(alice)
    call = Appointment.objects.get()
    for minutes in (0, 20):
        at = call.at + timedelta(minutes=minutes)
        begin_to_ring(appointment_id=call.pk, by=dora, at=at)
        not_reached(appointment_id=call.pk, by=dora, at=at, rng=Random(1))
    page = alice.go("/track/call")
    assert "We could not reach you" in text(page)
    assert "Choose another time" in text(page)
    new = alice.go("/track/call/change", starts_at=times(alice.go("/track/call/change"))[0])
    assert "Your call is booked" in text(new)
    assert Appointment.objects.get(instead_of=call).at != call.at


def test_call_about_a_case_is_reached_from_its_page(dora: User, alice: Browser) -> None:
    reference = apply_for_card(alice)
    books(alice)
    call = Appointment.objects.get()
    alice.go("/track", reference=reference, surname="O’Neill")
    alice.go("/track/code", route="0")
    shown = alice.go("/track/enter", code=newest_code())
    assert "Our call" not in text(shown)
    Appointment.objects.filter(pk=call.pk).update(case=Case.objects.get(reference=reference))
    assert "Change or cancel it" in text(alice.go("/track/case"))
    assert where(alice.go("/track/case/call/1")) == "/track/call"
    assert alice.get("/track/case/call/2").status_code == 404
