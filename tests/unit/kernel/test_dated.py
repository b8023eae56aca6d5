from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.dated import Dated, NoValue, Stretch, gaps, overlaps, value_on

START = date(2026, 1, 1)
FEES = (
    Dated(1000, None, date(2026, 3, 31)),
    Dated(1100, date(2026, 4, 1), date(2027, 3, 31)),
    Dated(1200, date(2027, 4, 1)),
)


def day(number: int) -> date:
    return START + timedelta(days=number)


RANGES = st.tuples(st.integers(0, 40), st.integers(0, 10)).map(
    lambda p: Dated(p, day(p[0]), day(p[0] + p[1]))
)


def days_in(stretches: tuple[Stretch, ...]) -> set[date]:
    return {d for d in (day(n) for n in range(-5, 60)) for s in stretches if s.from_on <= d <= s.to_on}


@pytest.mark.parametrize(
    ("on", "fee"),
    [(date(2020, 1, 1), 1000), (date(2026, 3, 31), 1000), (date(2026, 4, 1), 1100), (date(2030, 1, 1), 1200)],
)
def test_value_of_the_day(on: date, fee: int) -> None:
    assert value_on(FEES, on) == fee


def test_dates_that_meet_neither_overlap_nor_leave_gaps() -> None:
    assert (overlaps(FEES), gaps(FEES), gaps(()), overlaps(())) == ((), (), (), ())


def test_of_two_values_the_later_begun_holds() -> None:
    values = (Dated("old", START), Dated("new", day(5), day(6)))
    assert [value_on(values, day(n)) for n in (4, 5, 6, 7)] == ["old", "new", "new", "old"]
    assert overlaps(values) == (Stretch(day(5), day(6)),)


def test_day_without_value_is_said() -> None:
    with pytest.raises(NoValue, match="2026-01-05"):
        value_on([Dated(1, START, day(3))], day(4))


def test_value_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Dated(1, day(3), day(2))


@given(st.lists(RANGES, max_size=6))
def test_overlaps_and_gaps_are_what_counting_each_day_finds(values: list[Dated[tuple[int, int]]]) -> None:
    held = {day(n): sum(v.holds_on(day(n)) for v in values) for n in range(-5, 60)}
    covered = [d for d, count in held.items() if count]
    assert days_in(overlaps(values)) == {d for d, count in held.items() if count > 1}
    assert days_in(gaps(values)) == {
        d for d, count in held.items() if not count and covered[:1] < [d] < covered[-1:]
    }
