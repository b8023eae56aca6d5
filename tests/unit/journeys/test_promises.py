"""Promises: stopping and starting a clock loses no day and wins none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontdoor.journeys.definition import Promise
from frontdoor.journeys.promises import (
    before,
    extended_due,
    promise_due,
    start_clock,
    stop_clock,
    wait_ends,
    warn_at,
)
from frontdoor.kernel.clock import at_london
from frontdoor.kernel.workingdays import UNITS, Within

instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds
spans = st.builds(Within, st.integers(1, 60), st.sampled_from(UNITS))


@given(instants, spans)
def test_a_clock_stopped_and_started_at_once_changes_nothing(start_at: datetime, span: Within) -> None:
    due_at = promise_due(promise=Promise("p", "", span), start_at=start_at, facts={})
    assert due_at is not None
    left = stop_clock(due_at=due_at, stopped_at=start_at, span=span)
    again = start_clock(left=left, resumed_at=start_at)
    assert abs(again - due_at) < timedelta(seconds=1)


@given(instants, spans, st.integers(0, 400))
def test_a_longer_pause_never_brings_the_date_forward(start_at: datetime, span: Within, days: int) -> None:
    due_at = promise_due(promise=Promise("p", "", span), start_at=start_at, facts={})
    assert due_at is not None
    left = stop_clock(due_at=due_at, stopped_at=start_at, span=span)
    again = start_clock(left=left, resumed_at=start_at + timedelta(days=days))
    assert again >= due_at - timedelta(seconds=1)


@given(instants, spans)
def test_the_customer_is_warned_before_it_is_missed(due_at: datetime, span: Within) -> None:
    warned = warn_at(promise=Promise("p", "", Within(1, "months"), warn=span), due_at=due_at)
    assert warned is not None
    assert warned < due_at


@given(instants, spans)
def test_a_wait_ends_after_it_began_and_an_extension_is_later(start_at: datetime, span: Within) -> None:
    assert wait_ends(start_at=start_at, span=span) > start_at
    assert extended_due(due_at=start_at, by=span) > start_at


def test_a_promise_that_does_not_warn_gives_no_date() -> None:
    assert (
        warn_at(promise=Promise("p", "", Within(2, "weeks")), due_at=datetime(2026, 11, 22, tzinfo=UTC))
        is None
    )


def test_no_working_days_before_is_the_beginning_of_the_day() -> None:
    at = at_london(date(2026, 11, 21), time(15, 0))
    assert before(at=at, span=Within(0, "working days")) == at_london(date(2026, 11, 21), time(0, 0))
