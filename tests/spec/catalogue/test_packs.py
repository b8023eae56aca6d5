"""The packs prove themselves: every example person comes out as expected, everything people say finds its enquiry."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from frontdoor.catalogue.checking import check_all
from frontdoor.catalogue.council import load_council
from frontdoor.catalogue.examples import run_example
from frontdoor.catalogue.faults import PackFaults
from frontdoor.catalogue.finding import make_finder
from frontdoor.catalogue.loading import load_pack, load_pack_from_files, pack_folders
from frontdoor.catalogue.pack import Catalogue, Pack, Saying, Service, UpdateWords
from frontdoor.dialogue.finder import Entry, Finder

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
FOLDERS = [*pack_folders(ROOT / "packs"), *pack_folders(ROOT / "tests" / "data" / "packs")]


@cache
def packs() -> dict[str, Pack]:
    """Every pack that loads; what is wrong with one that does not is for `test_packs_have_no_fault` to say."""
    found = {}
    for folder in FOLDERS:
        with suppress(PackFaults):
            found[folder.name] = load_pack(folder)
    return found


OURS = [folder.name for folder in pack_folders(ROOT / "packs") if folder.name in packs()]


def every_example() -> list[tuple[str, str]]:
    return [(name, example.name) for name, pack in packs().items() for example in pack.examples]


@pytest.mark.parametrize(("service", "name"), every_example())
def test_example_person_comes_out_as_expected(service: str, name: str) -> None:
    pack = packs()[service]
    example = next(each for each in pack.examples if each.name == name)
    result = run_example(pack, example, today=TODAY)
    assert result.got == result.expected


@pytest.mark.parametrize(
    "folder", [ROOT / "packs", ROOT / "tests" / "data" / "packs"], ids=["packs", "tests"]
)
def test_packs_have_no_fault(folder: Path) -> None:
    assert [str(fault) for each in check_all(folder, today=TODAY) for fault in each.faults] == []


@pytest.mark.parametrize("service", list(packs()))
def test_a_stored_pack_is_the_same_pack(service: str) -> None:
    pack = packs()[service]
    again = load_pack_from_files(pack.files)
    assert again.version == pack.version
    assert replace(again.service, lines={}) == replace(pack.service, lines={})
    assert _texts(again.service) == _texts(pack.service)
    assert [_as_written(each) for each in again.updates.values()] == [
        _as_written(each) for each in pack.updates.values()
    ]
    assert again.journey.moves.keys() == pack.journey.moves.keys()


def _texts(service: Service) -> dict[str, str]:
    return {name: line.text for name, line in service.lines.items()}


def _as_written(update: UpdateWords) -> tuple[UpdateWords, str]:
    return replace(update, unless=None), update.unless.text if update.unless else ""


@pytest.mark.parametrize("service", OURS)
def test_a_service_has_at_least_twenty_example_people(service: str) -> None:
    assert len(packs()[service].examples) >= 20


@pytest.mark.parametrize("service", list(packs()))
def test_some_example_comes_to_every_outcome(service: str) -> None:
    """An outcome that no example comes to is a rule that nobody has tried."""
    pack = packs()[service]
    results = [run_example(pack, example, today=TODAY) for example in pack.examples]
    reached = {result.sheet.outcome for result in results if result.sheet}
    assert {outcome.name for outcome in pack.rules[0].outcomes} <= reached


@cache
def finder() -> Finder:
    council = load_council(ROOT / "councils" / "wealdmoor")
    return make_finder(catalogue=Catalogue({name: packs()[name] for name in OURS}), council=council)


def found_for(saying: Saying) -> list[bool]:
    """Whether each of the first three things found is what the saying is about."""
    return [_is_meant(saying, found.entry) for found in finder().find(saying.words, limit=3).found]


def _is_meant(saying: Saying, entry: Entry) -> bool:
    if saying.enquiry.startswith("not ours"):
        return entry.kind == "not ours"
    return entry.id == saying.enquiry


@pytest.mark.parametrize("service", OURS)
def test_what_people_say_finds_its_enquiry(service: str) -> None:
    """First for five sayings in six, and among the first three for nineteen in twenty."""
    says = packs()[service].says
    found = {saying.words: found_for(saying) for saying in says}
    not_first = [words for words, hits in found.items() if not any(hits[:1])]
    nowhere = [words for words, hits in found.items() if not any(hits)]
    assert len(not_first) <= len(says) / 6, not_first
    assert len(nowhere) <= len(says) / 20, nowhere
