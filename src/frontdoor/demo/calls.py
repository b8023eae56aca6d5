"""Calls that customers of the demo council booked: kept, missed and made up for, and some still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from frontdoor.cases.actions.appointments import AppointmentOver, TimeTaken
from frontdoor.cases.models import Appointment, EnquiryOutcome
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.actions import Introduction
from frontdoor.demo.customers import MadeUp, Town
from frontdoor.demo.hours import office_time
from frontdoor.demo.world import World
from frontdoor.handling.applying import keep_answer, pass_page, start_draft
from frontdoor.handling.appointments.booking import EnoughCalls, Wish, book_again, book_own_call
from frontdoor.handling.appointments.planning import plan_places, plans
from frontdoor.handling.appointments.ringing import (
    SomebodyElseRings,
    begin_to_ring,
    not_reached,
    reached,
    services_rung_by,
)
from frontdoor.handling.appointments.times import free_days
from frontdoor.handling.desk.booking import Asked, book_at_desk
from frontdoor.handling.desk.enquiring import About, add_enquiry, close_enquiry
from frontdoor.handling.desk.taking import contact_in_hand, say_who_is_new, take_contact_at_desk
from frontdoor.handling.people import customer
from frontdoor.kernel.clock import day_of
from frontdoor.staff.models import Role, User
from frontdoor.staff.skills import skills_on

SERVICES = ("blue-badge", "blue-badge", "crisis-support", "blue-badge", "complaint")
PAST_CALLS, EVERY = 18, timedelta(days=11)
TO_COME = 7
AT_ONCE, AT_LUNCH, LUNCH = 2, 1, 12
ANSWERS = 0.72
TALK = timedelta(minutes=18)
RINGS_AGAIN = timedelta(minutes=15)
FIRST_CUSTOMER = 30_000
SAID = (
    "Went through the form. They send the papers by post.",
    "They will ask their daughter and send the rest online.",
    "Explained who can get one. They want to think about it.",
    "Helped to find the number on the letter. They finish it by themselves.",
)


def make_room(*, at: datetime) -> None:
    """A planner has said for every skill how many calls may run at once."""
    planner = User.objects.filter(role=Role.PLANNER, is_active=True).order_by("pk")[0]
    for plan in plans(at=at):
        places = {
            (weekday, hour): min(AT_LUNCH if hour == LUNCH else AT_ONCE, plan.holders)
            for weekday in plan.weekdays
            for hour in plan.hours
        }
        plan_places(skill=plan.skill, places=places, by=planner, at=at)


@dataclass
class Calls:
    """Lets customers book calls, and advisors ring them, as the set clock goes on."""

    town: Town
    world: World
    seed: int

    def plan(self) -> None:
        """Some over the last months, and some that are to come when the demo begins."""
        for number in range(PAST_CALLS):
            at = office_time(self.world.until - TO_COME * EVERY / 7 - number * EVERY, self._rng(number))
            self.world.plan(at, lambda now, n=number: self._book(n, now, since=now))  # type: ignore[misc]
        for number in range(PAST_CALLS, PAST_CALLS + TO_COME):
            at = self.world.until - timedelta(hours=50 + number)
            self.world.plan(at, lambda now, n=number: self._book(n, now, since=self.world.until))  # type: ignore[misc]

    def _rng(self, number: int) -> Random:
        return Random(f"{self.seed}:call:{number}")

    def _book(self, number: int, at: datetime, since: datetime) -> None:
        rng = self._rng(number)
        service = SERVICES[number % len(SERVICES)]
        person = self.town.customer(FIRST_CUSTOMER + number, on=day_of(at), age=(24, 90))
        start = _time(service, at, since, rng)
        if start is None:
            return
        advisor = _advisor(service, at, rng)
        if number % 2 or advisor is None:
            booked = _on_the_web(service, person, start, at, rng)
        else:
            booked = _at_the_desk(service, person, start, advisor, at, rng)
        self._await(booked, rng)

    def _await(self, booked: Appointment, rng: Random) -> None:
        answers = rng.random() < ANSWERS
        late = timedelta(minutes=rng.uniform(0, 4))
        self.world.plan(booked.at + late, lambda now: self._ring(booked.pk, answers, now, rng))

    def _ring(self, appointment_id: UUID, answers: bool, at: datetime, rng: Random) -> None:
        """A call that would not be over by now is left for whoever opens the demo."""
        if at + TALK > self.world.until:
            return
        booked = Appointment.objects.get(pk=appointment_id)
        advisor = _advisor(booked.service, at, rng)
        if advisor is None or not booked.is_to_come:
            return
        try:
            begin_to_ring(appointment_id=appointment_id, by=advisor, at=at)
        except SomebodyElseRings:
            return
        if answers:
            enquiry = reached(appointment_id=appointment_id, by=advisor, at=at, rng=rng)
            close_enquiry(
                enquiry_id=enquiry.pk,
                outcome=EnquiryOutcome.ANSWERED,
                words=rng.choice(SAID),
                ends=True,
                by=advisor,
                at=at + TALK,
            )
            return
        rung = not_reached(appointment_id=appointment_id, by=advisor, at=at, rng=rng)
        if rung.is_missed:
            self.world.plan(
                at + timedelta(hours=rng.uniform(1, 40)), lambda now: self._again(appointment_id, now, rng)
            )
        else:
            self.world.plan(at + RINGS_AGAIN, lambda now: self._ring(appointment_id, False, now, rng))

    def _again(self, appointment_id: UUID, at: datetime, rng: Random) -> None:
        """Some who missed a call choose another time."""
        missed = Appointment.objects.get(pk=appointment_id)
        start = _time(missed.service, at, at, rng)
        if start is None or rng.random() < 0.4:
            return
        by = customer(missed.customer_id)
        try:
            new = book_again(appointment_id=appointment_id, starts_at=start, by=by, at=at, rng=rng)
        except (AppointmentOver, EnoughCalls, TimeTaken):
            return
        self._await(new, rng)


def _time(service: str, at: datetime, since: datetime, rng: Random) -> datetime | None:
    days = free_days(service=service, at=at, since=day_of(since))
    starts = [start for day in days for start in day.starts if start >= since]
    return rng.choice(starts[: 2 * len(days[0].starts)]) if starts else None


def _advisor(service: str, at: datetime, rng: Random) -> User | None:
    """Somebody who may ring for this service and has nobody on the line."""
    wanted = set(our_catalogue().pack(service).service.skills)
    able = [person for person, held in skills_on(on=day_of(at)).items() if wanted <= held.keys()]
    people = User.objects.filter(pk__in=able, role__in=(Role.ADVISOR, Role.OFFICER)).order_by("pk")
    free = [
        each
        for each in people
        if service in services_rung_by(each, at=at) and contact_in_hand(user=each) is None
    ]
    return rng.choice(free) if free else None


def _on_the_web(service: str, person: MadeUp, start: datetime, at: datetime, rng: Random) -> Appointment:
    draft = start_draft(service=service, channel="web", at=at, rng=rng)
    pass_page(draft_id=draft.pk, page="who", at=at)
    keep_answer(draft_id=draft.pk, question="full_name", value=person.full_name, at=at)
    wish = Wish(starts_at=start, full_name=person.full_name, phone=person.mobile, email=person.email)
    return book_own_call(draft_id=draft.pk, wish=wish, at=at, rng=rng)


def _at_the_desk(
    service: str, person: MadeUp, start: datetime, advisor: User, at: datetime, rng: Random
) -> Appointment:
    contact = take_contact_at_desk(channel="phone", came_from=person.mobile, by=advisor, at=at, rng=rng)
    introduction = Introduction(full_name=person.full_name, email=person.email, phone=person.mobile)
    say_who_is_new(contact_id=contact.pk, introduction=introduction, by=advisor, at=at, rng=rng)
    enquiry = add_enquiry(contact_id=contact.pk, about=About(service), by=advisor, at=at, rng=rng)
    asked = Asked(
        starts_at=start, phone=person.mobile, words=rng.choice(("", "Let it ring: slow on the stairs."))
    )
    return book_at_desk(enquiry_id=enquiry.pk, asked=asked, ends=True, by=advisor, at=at, rng=rng)
