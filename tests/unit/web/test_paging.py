from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.web.paging import page_numbers


@pytest.mark.parametrize(
    ("number", "of", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (3, 5, [1, 2, 3, 4, 5]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (6, 20, [1, None, 5, 6, 7, None, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_page_numbers_show_ends_and_neighbours(number: int, of: int, shown: list[int | None]) -> None:
    assert page_numbers(number=number, of=of) == shown


@given(of=st.integers(1, 500), share=st.floats(0, 1))
def test_page_numbers_always_offer_this_page_and_both_ends(of: int, share: float) -> None:
    number = 1 + round((of - 1) * share)
    shown = page_numbers(number=number, of=of)
    numbers = [page for page in shown if page]
    assert {1, number, of} <= set(numbers)
    assert numbers == sorted(set(numbers))
