"""Durations counted in steps: percentiles are exact to the step."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.insight.spread import DAYS, WAITS, at_most, percentile, step_of


@pytest.mark.parametrize(
    ("value", "step"), [(0, "5"), (5, "5"), (5.1, "10"), (20, "20"), (3600, "3600"), (3601, "over")]
)
def test_value_falls_into_the_step_that_ends_with_it(value: float, step: str) -> None:
    assert step_of(value, WAITS) == step


@pytest.mark.parametrize(
    ("counts", "share", "expected"),
    [
        ({}, 0.5, None),
        ({"0": 4}, 0.9, 0.0),
        ({"5": 10}, 0.5, 4.5),
        ({"1": 5, "10": 5}, 0.5, 1.0),
        ({"over": 3}, 0.5, 365.0),
    ],
)
def test_percentile(counts: dict[str, int], share: float, expected: float | None) -> None:
    assert percentile(counts, DAYS, share) == expected


@given(st.lists(st.integers(0, 3600), min_size=1, max_size=60), st.sampled_from([0.5, 0.8, 0.9]))
def test_percentile_is_never_further_off_than_its_step(values: list[int], share: float) -> None:
    counts = Counter(step_of(value, WAITS) for value in values)
    exact = sorted(values)[max(0, -(-len(values) * share // 1).__trunc__() - 1)]
    found = percentile(counts, WAITS, share)
    assert found is not None
    ends = [0, *WAITS]
    step = int(step_of(exact, WAITS))
    assert ends[ends.index(step) - 1] <= found <= step


def test_at_most_wants_the_end_of_a_step() -> None:
    assert at_most({"5": 2, "20": 3, "30": 4}, WAITS, 20) == 5
    with pytest.raises(ValueError, match="not the end of a step"):
        at_most({}, WAITS, 21)
