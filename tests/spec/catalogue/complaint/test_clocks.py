"""The clocks of a complaint: 5 working days from receipt, then 10 (stage 2: 20) from the acknowledgement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from frontdoor.catalogue.loading import load_pack
from frontdoor.catalogue.pack import Pack
from frontdoor.decisions.weighing import rules_for, values_on
from frontdoor.journeys.promises import extended_due, promise_due
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json

FOLDER = Path(__file__).parents[4] / "packs" / "complaint"
RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)
ACKNOWLEDGED = datetime(2026, 11, 6, 15, tzinfo=UTC)


@cache
def pack() -> Pack:
    return load_pack(FOLDER)


def facts() -> dict[str, Json]:
    rules = rules_for(rule_sets=pack().rules, on=RECEIVED.date())
    return dict(values_on(rules=rules, on=RECEIVED.date()))


def due_on(promise: str, start_at: datetime) -> date:
    due_at = promise_due(promise=pack().journey.promises[promise], start_at=start_at, facts=facts())
    assert due_at is not None
    return day_of(due_at)


def latest_on(promise: str, start_at: datetime) -> date:
    described = pack().journey.promises[promise]
    due_at = promise_due(promise=described, start_at=start_at, facts=facts())
    assert due_at is not None
    assert described.extend is not None
    return day_of(extended_due(due_at=due_at, by=described.extend))


def test_the_clock_of_stage_one() -> None:
    """Received Monday 2 November 2026, acknowledged Friday the 6th, no bank holiday in between."""
    assert due_on("acknowledge", RECEIVED) == date(2026, 11, 9)
    assert due_on("answer", ACKNOWLEDGED) == date(2026, 11, 20)
    assert latest_on("answer", ACKNOWLEDGED) == date(2026, 12, 4)


def test_the_answer_counts_from_the_acknowledgement_and_not_from_receipt() -> None:
    assert due_on("answer", RECEIVED) == date(2026, 11, 16)
    assert due_on("answer", datetime(2026, 11, 9, 16, tzinfo=UTC)) == date(2026, 11, 23)


def test_the_clock_of_stage_two() -> None:
    assert due_on("acknowledge stage two", RECEIVED) == date(2026, 11, 9)
    assert due_on("answer stage two", ACKNOWLEDGED) == date(2026, 12, 4)
    assert latest_on("answer stage two", ACKNOWLEDGED) == date(2027, 1, 6)


@pytest.mark.parametrize(
    ("received", "acknowledged_by"),
    [
        (datetime(2026, 11, 2, 16, 59, tzinfo=UTC), date(2026, 11, 9)),
        (datetime(2026, 11, 2, 17, 0, tzinfo=UTC), date(2026, 11, 10)),
        (datetime(2026, 11, 6, 18, 0, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 7, 10, 0, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 8, 20, 0, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 7, 6, 16, 30, tzinfo=UTC), date(2026, 7, 14)),
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), date(2027, 1, 6)),
    ],
    ids=[
        "before five",
        "at five",
        "friday evening",
        "saturday",
        "sunday evening",
        "summer time",
        "christmas",
    ],
)
def test_what_comes_late_or_on_a_day_off_counts_from_the_next_working_day(
    received: datetime, acknowledged_by: date
) -> None:
    assert due_on("acknowledge", received) == acknowledged_by


def test_an_officer_who_works_late_does_not_move_the_answer() -> None:
    assert due_on("answer", datetime(2026, 11, 6, 18, tzinfo=UTC)) == date(2026, 11, 20)


def test_software_moves_no_date_of_an_answer() -> None:
    promises = pack().journey.promises
    assert [promises[name].warn for name in ("acknowledge", "answer", "answer stage two")] == [None] * 3
