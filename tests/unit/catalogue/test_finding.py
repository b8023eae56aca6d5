"""Finding among the real packs and the directory together."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdoor.catalogue.council import load_council
from frontdoor.catalogue.finding import make_finder, pack_entries
from frontdoor.catalogue.loading import load_catalogue
from frontdoor.catalogue.pack import Catalogue
from frontdoor.dialogue.finder import Finder, Found

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "packs")


@pytest.fixture(scope="module")
def finder(catalogue: Catalogue) -> Finder:
    return make_finder(catalogue=catalogue, council=load_council(ROOT / "councils" / "wealdmoor"))


def is_right(found: Found, expected: str) -> bool:
    return found.entry.kind == "not ours" if expected.startswith("not ours") else found.entry.id == expected


@pytest.mark.parametrize(("first", "least"), [(1, 0.80), (3, 0.90)])
def test_what_people_say_finds_its_enquiry(
    catalogue: Catalogue, finder: Finder, first: int, least: float
) -> None:
    """The sayings are the packs' own examples; none of them is a phrase the finder was given."""
    says = [saying for pack in catalogue for saying in pack.says]
    hits = [
        any(is_right(found, saying.enquiry) for found in finder.find(saying.words).found[:first])
        for saying in says
    ]
    assert len(says) > 40
    assert sum(hits) / len(hits) >= least


def test_every_enquiry_is_found_by_each_of_its_phrases(catalogue: Catalogue, finder: Finder) -> None:
    lost = [
        (entry.id, phrase)
        for pack in catalogue
        for entry in pack_entries(pack)
        for phrase in entry.phrases
        if entry.id not in [found.entry.id for found in finder.find(phrase).found[:4]]
    ]
    assert lost == []


def test_a_form_comes_before_reading_and_staff_articles_are_not_for_customers(catalogue: Catalogue) -> None:
    entries = {entry.id: entry for entry in pack_entries(catalogue.pack("blue-badge"))}
    assert entries["blue-badge/apply"].priority > entries["blue-badge/how we decide"].priority
    assert all("hidden conditions" not in entry.phrases for entry in entries.values())
