"""Example people, and the commands that check and explain them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from pytest_django import Settings

from frontdoor.catalogue.calculators import CALCULATORS, UnboundCalculators, bound, danger_words
from frontdoor.catalogue.checking import check_folder_again, shown
from frontdoor.catalogue.examples import run_example, run_examples, weigh_example
from frontdoor.catalogue.loading import load_pack
from frontdoor.catalogue.pack import Example, Expected
from frontdoor.jobs.commands import check, explain

PACKS = Path(__file__).parents[2] / "data" / "packs"
TODAY = date(2026, 11, 22)


def person(*, received_on: date | None = None, expect: Expected) -> Example:
    return Example(
        name="Frank",
        received_on=received_on,
        today=None,
        channel="web",
        for_someone_else=False,
        answers={"born_on": "1990-05-04", "connection": "lives"},
        facts={},
        evidence_seen=frozenset(),
        evidence_sent=frozenset({"address"}),
        evidence_rejected=frozenset(),
        expect=expect,
        line=7,
    )


def test_examples_of_the_small_pack_come_out_as_expected() -> None:
    results = run_examples(load_pack(PACKS / "library-card"), today=TODAY)
    assert [(result.name.split(",")[0], result.passed) for result in results] == [
        ("Alice", True),
        ("Bob", True),
        ("Chidi", True),
        ("Dana", True),
        ("Eve", True),
    ]


def test_an_example_that_comes_out_otherwise_shows_both() -> None:
    expect = Expected(
        outcome="give card",
        met=frozenset({"lives here"}),
        asks_for=frozenset(),
        automatic=True,
        interrupt="elsewhere",
    )
    result = run_example(load_pack(PACKS / "library-card"), person(expect=expect), today=TODAY)
    assert not result.passed
    assert result.got == {
        "outcome": "look",
        "met": frozenset(),
        "asks for": frozenset(),
        "automatic": False,
        "interrupt": None,
    }


def test_an_example_of_a_day_without_rules_fails_by_name() -> None:
    example = person(received_on=date(2019, 1, 1), expect=Expected(outcome="look"))
    result = run_example(load_pack(PACKS / "library-card"), example, today=TODAY)
    assert (result.passed, result.sheet) == (False, None)
    assert "No rules were in force on 2019-01-01" in str(result.got["rules"])


def test_an_expectation_of_none_means_none_at_all() -> None:
    example = person(expect=Expected(met=frozenset()))
    result = run_example(load_pack(PACKS / "library-card"), example, today=TODAY)
    assert (result.passed, result.got) == (False, {"met": frozenset({"old enough"})})


def test_options_are_shown_in_their_words_on_the_sheet() -> None:
    pack = load_pack(PACKS / "library-card")
    sheet = weigh_example(pack, pack.examples[0], today=TODAY).sheet
    assert [weighed.words for weighed in sheet.criteria if weighed.criterion == "old enough"] == ["Is 36"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (frozenset({"b", "a"}), "[a, b]"),
        (True, "yes"),
        (None, "nothing"),
        ({"expires_on": "2029-11-20"}, "{expires_on: 2029-11-20}"),
    ],
)
def test_results_are_shown_as_the_pack_would_write_them(value: object, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("There's a MISSING COVER, and bare wires!", ["bare wire", "missing cover"]),
        ("The road is not dangerous", []),
        ("", []),
        ("motorways", ["motorway"]),
    ],
)
def test_danger_words_are_heard(words: str, found: list[str]) -> None:
    assert danger_words(words) == found


def test_calculators_are_bound_whole_or_not_at_all() -> None:
    every = {name: lambda *_: None for name in CALCULATORS if name != "danger words in text"}
    assert bound(every).keys() == CALCULATORS.keys()
    with pytest.raises(UnboundCalculators, match="No calculator is called phase of the moon"):
        bound({**every, "phase of the moon": lambda: None})
    with pytest.raises(UnboundCalculators, match="No function was given for awards ever"):
        bound({name: function for name, function in every.items() if name != "awards ever"})


def arguments(command: str, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    {"check": check, "explain": explain}[command].add_arguments(parser)
    return parser.parse_args(words)


def test_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run(arguments("check", str(PACKS))) == 0
    out = capsys.readouterr().out
    assert "Library card (library-card, version " in out
    assert (
        "5 questions, 3 criteria, 6 states, 8 updates, 2 articles, 5 examples as expected, 3 sayings." in out
    )
    assert out.endswith("1 pack, no fault.\n")


def test_check_names_faults_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "service.yaml").write_text("name: [")
    assert check.run(arguments("check", str(tmp_path))) == 1
    out = capsys.readouterr().out
    assert f"{tmp_path}/service.yaml:1: a value should stand here, and there is none. " in out
    assert "faults in" in out


def test_check_of_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run(arguments("check", str(tmp_path / "nothing"))) == 1
    assert "there is no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", ["alice", "Alice, lives here and shows it", "ALI", "shows it"])
def test_explain_finds_the_example_forgivingly(
    wanted: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PACKS_FOLDER = str(PACKS)
    assert explain.run(arguments("explain", "library-card", *wanted.split())) == 0
    out = capsys.readouterr().out
    assert out.startswith("Library card: Alice, lives here and shows it\n")
    assert "outcome: give card (as expected)" in out


def test_explain_lists_the_examples_where_none_or_several_fit(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PACKS_FOLDER = str(PACKS)
    assert explain.run(arguments("explain", "library-card")) == 0
    assert "Bob, lives here and has not shown it" in capsys.readouterr().out
    assert explain.run(arguments("explain", "library-card", "lives")) == 2
    assert 'Several examples fit "lives":\n  Alice' in capsys.readouterr().err
    assert explain.run(arguments("explain", "library-card", "zzz")) == 2
    assert 'No example fits "zzz". There are:\n  Alice' in capsys.readouterr().err


def test_explain_of_an_unknown_service_offers_the_nearest(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PACKS_FOLDER = str(PACKS)
    assert explain.run(arguments("explain", "libary-card", "alice")) == 2
    assert 'Did you mean "library-card"?' in capsys.readouterr().err


def test_a_pack_is_checked_again_only_where_a_file_has_changed(tmp_path: Path) -> None:
    folder = tmp_path / "library-card"
    copytree(PACKS / "library-card", folder)
    first = check_folder_again(folder, today=TODAY)
    assert check_folder_again(folder, today=TODAY) is first
    assert first.faults == ()
    (folder / "examples.yaml").write_text("people: {}\n", encoding="utf-8")
    again = check_folder_again(folder, today=TODAY)
    assert again is not first
