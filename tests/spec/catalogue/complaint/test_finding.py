"""The finder, with complaints among all our services: they are found, and take nothing away from the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdoor.catalogue.council import load_council
from frontdoor.catalogue.finding import make_finder
from frontdoor.catalogue.loading import load_pack, pack_folders
from frontdoor.catalogue.pack import Catalogue
from frontdoor.dialogue.finder import Finder

ROOT = Path(__file__).parents[4]
SAID: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("held_out.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def finder() -> Finder:
    catalogue = Catalogue({folder.name: load_pack(folder) for folder in pack_folders(ROOT / "packs")})
    return make_finder(catalogue=catalogue, council=load_council(ROOT / "councils" / "wealdmoor"))


def missed(finder: Finder, *, first: int) -> list[str]:
    return [
        one["say"]
        for one in SAID
        if one["finds"] not in [found.entry.id for found in finder.find(one["say"], limit=3).found[:first]]
    ]


def test_four_in_five_find_the_right_thing_first(finder: Finder) -> None:
    assert len(missed(finder, first=1)) <= len(SAID) / 5, missed(finder, first=1)


def test_nine_in_ten_find_it_among_three(finder: Finder) -> None:
    assert len(missed(finder, first=3)) <= len(SAID) / 10, missed(finder, first=3)
