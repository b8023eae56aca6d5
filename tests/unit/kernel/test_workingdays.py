from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.clock import day_of
from frontdoor.kernel.workingdays import (
    ENGLAND,
    UNITS,
    BadWithin,
    Calendar,
    Remaining,
    Unit,
    Within,
    due,
    due_on,
    in_words,
    parse_within,
    remaining,
    resume,
)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
INSTANTS = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # zone added
CLOSED = Calendar(closures=frozenset({date(2026, 12, 29), date(2026, 12, 30)}))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 12, 28), False),  # Boxing Day, moved from Saturday
        (date(2027, 12, 27), False),  # Christmas Day, moved from Saturday
        (date(2023, 5, 8), False),  # the coronation
        (date(2026, 3, 17), True),  # St Patrick's Day is none in England
    ],
)
def test_working_days_of_england(day: date, expected: bool) -> None:
    assert ENGLAND.is_working_day(day) is expected


@pytest.mark.parametrize(
    ("nominal", "offer"),
    [
        (date(2025, 3, 1), date(2025, 3, 3)),
        (date(2026, 3, 1), date(2026, 3, 2)),
        (date(2026, 4, 16), date(2026, 4, 16)),
        (date(2027, 3, 1), date(2027, 3, 1)),
        (date(2027, 4, 16), date(2027, 4, 16)),
        (date(2028, 3, 1), date(2028, 3, 1)),
        (date(2028, 4, 16), date(2028, 4, 18)),
    ],
)
def test_national_offer_days(nominal: date, offer: date) -> None:
    assert ENGLAND.working_day_on_or_after(nominal) == offer


def test_complaint_clock() -> None:
    received, acknowledged = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 6, 15, tzinfo=UTC)
    assert day_of(due(received, parse_within("5 working days"))) == date(2026, 11, 9)
    assert due(acknowledged, parse_within("10 working days")) == datetime(
        2026, 11, 20, 23, 59, 59, tzinfo=UTC
    )
    assert due_on(date(2026, 11, 20), parse_within("10 working days")) == date(2026, 12, 4)


def test_own_closures_are_no_working_days() -> None:
    assert CLOSED.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 31)
    assert ENGLAND.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_working_days_agree(day: date, count: int) -> None:
    later, earlier = ENGLAND.add_working_days(day, count), ENGLAND.add_working_days(day, -count)
    assert ENGLAND.is_working_day(later)
    assert ENGLAND.is_working_day(earlier)
    assert ENGLAND.working_days_between(day, later) == count
    assert ENGLAND.working_days_between(earlier, later) == 2 * count - 1 + ENGLAND.is_working_day(day)


@given(DAYS, st.integers(-400, 400), st.integers(-400, 400))
def test_counts_of_working_days_add_up(day: date, one: int, two: int) -> None:
    second, third = day + timedelta(days=one), day + timedelta(days=two)
    between = ENGLAND.working_days_between
    assert between(day, second) + between(second, third) == between(day, third)


def test_absurd_spans_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="hundred years"):
        ENGLAND.working_days_between(date(1, 1, 1), date(9999, 12, 31))
    with pytest.raises(ValueError, match="hundred years"):
        ENGLAND.add_working_days(date(2026, 1, 1), 10**9)


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("20 working days", Within(20, "working days"), "20 working days"),
        ("1 working day", Within(1, "working days"), "1 working day"),
        ("28 days", Within(28, "calendar days"), "28 days"),
        ("1 calendar day", Within(1, "calendar days"), "1 day"),
        ("48 hours", Within(48, "clock hours"), "48 hours"),
        ("2 Clock Hours", Within(2, "clock hours"), "2 hours"),
        ("12 weeks", Within(12, "weeks"), "12 weeks"),
        ("3 months", Within(3, "months"), "3 months"),
        ("1 year", Within(12, "months"), "12 months"),
    ],
)
def test_within_is_read_and_said(text: str, expected: Within, words: str) -> None:
    assert (parse_within(text), in_words(parse_within(text))) == (expected, words)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "-1 days", "1.5 days", "3 working weeks", "2 working hours", "5 clock days", "1 clock year"],
)
def test_within_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadWithin, match=r"Write|Use one of"):
        parse_within(text)


def test_within_below_zero_or_of_no_unit_is_refused() -> None:
    with pytest.raises(BadWithin):
        Within(-1, "weeks")
    with pytest.raises(BadWithin):
        Within(1, "fortnights")  # type: ignore[arg-type]  # the error is what is tested


@given(st.integers(0, 9999), st.sampled_from(UNITS))
def test_within_reads_its_own_words(value: int, unit: Unit) -> None:
    assert parse_within(in_words(Within(value, unit))) == Within(value, unit)


@pytest.mark.parametrize(
    ("start", "text", "expected"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "24 hours", datetime(2026, 3, 29, 12, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "1 day", datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "1 day", datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 day", datetime(2026, 7, 2, 22, 59, 59, tzinfo=UTC)),
        (
            datetime(2026, 11, 21, 12, tzinfo=UTC),
            "1 working day",
            datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC),
        ),
        (
            datetime(2026, 11, 21, 12, tzinfo=UTC),
            "0 working days",
            datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC),
        ),
        (datetime(2026, 11, 30, 12, tzinfo=UTC), "3 months", datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)),
        (datetime(2026, 11, 2, 12, tzinfo=UTC), "12 weeks", datetime(2027, 1, 25, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_promise_falls_due(start: datetime, text: str, expected: datetime) -> None:
    assert due(start, parse_within(text)) == expected


def test_what_comes_after_the_cut_off_counts_from_the_next_working_day() -> None:
    friday_evening = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert day_of(due(friday_evening, Within(1, "working days"))) == date(2026, 11, 23)
    assert day_of(due(friday_evening, Within(1, "working days"), cut_off=time(17))) == date(2026, 11, 24)


def test_hours_do_not_end_on_a_day() -> None:
    with pytest.raises(BadWithin, match="instant"):
        due_on(date(2026, 11, 20), Within(4, "clock hours"))


def test_days_left_carry_over_when_a_stopped_clock_starts_again() -> None:
    due_at = due(datetime(2026, 11, 2, 9, tzinfo=UTC), Within(10, "working days"))
    left = remaining(due_at, datetime(2026, 11, 5, 10, tzinfo=UTC), "working days")
    assert left == Remaining(7, "working days")
    assert resume(datetime(2026, 12, 21, 9, tzinfo=UTC), left) == datetime(2027, 1, 4, 23, 59, 59, tzinfo=UTC)


@given(INSTANTS, st.integers(1, 60), st.sampled_from(UNITS), st.floats(0, 1))
def test_clock_that_stops_for_no_time_changes_nothing(
    at: datetime, value: int, unit: Unit, share: float
) -> None:
    at = at.replace(microsecond=0)
    due_at = due(at, Within(value, unit))
    stopped_at = at + timedelta(seconds=int((due_at - at).total_seconds() * share))
    assert resume(stopped_at, remaining(due_at, stopped_at, unit)) == due_at


@given(INSTANTS, st.integers(0, 60), st.sampled_from(UNITS), st.integers(1, 10**7), st.integers(0, 10**7))
def test_missed_promise_stays_missed_after_a_stop(
    at: datetime, value: int, unit: Unit, late: int, pause: int
) -> None:
    due_at = due(at, Within(value, unit))
    stopped_at = due_at + timedelta(seconds=late)
    resumed_at = stopped_at + timedelta(seconds=pause)
    assert resume(resumed_at, remaining(due_at, stopped_at, unit)) < resumed_at
