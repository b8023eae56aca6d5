"""Rows to work on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from frontdoor.contacts.models import Delivery

NewDelivery = Callable[..., UUID]


@pytest.fixture
def new_delivery(at: datetime) -> NewDelivery:
    """Makes a delivery that has been due for a minute, unless told otherwise; returns its key."""

    def make(*, due_at: datetime | None = None, **fields: object) -> UUID:
        key = uuid4()
        Delivery.objects.create(
            id=key,
            key=str(key),
            channel="email",
            to="alice@customer.example",
            body="Hello",
            created_at=at,
            next_try_at=due_at or at - timedelta(minutes=1),
            **fields,
        )
        return key

    return make
