"""Times that can be booked: within opening hours, right on the nights the clocks change, and never overfull."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.clock import london
from frontdoor.kernel.slots import (
    LENGTHS,
    QUARTER,
    BadLength,
    OpenHours,
    Span,
    starts_on,
    weekday_and_hour,
    with_room,
)

EVERY_DAY = frozenset(range(7))
OFFICE = OpenHours(frozenset(range(5)), time(9), time(11))
NIGHT = OpenHours(EVERY_DAY, time(0), time(4))
TUESDAY = date(2027, 3, 2)


def clocks(starts: list[datetime]) -> list[str]:
    return [f"{london(each):%H:%M}" for each in starts]


def test_starts_follow_each_other_and_end_before_closing() -> None:
    assert clocks(starts_on(day=TUESDAY, hours=[OFFICE], minutes=45)) == ["09:00", "09:45"]


def test_hours_of_another_weekday_give_no_start() -> None:
    assert starts_on(day=date(2027, 3, 6), hours=[OFFICE], minutes=45) == []


def test_two_spans_of_hours_are_put_together_in_order() -> None:
    afternoon = OpenHours(EVERY_DAY, time(14), time(15))
    found = starts_on(day=TUESDAY, hours=[afternoon, OFFICE], minutes=60)
    assert clocks(found) == ["09:00", "10:00", "14:00"]


def test_summer_time_moves_the_instant_and_not_the_clock() -> None:
    friday, monday = date(2027, 3, 26), date(2027, 3, 29)  # the clocks go forward on Sunday 28 March 2027
    before, after = (starts_on(day=day, hours=[OFFICE], minutes=60)[0] for day in (friday, monday))
    assert clocks([before, after]) == ["09:00", "09:00"]
    assert (before.hour, after.hour) == (9, 8)


def test_night_of_the_clocks_going_forward_has_an_hour_less() -> None:
    found = starts_on(day=date(2027, 3, 28), hours=[NIGHT], minutes=60)
    assert clocks(found) == ["00:00", "02:00", "03:00"]


def test_night_of_the_clocks_going_back_has_an_hour_more() -> None:
    found = starts_on(day=date(2027, 10, 31), hours=[NIGHT], minutes=60)
    assert clocks(found) == ["00:00", "01:00", "01:00", "02:00", "03:00"]
    assert len(set(found)) == 5


def test_span_knows_the_quarters_of_the_clock_it_touches() -> None:
    start = datetime(2027, 3, 2, 9, 10, tzinfo=UTC)
    found = Span(start, 30).quarters()
    assert [f"{each:%H:%M}" for each in found] == ["09:00", "09:15", "09:30"]
    assert [f"{each:%H:%M}" for each in Span(start.replace(minute=0), 45).quarters()] == [
        "09:00",
        "09:15",
        "09:30",
    ]


def test_length_that_is_no_quarters_is_refused() -> None:
    with pytest.raises(BadLength):
        Span(datetime(2027, 3, 2, 9, tzinfo=UTC), 20).quarters()


def test_weekday_and_hour_are_those_of_london() -> None:
    assert weekday_and_hour(datetime(2027, 7, 4, 23, 30, tzinfo=UTC)) == (0, 0)


@given(
    st.integers(0, 95),
    st.integers(0, 95),
    st.sampled_from(LENGTHS),
    st.sampled_from(LENGTHS),
    st.integers(0, 14),
)
def test_two_spans_share_a_quarter_whenever_they_overlap(
    one: int, other: int, minutes: int, others: int, shift: int
) -> None:
    midnight = datetime(2027, 3, 2, tzinfo=UTC)
    a = Span(midnight + one * QUARTER, minutes)
    b = Span(midnight + other * QUARTER + timedelta(minutes=shift), others)
    overlap = a.starts_at < b.ends_at and b.starts_at < a.ends_at
    if overlap:
        assert set(a.quarters()) & set(b.quarters())


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 3)), st.integers(0, 3), st.sampled_from(LENGTHS))
def test_time_is_free_only_where_every_quarter_has_room(
    used: dict[int, int], room: int, minutes: int
) -> None:
    starts = starts_on(day=TUESDAY, hours=[OFFICE], minutes=minutes)
    first = starts[0]
    taken = {first + number * QUARTER: count for number, count in used.items()}
    found = with_room(
        starts=starts, minutes=minutes, room=lambda _: room, taken=lambda quarter: taken.get(quarter, 0)
    )
    for start in starts:
        assert (start in found) == all(taken.get(q, 0) < room for q in Span(start, minutes).quarters())
