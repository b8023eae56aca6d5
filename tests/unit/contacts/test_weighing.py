"""What fits adds bits, what does not takes some away, and two who fit alike are even."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.contacts.asked import Asked, read_words
from frontdoor.contacts.findkeys import (
    MOST_ASKED,
    MOST_KEYS,
    Described,
    Home,
    asked_keys,
    keys_of,
    name_words,
    sound,
)
from frontdoor.contacts.weighing import Rarity, Weighed, against_each_other, weigh

JANE = Described(
    names=(("jane", "featherstone"),),
    born_on=date(1980, 3, 1),
    phones=("+447700900123",),
    emails=("jane@customer.example",),
    homes=(Home(frozenset({"14"}), frozenset({"alder"}), frozenset({"thornbeck"}), "zw3 4qp"),),
)
MANY = Rarity(1_000_000)


def bits(words: str, held: Described = JANE) -> float:
    """What was typed, weighed."""
    return weigh(read_words(words), held, MANY).bits


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("jane featherstone", "jane fetherstone"),
        ("jane fetherstone", "jane"),
        ("jane featherstone", "jane"),
        ("jane", "john"),
        ("jane 01/03/1980", "jane"),
        ("jane 01/03/1980", "jane 03/01/1980 "),
        ("jane 03/01/1980", "jane 1980"),
        ("jane 02/03/1980", "jane 17/11/1955"),
        ("jane", "jane 17/11/1955"),
        ("jane 07700 900123", "jane 900123"),
        ("jane 900123", "jane 0123"),
        ("jane 0123", "jane"),
        ("jane zw3 4qp", "jane zw3 4qr"),
        ("jane zw3 4qr", "jane zw9 1aa"),
        ("jane 14 zw3 4qp", "jane zw3 4qp"),
        ("jane zw3 4qp", "jane 15 zw3 4qp"),
        ("jane jane@customer.example", "jane jane@custmer.example"),
        ("jane jane@custmer.example", "jane somebody@else.example"),
    ],
)
def test_the_better_it_fits_the_more_it_weighs(better: str, worse: str) -> None:
    assert bits(better) > bits(worse)


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    common = Rarity(1_000_000, {"n jane": 200}, frozenset({"n jane"}))

    assert weigh(read_words("jane"), JANE, common).bits < bits("jane")


def test_reasons_and_doubts_are_said_in_words() -> None:
    weighed = weigh(read_words("jane featherstone 02/11/1955 zw3 4qp"), JANE, MANY)

    assert (weighed.because, weighed.against) == (("same name", "same postcode"), ("another date of birth",))


def test_two_who_fit_alike_have_even_odds_and_one_alone_is_sure() -> None:
    fits = Weighed(60.0, ("same name",), ())
    alone, *_ = against_each_other([fits], population=10)
    one, other = against_each_other([fits, fits], population=10)

    assert alone.probability > 0.999
    assert one.probability == other.probability == pytest.approx(0.5)


@given(st.lists(st.floats(-500, 500), max_size=20))
def test_probabilities_of_all_who_fit_are_no_more_than_one_together(weights: list[float]) -> None:
    weighed = against_each_other([Weighed(each, (), ()) for each in weights], population=1000)

    assert sum(each.probability for each in weighed) <= 1.000001


@given(st.text(max_size=80))
def test_whoever_is_asked_for_by_their_own_name_shares_a_key(name: str) -> None:
    words = name_words(name)
    found = {key.number for key in asked_keys(Asked(names=words))}

    assert not words or found & set(keys_of(Described(names=(words,))))


@given(st.text(max_size=200))
def test_keys_are_few_and_fit_the_database(words: str) -> None:
    keys = asked_keys(read_words(words))

    assert len(keys) <= MOST_ASKED
    assert all(-(2**63) <= key.number < 2**63 for key in keys)


def test_a_customer_with_very_much_has_a_bounded_number_of_keys() -> None:
    held = replace(JANE, names=(tuple("abcdefgh"),), phones=tuple(f"+4477009{n:05d}" for n in range(300)))

    assert len(keys_of(held)) == MOST_KEYS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("smith", "smyth"),
        ("phillips", "filips"),
        ("catherine", "katherine"),
        ("stephen", "steven"),
        ("knight", "nite"),
    ],
)
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)
