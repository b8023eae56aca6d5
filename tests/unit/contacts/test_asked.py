"""What is typed to find somebody is taken apart without losing what it may mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.contacts.asked import Asked, read_words

BORN = date(1999, 2, 19)


@pytest.mark.parametrize(
    "words",
    [
        "19/02/1999",
        "19.2.1999",
        "19-02-1999",
        "1999-02-19",
        "19 Feb 1999",
        "19th of February 1999",
        "Feb 19, 1999",
        "19 02 1999",
        "02/19/1999",
        "19FEB1999",
    ],
)
def test_a_date_of_birth_is_read_in_every_usual_form(words: str) -> None:
    assert read_words(f"smith {words}") == Asked(words=("smith",), born=(BORN,))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", Asked()),
        ("19 feb 65", Asked(born=(date(1965, 2, 19),))),
        ("3/4/31", Asked(born=(date(1931, 4, 3), date(2031, 4, 3)))),
        ("19021999", Asked(born=(BORN,), digits=("19021999",))),
        ("1999", Asked(numbers=("1999",), years=(1999,), digits=("1999",))),
        ("07700 900123", Asked(digits=("7700900123",))),
        ("+44 (0)7700-900123", Asked(digits=("7700900123",))),
        ("12 Marsh Lane", Asked(words=("marsh", "lane"), numbers=("12",))),
        ("flat 2b, zw34qp", Asked(words=("flat",), numbers=("2b",), postcodes=("zw3 4qp",))),
        ("May Smith", Asked(words=("may", "smith"))),
        ("Jane@Customer.Example", Asked(emails=("jane@customer.example",))),
        ("Siobhán O'Neill-Byrne", Asked(words=("siobhan", "oneill", "byrne"))),
    ],
)
def test_words_and_numbers_are_told_apart(words: str, asked: Asked) -> None:
    assert read_words(words) == asked


def test_a_date_that_does_not_exist_is_no_birthday() -> None:
    assert read_words("31/02/1999").born == ()


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read(words: str) -> None:
    read_words(words)
