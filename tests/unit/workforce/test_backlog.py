"""Deferred work: what is open, how old and how late, and how many people keep every promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.workforce.staffing.backlog import Stream, least_capacity, worked_off


def stream(*arrivals: float, promise: int) -> Stream:
    return Stream(np.array(arrivals, dtype=float), promise)


def test_earliest_promise_is_done_first_and_the_rest_grows_old() -> None:
    slow, quick = stream(100, 0, 0, 0, promise=3), stream(0, 60, 0, 0, promise=0)
    found = worked_off([slow, quick], capacity=np.array([50.0, 50, 50, 5]))
    assert found.done.tolist() == [50, 50, 50, 5]
    assert found.is_open.tolist() == [50, 60, 10, 5]
    assert found.late.tolist() == [0, 10, 0, 5]
    assert found.age.tolist() == [0, 1, 2, 3]


def test_tightest_window_decides() -> None:
    opened = np.array([True, True, True, True])
    assert least_capacity([stream(0, 1800, 0, 0, promise=0)], is_open=opened) == pytest.approx(2.0)
    assert least_capacity([stream(0, 1800, 0, 0, promise=1)], is_open=opened) == pytest.approx(1.0)
    both = [stream(0, 1800, 0, 0, promise=1), stream(0, 900, 0, 0, promise=0)]
    assert least_capacity(both, is_open=opened) == pytest.approx(1.5)


def test_work_that_comes_and_is_due_while_all_is_closed_cannot_be_kept() -> None:
    opened = np.array([True, False, False, True])
    assert least_capacity([stream(0, 60, 0, 0, promise=1)], is_open=opened) == float("inf")
    assert least_capacity([stream(0, 900, 0, 0, promise=2)], is_open=opened) == pytest.approx(1.0)


def test_nothing_needs_nobody() -> None:
    assert least_capacity([], is_open=np.ones(4, bool)) == 0.0
    assert worked_off([], capacity=np.ones(4)).is_open.tolist() == [0, 0, 0, 0]


def test_negative_work_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        stream(-1, promise=1)


STREAMS = st.lists(
    st.builds(
        lambda arrivals, promise: Stream(np.array(arrivals, dtype=float), promise),
        st.lists(st.integers(0, 3000), min_size=12, max_size=12),
        st.integers(0, 14),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(STREAMS, st.lists(st.booleans(), min_size=11, max_size=11))
def test_least_capacity_keeps_every_promise_and_less_does_not(
    streams: list[Stream], pattern: list[bool]
) -> None:
    is_open = np.array([*pattern, True])
    people = least_capacity(streams, is_open=is_open)
    if not np.isfinite(people):
        return
    enough = worked_off(streams, capacity=is_open * people * 900.0 + 1e-6)
    assert enough.late.max() <= 1e-3
    assert enough.is_open[-1] <= 1e-3
    if people > 0:
        short = worked_off(streams, capacity=is_open * people * 900.0 * 0.98)
        assert short.late.max() > 0 or short.is_open[-1] > 0
