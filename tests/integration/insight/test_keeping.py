"""Two workers that count at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread
from time import sleep
from uuid import UUID

import pytest
from django.db import connections, transaction

from frontdoor.contacts.models import Contact, Conversation
from frontdoor.insight.keeping import keep_day
from frontdoor.insight.models import Tally

NOON = datetime(2027, 3, 2, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_day_that_two_workers_count_at_once_is_counted_by_one_after_the_other() -> None:
    key = UUID(int=1)
    conversation = Conversation.objects.create(id=key, started_at=NOON)
    Contact.objects.create(id=key, conversation=conversation, channel="phone", received_at=NOON)
    other = Counter()
    with transaction.atomic():
        rows = keep_day(NOON.date())
        other.start()
        sleep(0.5)  # it has come to the same day by now
    other.join()
    assert rows
    assert other.fault is None
    assert Tally.objects.count() == rows


class Counter(Thread):
    """Another worker's hand."""

    fault: Exception | None = None

    def run(self) -> None:
        try:
            keep_day(NOON.date())
        except Exception as fault:
            self.fault = fault
        finally:
            connections.close_all()
