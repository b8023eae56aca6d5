"""The agenda of the demo council's set clock never tells of a row as it was before somebody wrote to its table."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from frontdoor.contacts.models import Delivery
from frontdoor.demo.agenda import Agenda, Row

LATER = timedelta(hours=1)


def _queue(number: int, due_at: datetime) -> Delivery:
    key = UUID(int=number)
    return Delivery.objects.create(
        id=key, key=str(key), channel="email", to="a@customer.example", created_at=due_at, next_try_at=due_at
    )


@pytest.mark.any_database
@pytest.mark.django_db
def test_what_is_made_changed_or_done_is_seen_at_once(at: datetime) -> None:
    agenda = Agenda()
    with connection.execute_wrapper(agenda.notice):
        assert agenda.first() is None
        one, other = _queue(1, at), _queue(2, at + LATER)
        assert agenda.first() == Row(Delivery, one.pk, at)

        Delivery.objects.filter(pk=one.pk).update(next_try_at=at + 2 * LATER)
        assert agenda.first() == Row(Delivery, other.pk, at + LATER)

        other.done_at = at + LATER
        other.save(update_fields=["done_at"])
        assert agenda.first() == Row(Delivery, one.pk, at + 2 * LATER)
        Delivery.objects.all().delete()
        assert agenda.first() is None
