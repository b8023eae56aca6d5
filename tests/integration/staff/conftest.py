"""Members of staff who sign in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from frontdoor.staff.models import Role, User

NewUser = Callable[..., User]
PASSWORD = "three plain words here"
LOGIN = "/staff/account/login/"


@pytest.fixture
def now() -> datetime:
    """Just before the pages' own clock."""
    return timezone.now() - timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _no_tries_counted(db: None) -> None:
    """Failed tries of other tests do not count in this one."""
    cache.clear()


@pytest.fixture
def new_user(db: None, now: datetime) -> NewUser:
    """Makes a member of staff with a password."""

    def make(name: str, role: Role = Role.OFFICER) -> User:
        email = f"{name.split()[0].lower()}@council.example"
        return User.objects.create_user(
            email=email, password=PASSWORD, full_name=name, role=role, joined_at=now
        )

    return make


@pytest.fixture
def alice(new_user: NewUser) -> User:
    """An officer."""
    return new_user("Alice Ashdown")


@pytest.fixture
def admin(new_user: NewUser) -> User:
    """An administrator."""
    return new_user("Rafael Rowan", Role.ADMINISTRATOR)


def signed_in(user: User, password: str = PASSWORD) -> Client:
    """A browser in which this person has signed in by the page."""
    client = Client()
    answer = client.post(LOGIN, {"login": user.email, "password": password})
    assert answer.status_code == 302
    return client
