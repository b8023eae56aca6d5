"""Answers: what holds whatever is typed or said."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.forms.answers import (
    Answer,
    Faults,
    FieldFault,
    Taken,
    fields_of,
    first_field,
    read_answer,
    read_said,
    say_answer,
    take_answer,
)
from frontdoor.forms.definition import Question, QuestionType
from frontdoor.forms.reading.outcome import cleaned, enter, heading_of, name_of
from frontdoor.forms.reading.readers import READERS
from frontdoor.forms.spoken import UNITS, number_in, ordinal_in, with_digits
from frontdoor.kernel.facts import Json
from tests.builders.forms import a_form, a_question

TODAY = date(2026, 11, 22)
OPTIONS = {
    "pip": "PIP",
    8: "8 points",
    "none": "None of these",
    "unsure": {"label": "Not sure", "unknown": True},
}
SUFFIXES = (
    "",
    "-day",
    "-month",
    "-year",
    "-line1",
    "-town",
    "-postcode",
    "-country",
    "-lat",
    "-lon",
    "-words",
    "-later",
)
types = st.sampled_from(list(QuestionType))
anything = st.text(max_size=60) | st.sampled_from(
    ["1", "2007", "52.1", "-1.5", "yes", "pip", "AA3 1AB", "07700 900123"]
)
fields = st.dictionaries(
    st.sampled_from([f"q{suffix}" for suffix in SUFFIXES]), anything | st.lists(anything, max_size=3)
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def question(of_type: QuestionType, **more: Any) -> Question:
    return a_question("q", {"type": of_type.value, "options": OPTIONS, **more})


def read(asked: Question, typed: Any) -> Answer | Faults:
    return read_answer(question=asked, given=typed, facts={}, today=TODAY)


@given(types, fields)
def test_whatever_is_typed_gives_an_answer_that_reads_the_same_again_or_faults_in_its_own_fields(
    of_type: QuestionType, typed: dict[str, str | list[str]]
) -> None:
    asked = question(of_type)
    reading = read(asked, typed)
    if isinstance(reading, Faults):
        assert reading.faults
        assert all(fault.field.split("-")[0] == "q" and fault.words for fault in reading.faults)
    else:
        assert reading.value is not None
        assert read(asked, fields_of(question=asked, value=reading.value)) == reading
        assert say_answer(question=asked, value=reading.value)


@given(types, st.text(max_size=80))
def test_whatever_is_said_gives_an_answer_or_words(of_type: QuestionType, text: str) -> None:
    heard = read_said(question=question(of_type), text=text, today=TODAY)
    assert isinstance(heard, Answer) or all(fault.words for fault in heard.faults)


@given(types, json_values)
def test_an_answer_of_another_version_is_still_said_and_shown(of_type: QuestionType, value: Json) -> None:
    assert isinstance(say_answer(question=question(of_type), value=value), str)
    assert isinstance(fields_of(question=question(of_type), value=value), dict)


@given(st.text(max_size=200))
def test_cleaned_text_has_nothing_that_cannot_be_seen_or_that_turns_it_round(text: str) -> None:
    clean = cleaned(text)
    assert cleaned(clean) == clean
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in clean)
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("of_type", list(QuestionType))
def test_every_type_has_a_reader_and_may_be_left_empty_where_optional(of_type: QuestionType) -> None:
    assert of_type in READERS
    assert read(question(of_type, optional=True), {"q": " ", "other": "x"}) == Answer(None)
    assert isinstance(read(question(of_type), {}), Faults)


@pytest.mark.parametrize("of_type", list(QuestionType))
def test_very_long_input_is_answered_in_words(of_type: QuestionType) -> None:
    long = "1" * 100_000
    reading = read(
        question(of_type), {"q": long, "q-day": long, "q-month": long, "q-year": long, "q-line1": long}
    )
    assert isinstance(reading, Faults) or of_type is QuestionType.FILES


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%d %B %Y", "%d/%m/%Y", "%B %d %Y", "%Y-%m-%d", "%d %b %Y"]),
)
def test_every_date_is_heard_in_every_manner(day: date, manner: str) -> None:
    asked = question(QuestionType.DATE)
    assert read_said(question=asked, text=day.strftime(manner), today=TODAY) == Answer(day.isoformat())


@pytest.mark.parametrize(
    ("ask", "called", "name", "message"),
    [
        ("What is your date of birth?", "", "date of birth", "Enter your date of birth"),
        ("What’s the registration number?", "", "registration number", "Enter the registration number"),
        ("Where do you live?", "Home address", "home address", "Enter the home address"),
        ("How did your fall happen?", "PIP number", "PIP number", "Enter your PIP number"),
        ("How far can you walk?", "", "", "Enter an answer"),
    ],
)
def test_short_names(ask: str, called: str, name: str, message: str) -> None:
    asked = a_question("q", {"ask": ask, "called": called})
    assert (name_of(asked), enter(asked, "Enter an answer")) == (name, message)
    assert heading_of(asked).lower().startswith(name.lower() or "your answer")


BORN = {"type": "date", "checks": [{"when": "age >= 16", "otherwise": "You must be 16 or over"}]}
FORM = a_form(
    {
        "works out": {"age": "years_between(born_on, today)"},
        "sections": {"s": {"questions": {"born_on": BORN, "school": {"when": "age < 18"}}}},
    }
)


def take(answers: dict[str, Json], year: str) -> Taken | Faults:
    return take_answer(
        form=FORM,
        question=FORM.question("born_on"),
        given_fields={"born_on-day": "1", "born_on-month": "1", "born_on-year": year},
        answers=answers,
        given={"today": "2026-11-22"},
        calculators={},
        today=TODAY,
    )


def test_an_answer_is_taken_beside_the_others() -> None:
    assert take({"school": "Moorby High"}, "1980") == Taken(
        {"school": "Moorby High", "born_on": "1980-01-01"}, "1980-01-01"
    )


def test_a_check_on_what_follows_from_the_answer_is_weighed_on_the_new_answer() -> None:
    refused = Faults((FieldFault("born_on-day", "You must be 16 or over"),))
    assert take({}, "2015") == refused
    assert take({"born_on": "2015-01-01"}, "1980") == Taken({"born_on": "1980-01-01"}, "1980-01-01")
    assert take({"born_on": "1980-01-01"}, "2015") == refused


def test_a_fault_of_reading_comes_before_any_check() -> None:
    assert take({}, "") == Faults((FieldFault("born_on-year", "Your answer must include a year"),))


def test_first_field() -> None:
    kinds = (QuestionType.DATE, QuestionType.ADDRESS, QuestionType.PLACE, QuestionType.TEXT)
    assert [first_field(question(kind)) for kind in kinds] == ["q-day", "q-line1", "q-words", "q"]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("oh seven double seven", "0 7 7 7"),
        ("forty two", "42"),
        ("nineteen sixty two", "1962"),
        ("nineteen oh four", "1904"),
        ("two thousand and four", "2004"),
        ("two thousand and twenty four", "2024"),
        ("three hundred and five metres", "305 metres"),
        ("the second of may", "the 2 of may"),
        ("2nd of may", "2 of may"),
        ("nothing of the kind", "nothing of the kind"),
        ("triple nine", "9 9 9"),
    ],
)
def test_with_digits(said: str, figures: str) -> None:
    assert with_digits(said) == figures


@given(st.integers(0, 19))
def test_every_small_number_is_heard(number: int) -> None:
    assert number_in(f"about {UNITS[number]} of them") == number


def test_two_numbers_or_places_are_none() -> None:
    assert (number_in("2 or 3"), ordinal_in("the first or the second"), ordinal_in("none")) == (
        None,
        None,
        None,
    )
