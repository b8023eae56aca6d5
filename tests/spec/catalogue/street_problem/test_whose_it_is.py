"""Whose problem it is comes before the rest of the form, and what is not ours never counts as resolved."""

from __future__ import annotations

import pytest

from frontdoor.catalogue.council import load_council
from frontdoor.forms.asking import next_page
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.street_problem.reporting import (
    FOLDER,
    OURS,
    PLACE,
    PRIVATE,
    THEIRS,
    calculators,
    given_on,
    interrupt,
    pack,
)

CATEGORIES = [str(each.value) for each in pack().form.question("category").options]


def asked_first(owner: Json, count: int) -> list[str]:
    said: dict[str, Json] = {}
    for _ in range(count):
        page = next_page(
            form=pack().form, answers=said, given=given_on(owner=owner), calculators=calculators()
        )
        assert page is not None
        said[page.question.id] = {"place": PLACE, "category": "pothole", "pass_on": "with_name"}.get(
            page.question.id, "none"
        )
    return list(said)


def test_place_and_kind_come_first() -> None:
    assert asked_first(OURS, 3) == ["place", "category", "danger"]
    assert asked_first(THEIRS, 4) == ["place", "category", "pass_on", "danger"]


@pytest.mark.parametrize(
    ("owner", "name", "then"),
    [(THEIRS, "not ours, but we can pass it on", "go on"), (PRIVATE, "not ours", "stop")],
    ids=["passed on", "cannot be passed on"],
)
def test_not_ours_is_said_as_soon_as_place_and_kind_are_known(owner: Json, name: str, then: str) -> None:
    due = interrupt({"place": PLACE, "category": "pothole"}, owner=owner)

    assert due is not None
    assert (due.name, due.then.value, due.counts_as) == (name, then, "not ours")


def test_ours_is_not_interrupted() -> None:
    assert interrupt({"place": PLACE, "category": "pothole"}) is None


def test_owner_not_known_goes_on() -> None:
    assert interrupt({"place": PLACE, "category": "pothole"}, owner=None) is None


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_council_names_an_owner_for_every_kind(category: str) -> None:
    council = load_council(FOLDER.parents[1] / "councils" / "wealdmoor")

    assert category in council.responsibilities


def test_what_is_not_ours_never_ends_as_repaired() -> None:
    ends = {
        move.name: move.to
        for move in pack().journey.moves.values()
        if move.name in ("pass on", "name the owner")
    }

    assert [pack().journey.states[str(to)].ends_as for to in ends.values()] == [
        "passed on, not ours",
        "not ours",
    ]


def test_a_name_goes_to_the_owner_only_when_the_customer_says_so() -> None:
    labels = {str(each.value): each.label for each in pack().form.question("pass_on").options}

    assert list(labels) == ["with_name", "without_name", "not_needed"]
