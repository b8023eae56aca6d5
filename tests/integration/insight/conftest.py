"""Days that are counted already, tallies put there without the contacts that would make them; and who looks at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.insight.keeping import keep_month
from frontdoor.insight.models import Tally
from frontdoor.staff.models import Role, User

PASSWORD = "three plain words here"

Counted = Callable[..., None]


@pytest.fixture
def counted(db: None) -> Counted:
    """`counted(date, "blue-badge", "phone", received=12)`: so many of each; names with a slash go as a mapping."""

    def put(on: date, service: str, channel: str, counts: dict[str, int] | None = None, **more: int) -> None:
        spaced = {what.replace("_", " "): count for what, count in more.items()}
        for what, count in {**(counts or {}), **spaced}.items():
            Tally.objects.create(on=on, service=service, channel=channel, what=what, count=count)
        keep_month(on.replace(day=1))

    return put


SignedIn = Callable[[Role], Client]


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """A browser of somebody with a role."""

    def enter(role: Role) -> Client:
        joined_at = timezone.now() - timedelta(hours=1)
        user = User.objects.create_user(
            email="x@council.example", password=PASSWORD, full_name="X", role=role, joined_at=joined_at
        )
        client = Client()
        client.post("/staff/account/login/", {"login": user.email, "password": PASSWORD})
        return client

    return enter
