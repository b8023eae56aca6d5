"""YAML as packs have it: plain values, their lines, and no traceback whatever is in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.catalogue.reading import Block, read_yaml


def test_values_are_plain() -> None:
    text = "a: no\nb: 2026-11-20\nc: 012\nd: 12\ne: 1.5\nf: true\ng:\nh: '7'\ni: [x, 1]\n3: three\nj: 1e5\nk: ~\n"
    assert read_yaml(file="x", text=text).value == {
        "a": "no",
        "b": "2026-11-20",
        "c": "012",
        "d": 12,
        "e": 1.5,
        "f": True,
        "g": None,
        "h": "7",
        "i": ["x", 1],
        3: "three",
        "j": "1e5",
        "k": None,
    }


def test_every_key_and_item_has_its_line() -> None:
    source = read_yaml(file="x", text="a:\n  b:\n    - one\n    - two\n  c: >\n    long\n    words\n")
    assert {path: line for path, line in source.lines.items() if path} == {
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "b", 0): 3,
        ("a", "b", 1): 4,
        ("a", "c"): 5,
    }
    assert source.line_of(("a", "b", 1, "not", "there")) == 4
    assert isinstance(source.value, Block)


def test_lines_count_from_where_the_text_stands() -> None:
    source = read_yaml(file="x", text="a: 1\na: 2\n", first_line=10)
    assert [fault.line for fault in source.faults] == [11]


def test_a_file_that_is_too_large_is_a_fault() -> None:
    source = read_yaml(file="x", text="a: " + "x" * 1_000_001)
    assert [str(fault) for fault in source.faults] == [
        "x:1: the file is larger than 1,000 kB. Split or shorten it."
    ]


@given(st.text(max_size=200))
@settings(max_examples=settings().max_examples * 3)
def test_any_text_gives_a_value_or_faults(text: str) -> None:
    source = read_yaml(file="x", text=text)
    assert source.value is None or not source.faults


PIECES = st.sampled_from(
    [
        "a",
        ": ",
        ":",
        "\n",
        "  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "&x ",
        "*x",
        "!t ",
        "#",
        "|\n",
        "? ",
        "---\n",
        "\t",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=settings().max_examples * 5)
def test_any_pieces_of_yaml_give_a_value_or_faults(text: str) -> None:
    source = read_yaml(file="x", text=text)
    assert source.value is None or not source.faults
    assert all(fault.mend for fault in source.faults)


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[2].glob("data/packs/*/*.yaml")), ids=lambda path: path.stem
)
def test_a_real_file_reads_without_fault(path: Path) -> None:
    assert read_yaml(file=path.name, text=path.read_text("utf-8")).faults == []
