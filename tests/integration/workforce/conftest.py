"""People with shifts: Alice and Bob take contacts, Petra plans, Charlie has left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from frontdoor.kernel.clock import at_london
from frontdoor.staff.models import Role, Skill, SkillHeld, User
from frontdoor.workforce.records.models import PartKind, Shift
from frontdoor.workforce.records.rotas.rota import PlannedPart, PlannedShift, put_shift

NewUser = Callable[..., User]
SignIn = Callable[[User], Client]
PASSWORD = "three plain words here"
AT = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
MONDAY, TUESDAY = date(2027, 3, 1), date(2027, 3, 2)


@pytest.fixture
def new_user(db: None) -> NewUser:
    """Makes a member of staff."""

    def make(name: str, role: Role = Role.ADVISOR) -> User:
        email = f"{name.split()[0].lower()}@council.example"
        return User.objects.create_user(
            email=email, password=PASSWORD, full_name=name, role=role, joined_at=AT - timedelta(days=400)
        )

    return make


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which this person is signed in."""

    def enter(user: User) -> Client:
        client = Client()
        answer = client.post("/staff/account/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302
        return client

    return enter


@pytest.fixture
def general(db: None) -> Skill:
    """What everybody can do."""
    return Skill.objects.create(name="general")


@pytest.fixture
def alice(new_user: NewUser, general: Skill) -> User:
    """Asks."""
    user = new_user("Alice Ashdown")
    SkillHeld.objects.create(user=user, skill=general, since_on=date(2026, 1, 1))
    return user


@pytest.fixture
def bob(new_user: NewUser, general: Skill) -> User:
    """Is asked."""
    user = new_user("Bob Birchall")
    SkillHeld.objects.create(user=user, skill=general, since_on=date(2026, 1, 1))
    return user


@pytest.fixture
def petra(new_user: NewUser) -> User:
    """Plans."""
    return new_user("Petra Poplar", Role.PLANNER)


def planned(user: User, on: date, begins: int = 9, ends: int = 17, lunch: int | None = 12) -> PlannedShift:
    """A shift in whole hours of London, with half an hour of lunch."""
    eats = at_london(on, time(lunch)) if lunch else None
    parts = [PlannedPart(PartKind.LUNCH, eats, eats + timedelta(minutes=30))] if eats else []
    return PlannedShift(user.pk, at_london(on, time(begins)), at_london(on, time(ends)), tuple(parts))


def shift(user: User, on: date, begins: int = 9, ends: int = 17, lunch: int | None = 12) -> Shift:
    """The same, written."""
    return put_shift(wanted=planned(user, on, begins, ends, lunch), shift_id=None, by=None, at=AT)
