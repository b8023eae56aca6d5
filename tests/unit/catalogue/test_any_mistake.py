"""Whatever is in its files, a pack loads or has faults; nobody ever reads a traceback."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.catalogue.faults import Fault, PackFaults
from frontdoor.catalogue.loading import load_pack, load_pack_from_files, read_pack

SMALL = Path(__file__).parents[2] / "data" / "packs" / "library-card"
NAMES = sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.*"))
FEWER = settings(max_examples=settings().max_examples // 2)  # each reads a whole pack twice
WORDS = [
    "",
    "x",
    "yes",
    "no",
    "7",
    "[]",
    "{}",
    "[a, b]",
    "{a: b}",
    "'",
    '"',
    "-",
    "null",
    "{full_name}",
    "1.5",
    "2020-01-01",
    "(",
    "and",
]


@cache
def sound() -> dict[str, str]:
    return dict(load_pack(SMALL).files)


def faults_when_stored(files: dict[str, str]) -> set[Fault]:
    try:
        load_pack_from_files(files)
    except PackFaults as error:
        return set(error.faults)
    return set()


def loads_or_has_faults(files: dict[str, str]) -> None:
    new, faults = read_pack(files, "", folder_name="library-card")
    assert (new is None) == bool(faults)
    assert new is None or new.files == files
    assert all(fault.file and fault.problem for fault in faults)
    assert faults_when_stored(files) <= set(faults)


@given(st.sampled_from(NAMES), st.integers(0, 10_000), st.sampled_from(WORDS))
@FEWER
def test_any_value_put_in_place_of_another(name: str, place: int, word: str) -> None:
    lines = sound()[name].split("\n")
    number = place % len(lines)
    key, colon, _ = lines[number].partition(": ")
    lines[number] = f"{key}{colon}{word}"
    loads_or_has_faults({**sound(), name: "\n".join(lines)})


@given(st.sampled_from(NAMES), st.integers(0, 10_000))
@FEWER
def test_any_line_left_out(name: str, place: int) -> None:
    lines = sound()[name].split("\n")
    del lines[place % len(lines)]
    loads_or_has_faults({**sound(), name: "\n".join(lines)})


@given(st.sampled_from(NAMES), st.integers(0, 10_000), st.characters(blacklist_categories=["Cs"]))
@FEWER
def test_any_character_put_in(name: str, place: int, sign: str) -> None:
    text = sound()[name]
    at = place % len(text)
    changed = (text[:at] + sign + text[at:]).replace("\r", "\n").removeprefix("\ufeff")
    loads_or_has_faults({**sound(), name: changed})


@given(st.dictionaries(st.sampled_from([*NAMES, "../x", "other.txt", "updates/x.md"]), st.text(max_size=80)))
@FEWER
def test_any_files_at_all(files: dict[str, str]) -> None:
    loads_or_has_faults(
        {name: text.replace("\r", "\n").removeprefix("\ufeff") for name, text in files.items()}
    )
