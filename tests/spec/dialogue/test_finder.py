"""The finder, measured: half of the utterances were there to tune on, the other half were only ever measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdoor.catalogue.council import load_council
from frontdoor.catalogue.directory import directory_entries
from frontdoor.dialogue.finder import Entry, Finder

ROOT = Path(__file__).parents[3]
SPEC: dict[str, Any] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("finder.yaml").read_text(encoding="utf-8")
)
Utterance = dict[str, str]


@pytest.fixture(scope="module")
def finder() -> Finder:
    services = [
        Entry(
            id=name,
            title=entry["title"],
            phrases=tuple(entry["phrases"]),
            keywords=tuple(entry.get("keywords", ())),
            priority=entry.get("priority", 0),
        )
        for name, entry in SPEC["entries"].items()
    ]
    return Finder([*services, *directory_entries(load_council(ROOT / "councils" / "wealdmoor"))])


def share(finder: Finder, utterances: list[Utterance], *, first: int) -> float:
    hits = [
        utterance["finds"] in [found.entry.id for found in finder.find(utterance["say"]).found[:first]]
        for utterance in utterances
    ]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("half", ["tuning", "held out"])
def test_nine_in_ten_find_the_right_thing_first(finder: Finder, half: str) -> None:
    assert len(SPEC[half]) >= 120
    assert share(finder, SPEC[half], first=1) >= 0.90


@pytest.mark.parametrize("half", ["tuning", "held out"])
def test_all_but_three_in_a_hundred_find_it_among_three(finder: Finder, half: str) -> None:
    assert share(finder, SPEC[half], first=3) >= 0.97


def test_when_sure_it_is_right(finder: Finder) -> None:
    answers = [(finder.find(one["say"]), one["finds"]) for one in [*SPEC["tuning"], *SPEC["held out"]]]
    sure = [(findings.found[0].entry.id, expected) for findings, expected in answers if findings.sure]
    right = [found for found, expected in sure if found == expected]
    assert len(sure) / len(answers) >= 0.7
    assert len(right) / len(sure) >= 0.97


@pytest.mark.parametrize("case", SPEC["urgent"], ids=lambda case: case["say"])
def test_danger_is_heard(finder: Finder, case: dict[str, str]) -> None:
    urgent = finder.find(case["say"]).urgent
    assert urgent is not None
    assert urgent.danger == case["danger"]
    assert "999" in urgent.do or urgent.danger == "gas"


@pytest.mark.parametrize("say", SPEC["calm"])
def test_what_only_sounds_like_danger_is_not_taken_for_it(finder: Finder, say: str) -> None:
    assert finder.find(say).urgent is None


@pytest.mark.parametrize(
    ("say", "finds"),
    [
        ("my mum can't walk to the shops any more can she get a parking badge", "blue-badge/apply"),
        ("pot hole outside my hous", "street/pothole"),
        ("no money for food", "crisis/apply"),
        ("bin not collected", "bins"),
        ("someone is parked in a disabled bay outside mine", "parking"),
        ("blue bage renew", "blue-badge/renew"),
    ],
)
def test_the_well_known_ones_come_first(finder: Finder, say: str, finds: str) -> None:
    assert finder.find(say).found[0].entry.id == finds


@pytest.mark.parametrize("half", ["tuning", "held out"])
def test_no_utterance_is_one_of_the_phrases_it_is_measured_with(finder: Finder, half: str) -> None:
    phrases = {phrase.casefold() for entry in SPEC["entries"].values() for phrase in entry["phrases"]}
    said = {one["say"].casefold() for one in SPEC[half]}
    assert len(said & phrases) <= 0.05 * len(said)
