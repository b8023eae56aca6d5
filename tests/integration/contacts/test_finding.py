"""A customer is found by what a caller gives, in any order, with the reasons said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdoor.contacts import finding
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.finding import MOST_PER_KEY, find_people
from frontdoor.contacts.indexing import index_customers
from frontdoor.contacts.models import ContactPoint, Customer, FindCard, FindKey
from frontdoor.kernel.ids import new_reference

pytestmark = pytest.mark.django_db

PEOPLE = (
    Introduction(
        "Siobhán O’Neill",
        date(1979, 5, 11),
        "siobhan@customer.example",
        "07700 900123",
        {"lines": ["14 Alder Rise"], "town": "Thornbeck", "postcode": "ZW3 4QP"},
    ),
    Introduction(
        "Patrick O’Neill",
        date(1976, 1, 30),
        "",
        "07700 900124",
        {"lines": ["14 Alder Rise"], "town": "Thornbeck", "postcode": "ZW3 4QP"},
    ),
    Introduction("William Featherstonehaugh", date(1950, 12, 3), phone="01632 960001"),
    Introduction("王小明", date(1990, 8, 8), "ming@customer.example"),
    Introduction("Γιώργος Παπαδόπουλος", date(1966, 2, 1)),
    Introduction(
        "Maria de la Cruz", date(1988, 4, 9), address={"lines": ["3 Mill Lane"], "postcode": "ZW9 1AA"}
    ),
    Introduction("Thornbeck Cricket Club", None, "club@cricket.example", is_organisation=True),
)


@pytest.fixture
def people(at: datetime, rng: Random) -> list[Customer]:
    """Everybody the office knows."""
    return [know_customer(introduction=each, at=at, rng=rng) for each in PEOPLE]


def names(words: str) -> list[str]:
    """Who is found, the likeliest first."""
    return [found.customer.full_name for found in find_people(words=words)]


@pytest.mark.parametrize(
    "words",
    [
        "siobhan oneill",
        "O'Neill Siobhan",
        "o neill, siobhán",
        "Shiobhan O'Neil",
        "siobhan 11/5/79",
        "11 May 1979",
        "11th of may 1979 oneill",
        "1979-05-11",
        "11051979",
        "5.11.1979 siobhan",
        "07700900123",
        "+44 7700 900 123",
        "900123",
        "0123",
        "0123 oneill",
        "SIOBHAN@customer.example",
        "siobhan zw34qp",
        "siobhan alder rise",
        "14 alder rise siobhan",
        "mrs siobhan oneill",
        "siob oneil",
    ],
)
def test_somebody_is_found_first_by_whatever_is_said_of_them(people: list[Customer], words: str) -> None:
    assert names(words)[:1] == ["Siobhán O’Neill"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("bill featherstonehaugh", "William Featherstonehaugh"),
        ("fetherstonhaugh", "William Featherstonehaugh"),
        ("feath", "William Featherstonehaugh"),
        ("王", "王小明"),
        ("王小明", "王小明"),
        ("γιωργος", "Γιώργος Παπαδόπουλος"),
        ("delacruz", "Maria de la Cruz"),
        ("maria dela cruz", "Maria de la Cruz"),
        ("3 mill lane", "Maria de la Cruz"),
        ("cricket club", "Thornbeck Cricket Club"),
    ],
)
def test_names_of_every_kind_are_found(people: list[Customer], words: str, name: str) -> None:
    assert names(words)[:1] == [name]


@pytest.mark.parametrize("words", ["", "   ", "?!", "zzzz", "01/01/1901", "'; drop table", "\x00", "9" * 300])
def test_what_fits_nobody_finds_nobody(people: list[Customer], words: str) -> None:
    assert names(words) == []


def test_both_of_a_household_are_maybes_and_each_says_why(people: list[Customer]) -> None:
    found = find_people(words="oneill zw3 4qp")

    assert {(each.customer.full_name, each.likeness.value, each.because) for each in found} == {
        ("Siobhán O’Neill", "maybe", ("part of the name is the same", "same postcode")),
        ("Patrick O’Neill", "maybe", ("part of the name is the same", "same postcode")),
    }


def test_name_birthday_and_phone_are_the_same_person_for_sure(people: list[Customer]) -> None:
    first, *others = find_people(words="Siobhan O'Neill 11/05/1979 07700 900123")

    assert (first.likeness.value, first.because, first.against) == (
        "same",
        ("same name", "same date of birth", "same phone"),
        (),
    )
    assert all(each.likeness.value == "maybe" for each in others)


def test_a_name_alone_is_never_sure_even_if_nobody_else_has_it(people: list[Customer]) -> None:
    assert [each.likeness.value for each in find_people(words="William Featherstonehaugh")] == ["maybe"]


def test_what_does_not_fit_is_said_and_keeps_it_a_maybe(people: list[Customer]) -> None:
    (found,) = find_people(words="Siobhan O'Neill 12/06/1981 07700 900123")

    assert (found.likeness.value, found.against) == ("maybe", ("another date of birth",))


def test_two_records_that_fit_alike_are_two_maybes(people: list[Customer], at: datetime, rng: Random) -> None:
    twin = know_customer(introduction=Introduction("Someone Else"), at=at, rng=rng)
    Customer.objects.filter(pk=twin.pk).update(full_name="Siobhan O'Neill", born_on=date(1979, 5, 11))
    ContactPoint.objects.create(
        customer=twin, kind="phone", value="07700 900123", value_key="+447700900123", added_at=at
    )
    index_customers(customer_ids=[twin.pk])

    found = find_people(words="Siobhan O'Neill 11/05/1979 07700 900123")

    assert [each.likeness.value for each in found[:2]] == ["maybe", "maybe"]


def test_a_reference_finds_who_its_case_is_about(people: list[Customer], rng: Random) -> None:
    reference = new_reference("BB", rng)

    def of_reference(asked: str) -> Collection[UUID]:
        return [people[3].pk] if asked == reference else []

    found = find_people(words=f"ming {reference.lower()}", of_reference=of_reference)

    assert [(each.customer.full_name, each.likeness.value, each.because) for each in found] == [
        ("王小明", "same", ("reference of their case",))
    ]


def test_whom_the_viewer_may_not_see_is_not_found(people: list[Customer]) -> None:
    hidden = people[0].pk

    found = find_people(words="oneill", allowed=lambda ids: [each for each in ids if each != hidden])

    assert [each.customer.full_name for each in found] == ["Patrick O’Neill"]


def test_the_index_follows_what_changes(people: list[Customer]) -> None:
    Customer.objects.filter(pk=people[3].pk).update(full_name="Ming Wang")

    index_customers(customer_ids=[people[3].pk])

    assert (names("wang"), names("王小明")) == (["Ming Wang"], [])


def test_filing_twice_changes_nothing(people: list[Customer]) -> None:
    before = set(FindKey.objects.values_list("key", "card"))

    assert index_customers(customer_ids=[each.pk for each in people]) == 0
    assert set(FindKey.objects.values_list("key", "card")) == before


def test_people_brought_over_in_bulk_are_filed_afterwards(people: list[Customer]) -> None:
    FindCard.objects.all().delete()

    assert names("王小明") == []
    index_customers(customer_ids=[each.pk for each in people])
    assert names("王小明") == ["王小明"]


def test_an_erased_customer_leaves_no_key(people: list[Customer]) -> None:
    people[3].delete()

    assert FindKey.objects.filter(card__customer=people[3].pk).count() == 0


def test_a_look_up_costs_the_same_among_few_and_among_many(
    people: list[Customer], at: datetime, rng: Random
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        find_people(words="john smith 01/02/1960 zw3 4qp")
    for number in range(MOST_PER_KEY + 30):
        know_customer(
            introduction=Introduction("John Smith", date(1930, 1, 1) + timedelta(days=37 * number)),
            at=at,
            rng=rng,
        )

    with CaptureQueriesContext(connection) as many:
        found = find_people(words="john smith 01/02/1960 zw3 4qp")

    assert len(many) <= len(few) + 2 <= 7
    assert len(found) == 10


def test_oldest_of_many_namesakes_is_found_among_many_of_one_birthday(
    at: datetime, rng: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_PER_KEY", 12)
    monkeypatch.setattr(finding, "MOST_WEIGHED", 4)

    def known(name: str, born_on: date) -> Customer:
        return know_customer(introduction=Introduction(name, born_on), at=at, rng=rng)

    oldest = known("John Smith", date(1960, 2, 1))
    for number in range(14):  # newer cards under every key of the name, with the day and with the year
        known("John Smith", date(1960, 3, 1 + number))
        known("John Smith", date(1970 + number, 2, 1))
    for name in ("Xanthe Quill", "Ottoline Fenn", "Ivo Larch", "Wendell Moor", "Una Brack", "Edric Pell"):
        known(name, date(1960, 2, 1))

    assert find_people(words="john smith 01/02/1960")[0].customer == oldest
