from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.clock import (
    NotAnInstant,
    QuietHours,
    at_london,
    day_of,
    end_of_day,
    london,
    next_allowed,
    now_utc,
    start_of_day,
)

NIGHT = QuietHours(begins=time(20), ends=time(8), days=frozenset({6}))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # zone added


@pytest.mark.parametrize(
    ("day", "clock", "second_time", "expected"),
    [
        (date(2026, 1, 15), time(9, 30), False, datetime(2026, 1, 15, 9, 30, tzinfo=UTC)),
        (date(2026, 7, 15), time(9, 30), False, datetime(2026, 7, 15, 8, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(0, 59), False, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 0), False, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 30), False, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 0), False, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), False, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), True, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 0), False, datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_london_time_as_an_instant(day: date, clock: time, second_time: bool, expected: datetime) -> None:
    assert at_london(day, clock, second_time=second_time) == expected


def test_length_of_days_on_which_clocks_change() -> None:
    def hours(day: date) -> float:
        return (start_of_day(day + timedelta(days=1)) - start_of_day(day)).total_seconds() / 3600

    assert [hours(date(2026, 3, 29)), hours(date(2026, 10, 25)), hours(date(2026, 6, 1))] == [23, 25, 24]


def test_day_is_the_one_in_london() -> None:
    assert day_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert end_of_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)


def test_time_without_zone_is_refused() -> None:
    with pytest.raises(NotAnInstant, match="time zone"):
        london(datetime(2026, 1, 1))  # noqa: DTZ001  # that is the point


def test_now_is_in_utc() -> None:
    assert now_utc().tzinfo is UTC


@given(INSTANTS)
def test_every_instant_is_found_again_from_its_london_time(at: datetime) -> None:
    local = london(at)
    assert at_london(local.date(), local.time(), second_time=bool(local.fold)) == at


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 20, 12, tzinfo=UTC)),
        (datetime(2026, 11, 20, 20, tzinfo=UTC), datetime(2026, 11, 21, 8, tzinfo=UTC)),
        (datetime(2026, 11, 20, 7, 59, 59, tzinfo=UTC), datetime(2026, 11, 20, 8, tzinfo=UTC)),
        (datetime(2026, 11, 21, 21, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
    ],
)
def test_nothing_is_sent_at_night_nor_on_a_quiet_day(at: datetime, expected: datetime) -> None:
    assert next_allowed(at, NIGHT) == expected


def test_quiet_day_without_quiet_night_ends_at_midnight() -> None:
    quiet = QuietHours(begins=time(0), ends=time(0), days=frozenset({6}))
    assert next_allowed(datetime(2026, 11, 22, 12, tzinfo=UTC), quiet) == datetime(2026, 11, 23, tzinfo=UTC)


def test_quiet_hours_within_a_day() -> None:
    lunch = QuietHours(begins=time(12), ends=time(14))
    assert next_allowed(datetime(2026, 11, 20, 13, tzinfo=UTC), lunch) == datetime(
        2026, 11, 20, 14, tzinfo=UTC
    )
    assert not lunch.are_at(datetime(2026, 11, 20, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("days", "words"), [(frozenset(range(7)), "nothing could"), (frozenset({7}), "0 (Mon")]
)
def test_impossible_quiet_days_are_refused(days: frozenset[int], words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        QuietHours(begins=time(20), ends=time(8), days=days)


@given(INSTANTS, st.times(), st.times(), st.sets(st.integers(0, 6), max_size=6))
def test_next_allowed_is_never_earlier_and_never_quiet(
    at: datetime, begins: time, ends: time, days: set[int]
) -> None:
    quiet = QuietHours(begins=begins, ends=ends, days=frozenset(days))
    allowed = next_allowed(at, quiet)
    assert allowed >= at
    assert not quiet.are_at(allowed)
    assert (allowed == at) == (not quiet.are_at(at))
