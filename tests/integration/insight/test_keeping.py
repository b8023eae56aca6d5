"""Days counted, by two workers at the same moment, and their months added up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Thread
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction

from frontdoor.contacts.models import Contact, Conversation
from frontdoor.insight.keeping import keep_day
from frontdoor.insight.models import MonthTally, Tally
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope, read_once, sums_of
from tests.integration.insight.conftest import Counted

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


def test_month_is_its_days_added_up_and_a_period_of_both_is_right(counted: Counted) -> None:
    for on, count in (
        (date(2026, 5, 30), 3),
        (date(2026, 6, 1), 5),
        (date(2026, 6, 30), 7),
        (date(2026, 7, 2), 11),
    ):
        counted(on, "libraries", "phone", received=count)
        counted(on, "libraries", "email", received=1)
    june = MonthTally.objects.filter(month=date(2026, 6, 1), what="received")
    assert {row.channel: row.count for row in june} == {"phone": 12, "email": 2}
    over_both = sums_of(period=Period(date(2026, 5, 30), date(2026, 7, 1)), scope=Scope(), by="channel")
    assert {name: sums.count("received") for name, sums in over_both.items()} == {"phone": 15, "email": 3}
    months = sums_of(period=Period(date(2026, 5, 1), date(2026, 7, 1)), scope=Scope(), by="month")
    assert {name: sums.count("received") for name, sums in months.items()} == {"2026-05": 4, "2026-06": 14}


def test_page_reads_a_sum_once_and_the_next_page_anew(
    counted: Counted, django_assert_num_queries: Any
) -> None:
    counted(NOON.date(), "libraries", "phone", received=2)
    period, scope = Period(NOON.date(), NOON.date()), Scope()
    with read_once():
        first = sums_of(period=period, scope=scope)
        with django_assert_num_queries(0):
            assert sums_of(period=period, scope=Scope()) is first
    counted(NOON.date(), "libraries", "email", received=1)
    assert sums_of(period=period, scope=scope)[""].count("received") == 3
