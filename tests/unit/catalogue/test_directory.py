"""What others do, and where to go for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from frontdoor.catalogue.council import Council, load_council
from frontdoor.catalogue.directory import directory_entries, due_for_review, listing_of, whose

NOW, AFTER = date(2026, 11, 22), date(2028, 4, 1)


@pytest.fixture(scope="module")
def council() -> Council:
    return load_council(Path(__file__).parents[3] / "councils" / "wealdmoor")


@pytest.mark.parametrize(
    ("entry", "district", "on", "name", "ours"),
    [
        ("bins", "E-TALLOWDALE", NOW, "Tallowdale Borough Council", False),
        ("bins", "E-AMBERCESTER", NOW, "Ambercester City Council", False),
        ("bins", "E-TALLOWDALE", AFTER, "Wealdmoor Council", True),
        ("bins", None, NOW, None, False),
        ("passport", None, NOW, "HM Passport Office", False),
        ("bus-pass", None, NOW, "Wealdmoor County Council", True),
    ],
)
def test_whose_it_is(
    council: Council, entry: str, district: str | None, on: date, name: str | None, ours: bool
) -> None:
    listing = listing_of(council, entry)
    assert listing is not None
    answer = whose(council=council, listing=listing, district=district, on=on)
    assert (answer.name, answer.ours) == (name, ours)


def test_every_listing_leads_somewhere(council: Council) -> None:
    lost = []
    for listing in council.directory:
        contact = whose(council=council, listing=listing, district="E-QUERNSIDE", on=NOW).contact
        if not (contact.phone or contact.link or contact.words):
            lost.append(listing.id)
    assert lost == []


def test_what_others_do_is_told_from_our_own(council: Council) -> None:
    kinds = {entry.id: entry.kind for entry in directory_entries(council)}
    assert (kinds["bins"], kinds["bus-pass"]) == ("not ours", "article")
    assert sum(kind == "not ours" for kind in kinds.values()) >= 40


def test_an_entry_of_a_pack_has_no_listing(council: Council) -> None:
    assert listing_of(council, "blue-badge/apply") is None


def test_facts_are_due_for_review_on_their_day(council: Council) -> None:
    first = min(listing.review_by for listing in council.directory)
    assert due_for_review(council, date(2026, 11, 22)) == ()
    assert {listing.review_by for listing in due_for_review(council, first)} == {first}


def test_numbers_of_national_bodies_say_where_they_were_read(council: Council) -> None:
    short = {"101", "111"}
    bare = [body.id for body in council.bodies if body.contact.phone and not body.source]
    assert [body.id for body in council.bodies if body.id in bare and body.contact.phone not in short] == []
