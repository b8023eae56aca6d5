from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.money import BadMoney, in_pounds, pounds


@pytest.mark.parametrize(
    ("text", "pence"),
    [("£10.00", 1000), ("£10", 1000), (10, 1000), ("1,234.50", 123450), (" £ 0.05 ", 5), ("50p", 50)],
)
def test_pounds_are_read_as_pence(text: str | int, pence: int) -> None:
    assert pounds(text) == pence


@pytest.mark.parametrize(
    "text", ["", "ten", "£1.5", "-£1", "£1,23", "$10", "1.005", "£١٠", True, -3, "£" + "9" * 12]
)
def test_what_is_no_amount_is_refused(text: str | int) -> None:
    with pytest.raises(BadMoney, match=r"such as £10\.00"):
        pounds(text)


@pytest.mark.parametrize(
    ("pence", "words"),
    [(1000, "£10"), (1050, "£10.50"), (123456, "£1,234.56"), (5, "£0.05"), (0, "£0"), (-300, "−£3")],
)
def test_amount_in_words(pence: int, words: str) -> None:
    assert in_pounds(pence) == words


@given(st.integers(0, 99_999_999_999))
def test_amount_is_read_from_its_own_words(pence: int) -> None:
    assert pounds(in_pounds(pence)) == pence
