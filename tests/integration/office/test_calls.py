"""Calls at the desk and in the plan, as a browser would do it: booked, rung, reached or not, and closed days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontdoor.cases.models import Appointment, ClosedDay, Draft, Enquiry, Places
from frontdoor.contacts.models import Contact, Customer
from frontdoor.contacts.safety import Wishes, keep_safe_contact
from frontdoor.demo.calls import make_room
from frontdoor.handling.applying import start_draft
from frontdoor.handling.appointments.booking import Wish, book_own_call
from frontdoor.handling.appointments.times import free_days
from frontdoor.staff.models import Role, Skill, SkillHeld, User
from tests.integration.office.conftest import NewUser, SignIn

DESK = "/staff/desk/"
RNG = Random(5)


@pytest.fixture
def dora(new_user: NewUser) -> User:
    """An advisor who may ring for Blue Badges."""
    user = new_user("Dora Dale", role=Role.ADVISOR)
    skill, _ = Skill.objects.get_or_create(name="blue badge")
    SkillHeld.objects.create(user=user, skill=skill, since_on=date(2020, 1, 1))
    return user


@pytest.fixture
def room(dora: User, new_user: NewUser) -> User:
    """A planner has made room."""
    planner = new_user("Petra Plan", role=Role.PLANNER)
    make_room(at=timezone.now())
    return planner


@pytest.fixture
def desk(dora: User, sign_in: SignIn) -> Client:
    """Her browser."""
    return sign_in(dora)


def reads(browser: Client, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def enquiry_about_a_badge(desk: Client, *, is_named: bool = True) -> tuple[str, Enquiry]:
    """A call in hand, about a Blue Badge; the address of its page."""
    page = str(desk.post(f"{DESK}begin/", {"q": "", "way": "phone", "came_from": "07700 900456"})["Location"])
    if is_named:
        known = {"full_name": "Moira O’Brien", "email": "moira@customer.example", "phone": "07700 900456"}
        desk.post(f"{page}new/", known)
    desk.post(f"{page}enquiries/", {"subject": "blue-badge/apply"})
    return page, Enquiry.objects.get(ended_at=None)


def booked_on_the_web(phone: str = "07700 900456") -> Appointment:
    at = timezone.now()
    draft = start_draft(service="blue-badge", channel="web", at=at, rng=RNG)
    start = free_days(service="blue-badge", at=at)[0].starts[0]
    wish = Wish(starts_at=start, full_name="Moira O’Brien", phone=phone, email="moira@customer.example")
    return book_own_call(draft_id=draft.pk, wish=wish, at=at, rng=RNG)


def is_due(appointment: Appointment) -> Appointment:
    """Its time has come."""
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    appointment.refresh_from_db()
    return appointment


def times_in(page: str) -> list[str]:
    return re.findall(r'name="starts_at" value="([^"]+)"', page)


def test_booked_at_the_desk_with_what_to_say(room: User, desk: Client, dora: User) -> None:
    page, enquiry = enquiry_about_a_badge(desk)
    assert "Book a call for later" in reads(desk, page)
    chosen = desk.post(f"{page}enquiries/{enquiry.pk}/close/", {"outcome": "booked", "words": "Rings back"})
    address = f"{page}enquiries/{enquiry.pk}/book/"
    assert chosen["Location"] == address
    shown = reads(desk, address)
    assert "07700 900456" in shown
    assert "Rings back" in shown
    assert re.search(r'id="starts_at" autofocus', shown)
    refused = desk.post(address, {"phone": "07700 900456", "then": "end"})
    assert "Select a time" in refused.content.decode()
    wrong = desk.post(address, {"starts_at": times_in(shown)[0], "phone": "none", "then": "end"})
    assert "Enter a phone number" in wrong.content.decode()
    fields = {
        "starts_at": times_in(shown)[-1],  # never today
        "phone": "07700 900456",
        "words": "Deaf in one ear",
        "then": "end",
    }
    assert desk.post(address, fields)["Location"] == DESK
    booked = Appointment.objects.get()
    assert (booked.booked_by, booked.words) == (dora, "Deaf in one ear")
    said = reads(desk, DESK)
    assert "Booked. Say: we ring you at" in said
    assert str(booked.reference) in said
    assert "told by email" in said
    assert "1 call on later days" in said
    assert booked.customer is not None
    assert booked.customer.full_name in reads(desk, f"{DESK}calls/")


def test_number_called_unsafe_is_rung_only_if_they_say_so_now(room: User, desk: Client) -> None:
    page, enquiry = enquiry_about_a_badge(desk)
    Customer.objects.get().points.filter(kind="phone").update(is_safe=False)
    address = f"{page}enquiries/{enquiry.pk}/book/"
    fields = {"starts_at": times_in(reads(desk, address))[0], "phone": "07700 900456", "then": "end"}
    asked = desk.post(address, fields).content.decode()
    assert "it is safe to ring this number" in asked
    assert not Appointment.objects.exists()
    desk.post(address, {**fields, "safe": "yes"})
    assert Appointment.objects.count() == 1


def test_nobody_is_booked_before_they_have_a_name(room: User, desk: Client) -> None:
    page, enquiry = enquiry_about_a_badge(desk, is_named=False)
    assert "Say first who it is" in reads(desk, f"{page}enquiries/{enquiry.pk}/book/")


def test_page_says_so_where_no_time_is_free(dora: User, desk: Client) -> None:
    page, enquiry = enquiry_about_a_badge(desk)
    assert "No time is free" in reads(desk, f"{page}enquiries/{enquiry.pk}/book/")


def test_service_without_calls_offers_none_and_booked_is_noted_as_said(room: User, desk: Client) -> None:
    page = str(desk.post(f"{DESK}begin/", {"q": "", "way": "phone"})["Location"])
    desk.post(f"{page}enquiries/", {"subject": "street-problem/report"})
    enquiry = Enquiry.objects.get()
    assert "Book a call for later" not in reads(desk, page)
    assert desk.get(f"{page}enquiries/{enquiry.pk}/book/").status_code == 302
    desk.post(f"{page}enquiries/{enquiry.pk}/close/", {"outcome": "booked", "words": "", "then": "end"})
    enquiry.refresh_from_db()
    assert enquiry.outcome == "booked"


def test_reached_opens_the_form_that_waits_for_the_call(room: User, desk: Client, dora: User) -> None:
    call = is_due(booked_on_the_web())
    shown = reads(desk, DESK)
    assert "Calls to make today" in shown
    assert "Moira O’Brien" in shown
    ring = f"{DESK}calls/{call.pk}/"
    assert "I ring them now" in reads(desk, ring)
    assert desk.post(ring)["Location"] == ring
    assert "07700 900456" in reads(desk, ring)
    on = desk.post(f"{ring}answered/")
    contact = Contact.objects.get(taken_by=dora)
    enquiry = Enquiry.objects.get(contact=contact)
    assert on["Location"] == f"{DESK}{contact.pk}/enquiries/{enquiry.pk}/form/"
    assert "fill in together" in reads(desk, on["Location"])
    assert Draft.objects.get().contact == contact
    assert contact.counts_as == "appointment"


def test_what_keeps_them_safe_stands_above_the_number(room: User, desk: Client, dora: User) -> None:
    call = booked_on_the_web()
    assert call.customer is not None
    assert "Heed this first" not in reads(desk, f"{DESK}calls/{call.pk}/")
    wishes = Wishes(times="Before noon", code_word="Marigold", no_messages=True)
    keep_safe_contact(customer=call.customer, wishes=wishes, by=dora, at=timezone.now())
    shown = reads(desk, f"{DESK}calls/{call.pk}/")
    for said in ("Heed this first", "Before noon", "Marigold", "Leave none"):
        assert said in shown


def test_not_reached_twice_is_missed_and_told(room: User, desk: Client) -> None:
    call = is_due(booked_on_the_web())
    ring = f"{DESK}calls/{call.pk}/"
    assert desk.post(f"{ring}unanswered/").status_code == 404  # nobody has begun to ring
    for said in ("Try once more", "Noted as missed"):
        desk.post(ring)
        desk.post(f"{ring}unanswered/")
        assert said in reads(desk, DESK)
    call.refresh_from_db()
    assert (call.outcome, call.attempts) == ("missed", 2)
    assert "This call is over" in reads(desk, ring)


def test_call_is_moved_or_cancelled_by_us(room: User, desk: Client) -> None:
    call = booked_on_the_web()
    ring = f"{DESK}calls/{call.pk}/"
    other = times_in(reads(desk, ring))[3]
    desk.post(f"{ring}change/", {"do": "change", "starts_at": other})
    call.refresh_from_db()
    assert call.at.isoformat() == other
    assert "Select a time" in desk.post(f"{ring}change/", {"do": "change"}, follow=True).content.decode()
    desk.post(f"{ring}change/", {"do": "cancel"})
    call.refresh_from_db()
    assert call.cancelled_because == "us"


def test_calls_are_for_who_holds_the_skill(
    room: User, new_user: NewUser, sign_in: SignIn, desk: Client
) -> None:
    call = is_due(booked_on_the_web())
    charlie = sign_in(new_user("Charlie Croft", role=Role.ADVISOR))
    assert "Calls to make today" not in reads(charlie, DESK)
    for page in ("", "answered/", "unanswered/", "change/"):
        assert charlie.post(f"{DESK}calls/{call.pk}/{page}").status_code == 404
    assert sign_in(room).get(f"{DESK}calls/").status_code == 403


def test_desk_costs_the_same_at_one_call_and_at_several(room: User, desk: Client, dora: User) -> None:
    counts = []
    for number in (1, 4):
        while Appointment.objects.count() < number:
            is_due(booked_on_the_web(f"0770090050{Appointment.objects.count()}"))
        with CaptureQueriesContext(connection) as seen:
            reads(desk, DESK)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_planner_says_how_many_at_once_and_closes_a_day(room: User, sign_in: SignIn) -> None:
    browser = sign_in(room)
    skill = Skill.objects.get(name="blue badge")
    page = f"/staff/call-times/?skill={skill.pk}"
    shown = reads(browser, page)
    assert "1 person holds this skill" in shown
    fields = dict.fromkeys(re.findall(r'name="(h-\d-\d+)"', shown), "0")
    browser.post(page, {**fields, "h-0-9": "1"})
    assert list(Places.objects.values_list("weekday", "hour", "places")) == [(0, 9, 1)]
    refused = browser.post(page, {**fields, "h-0-9": "2"}, follow=True).content.decode()
    assert "More calls at once than people" in refused
    make_room(at=timezone.now())
    call = booked_on_the_web()
    day = timezone.localtime(call.at).date()
    closed = browser.post(
        "/staff/call-times/close/", {"on": day.isoformat(), "because": "Training"}, follow=True
    )
    assert "1 call stands on it" in closed.content.decode()
    row = ClosedDay.objects.get()
    browser.post(f"/staff/call-times/closed/{row.pk}/", {"do": "call off"})
    call.refresh_from_db()
    assert call.cancelled_because == "us"
    browser.post(f"/staff/call-times/closed/{row.pk}/", {"do": "open"})
    assert not ClosedDay.objects.exists()
    gone = (timezone.now() - timedelta(days=3)).date().isoformat()
    assert (
        "This day is over"
        in browser.post("/staff/call-times/close/", {"on": gone}, follow=True).content.decode()
    )
    assert (
        "Enter the day"
        in browser.post("/staff/call-times/close/", {"on": "soon"}, follow=True).content.decode()
    )


def test_plan_is_for_planners_and_supervisors(room: User, desk: Client) -> None:
    assert desk.get("/staff/call-times/").status_code == 403
    assert desk.post("/staff/call-times/close/", {"on": "2027-01-04"}).status_code == 403
