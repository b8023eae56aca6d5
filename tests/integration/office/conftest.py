"""Alice owns the case, Bob is in her team, Charlie must be refused; and a case of theirs to work on."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.cases.models import Case, Evidence
from frontdoor.catalogue.published import publish
from frontdoor.contacts.actions import store_file
from frontdoor.handling.allotting import give_case
from frontdoor.handling.opening import Application, open_case
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import Role, Team, User

NewUser = Callable[..., User]
NewCase = Callable[..., Case]
SignIn = Callable[[User], Client]
PASSWORD = "three plain words here"
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\xdd\x9a\xe2\x9d\x00\x00\x00\x00IEND\xaeB`\x82"
)
ANSWERS: dict[str, Json] = {
    "applicant": "person",
    "full_name": "Moira O’Brien",
    "born_on": "1951-05-07",
    "email": "moira@customer.example",
    "home_address": {"lines": ["14 Alder Rise"], "town": "Thornbeck", "postcode": "ZW3 4QP"},
    "has_badge": "never",
    "sr1": False,
    "may_check_address": True,
    "benefit": "pip",
    "moving_around": 8,
    "planning_journeys": "F",
    "award_length": "ongoing",
    "contact_by": "email",
}


@pytest.fixture
def now() -> datetime:
    """The pages read the real clock, so that what the tests prepare lies just before it."""
    return timezone.now() - timedelta(minutes=5)


@pytest.fixture
def blue_badge_team(db: None) -> Team:
    """The team that owns the service of these cases."""
    return Team.objects.create(name="Blue Badge team")


@pytest.fixture
def highways_team(db: None) -> Team:
    """Another team."""
    return Team.objects.create(name="Highways team")


@pytest.fixture
def new_user(db: None, now: datetime) -> NewUser:
    """Makes a member of staff with a password."""

    def make(name: str, *teams: Team, role: Role = Role.OFFICER) -> User:
        email = f"{name.split()[0].lower()}@council.example"
        user = User.objects.create_user(
            email=email, password=PASSWORD, full_name=name, role=role, joined_at=now
        )
        user.teams.set(teams)
        return user

    return make


@pytest.fixture
def alice(new_user: NewUser, blue_badge_team: Team) -> User:
    """Owns the case."""
    return new_user("Alice Ashdown", blue_badge_team)


@pytest.fixture
def bob(new_user: NewUser, blue_badge_team: Team) -> User:
    """Is in Alice's team."""
    return new_user("Bob Birchall", blue_badge_team)


@pytest.fixture
def charlie(new_user: NewUser, highways_team: Team) -> User:
    """Is an officer of another team."""
    return new_user("Charlie Croft", highways_team)


@pytest.fixture
def new_case(blue_badge_team: Team, now: datetime, rng: random.Random) -> NewCase:
    """Opens a Blue Badge case in which only the PIP letter is of use; anything of the answers may be given."""

    def make(*, owner: User | None = None, at: datetime | None = None, **answers: Json) -> Case:
        opened_at = at or now
        papers = {
            kind: store_file(
                name="letter.png", content_type="image/png", content=PICTURE, at=opened_at, rng=rng
            )
            for kind in ("pip letter", "identity", "photo")
        }
        case = open_case(
            application=Application(
                pack=publish(service="blue-badge", at=opened_at),
                answers={**ANSWERS, **answers},
                channel="web",
                files=tuple(papers.items()),
            ),
            at=opened_at,
            rng=rng,
        )
        Evidence.objects.filter(case=case).exclude(kind="pip letter").delete()  # found to be of no use
        if owner is not None:
            give_case(case_id=case.pk, revision=None, to=owner, by=owner, at=opened_at)
        case.refresh_from_db()
        return case

    return make


@pytest.fixture
def case(new_case: NewCase, alice: User) -> Case:
    """Alice's case."""
    return new_case(owner=alice)


@pytest.fixture
def sign_in() -> SignIn:
    """Signs somebody in by the page itself."""

    def enter(user: User) -> Client:
        client = Client()
        answer = client.post("/staff/account/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302
        return client

    return enter


@pytest.fixture
def dora(new_user: NewUser) -> User:
    """An advisor of no team."""
    return new_user("Dora Dale", role=Role.ADVISOR)


@pytest.fixture
def desk(dora: User, sign_in: SignIn) -> Client:
    """Her browser."""
    return sign_in(dora)
