"""Cases as they are in use: made by the real stories, sent by a sender that remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from uuid import UUID

import pytest
from django.db import transaction

from frontdoor.cases.models import Case, Timer
from frontdoor.catalogue.published import our_council
from frontdoor.channels.messages import CALENDAR, CannotSendNow, Channel, OutgoingMessage, Sent, Status
from frontdoor.contacts.models import Delivery
from frontdoor.demo.answers import filled
from frontdoor.demo.papers import paper
from frontdoor.forms.asking import evidence_asked
from frontdoor.handling.allotting import give_case
from frontdoor.handling.applying import add_file, known_draft, locked_draft, start_draft, touch_draft
from frontdoor.handling.calculating import calculators_for
from frontdoor.handling.deliveries import send_delivery
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.ports import plug, ports
from frontdoor.handling.timers import fire_timer
from frontdoor.handling.uploading import take_file
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import Role, Team, User

BLUE_BADGE: dict[str, Json] = {
    "applicant": "person",
    "full_name": "Siobhán O’Rourke-Ní Dhuibhne",
    "born_on": "1979-05-11",
    "email": "siobhan@customer.example",
    "phone": "07700 900123",
    "contact_by": "email",
    "home_address": {"lines": ["14 Alder Rise"], "town": "Thornbeck", "postcode": "ZW3 4QP"},
    "has_badge": "never",
    "sr1": False,
    "benefit": "pip",
    "moving_around": 8,
    "award_length": "ongoing",
    "may_check_address": False,
    "delivery": "home",
}


@dataclass
class Remembered:
    """A supplier that remembers what it took over; `is_down` makes it refuse for now."""

    is_down: bool = False
    sent: list[tuple[datetime, OutgoingMessage]] = field(default_factory=list)
    carries: frozenset[Channel] = frozenset({"email", "text", "letter"})
    attaches: frozenset[str] = frozenset({CALENDAR})

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        """Take it over."""
        if self.is_down:
            raise CannotSendNow("The supplier does not answer.")
        self.sent.append((at, message))
        return Sent(supplier_id=f"s-{message.id}", status=Status.DELIVERED, at=at)

    def status(self, supplier_id: str) -> Status:
        """Where it stands."""
        return Status.DELIVERED


@pytest.fixture
def supplier() -> Iterator[Remembered]:
    """The supplier of every channel."""
    own, remembered = ports(), Remembered()
    plug(replace(own, senders=dict.fromkeys(("email", "text", "letter"), remembered), scanner=None))
    yield remembered
    plug(own)


@pytest.fixture
def officers(transactional_or_not: None, at: datetime) -> dict[str, list[User]]:
    """Two officers in each team of the council, by team."""
    return make_officers(at)


def make_officers(at: datetime) -> dict[str, list[User]]:
    """Every team of the council with two officers."""
    made: dict[str, list[User]] = {}
    for number, described in enumerate(our_council().teams):
        team = Team.objects.create(name=described.name, services=list(described.services))
        made[described.name] = [
            _officer(f"{name.lower()}{number}@council.example", name, team, at) for name in ("Alice", "Bob")
        ]
    return made


def _officer(email: str, name: str, team: Team, at: datetime) -> User:
    user = User.objects.create_user(email=email, full_name=f"{name} Example", role=Role.OFFICER, joined_at=at)
    user.teams.add(team)
    return user


Apply = Callable[..., Case]


def finished_draft(
    *, service: str, said: dict[str, Json], at: datetime, rng: Random, brings: tuple[str, ...] | None = None
) -> UUID:
    """A draft that is ready to be sent; `brings` names the evidence it has, None for all that is asked. Its id."""
    draft = start_draft(service=service, channel="web", at=at, rng=rng)
    with transaction.atomic():
        draft = locked_draft(draft.pk, at)
    known = known_draft(draft=draft, at=at)
    draft.answers = filled(
        form=known.pack.form,
        said=said,
        given=known.given,
        calculators=calculators_for(at=at, service=service, customer_id=None),
        today=day_of(at),
        rng=rng,
    )
    known = known_draft(draft=touch_draft(draft, at), at=at)
    for kind in evidence_asked(
        form=known.pack.form, facts=known.facts.values, not_asked=known.facts.not_asked
    ):
        if brings is None or kind.name in brings:
            name, content = paper(title=kind.title, accepts=kind.accepts, rng=rng)
            file = take_file(name=name, content=content, accept=kind.accepts, at=at, rng=rng)
            add_file(draft_id=draft.pk, kind=kind.name, file=file, at=at)
    return draft.pk


@pytest.fixture
def apply_for(
    transactional_or_not: None,
    at: datetime,
    rng: Random,
    supplier: Remembered,
    officers: dict[str, list[User]],
) -> Apply:
    """Makes a case by sending a finished form; a Blue Badge application unless told otherwise."""

    def make(
        service: str = "blue-badge",
        *,
        when: datetime = at,
        brings: tuple[str, ...] | None = None,
        owned: bool = False,
        **said: Json,
    ) -> Case:
        answers = {**BLUE_BADGE, **said}
        draft = finished_draft(service=service, said=answers, at=when, rng=rng, brings=brings)
        case = open_case_from_draft(draft_id=draft, at=when, rng=rng)
        if owned:
            alice = officers[case.team.name][0]
            case = give_case(case_id=case.pk, revision=case.revision, to=alice, by=alice, at=when)
        return case

    return make


@pytest.fixture
def transactional_or_not(request: pytest.FixtureRequest) -> None:
    """The database as the test wants it: real commits where it says so."""
    marker = request.node.get_closest_marker("django_db")
    is_real = marker is not None and marker.kwargs.get("transaction")
    request.getfixturevalue("transactional_db" if is_real else "db")


def let_time_pass(until: datetime, rng: Random) -> None:
    """Fire every timer and send every delivery when it is due, in order, as the worker would."""
    while True:
        timer = (
            Timer.objects.filter(done_at=None, lapsed_at=None, next_try_at__lte=until)
            .order_by("next_try_at", "pk")
            .first()
        )
        delivery = (
            Delivery.objects.filter(done_at=None, next_try_at__lte=until)
            .order_by("next_try_at", "pk")
            .first()
        )
        due = [each for each in (timer, delivery) if each is not None]
        if not due:
            return
        first = min(due, key=lambda each: each.next_try_at or until)
        at = first.next_try_at or until
        if isinstance(first, Timer):
            fire_timer(timer_id=first.pk, at=at, rng=rng)
        else:
            send_delivery(delivery_id=first.pk, at=at, rng=rng)
