"""Calls as customers and advisors book them, and what was sent and recorded of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from random import Random

from frontdoor.cases.models import (
    Appointment,
    Draft,
    Enquiry,
)
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Delivery
from frontdoor.handling.applying import keep_answer, start_draft
from frontdoor.handling.appointments.booking import (
    Wish,
    book_own_call,
)
from frontdoor.handling.appointments.times import free_days
from frontdoor.handling.desk.enquiring import About, add_enquiry
from frontdoor.handling.desk.taking import say_who, take_contact_at_desk
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london, london
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import Role, User

SKILL = "blue badge"
WEDNESDAY = date(2027, 3, 3)
TEN = at_london(WEDNESDAY, time(10, 15))
PHONE = "07700 900456"
DIALLED = "+447700900456"
OFFICE_HOURS = {(weekday, hour): 1 for weekday in range(5) for hour in range(8, 18)}
Hire = Callable[..., User]


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


def supervisor_of(at: datetime) -> User:
    return User.objects.create_user(
        email="other@calls.example", full_name="Other Caller", role=Role.SUPERVISOR, joined_at=at
    )


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
