"""Letters: where things stand on the page, what a screen reader is told, and every script."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from frontdoor.channels.letters import (
    ADDRESS_BOTTOM,
    ADDRESS_LEFT,
    ADDRESS_RIGHT,
    ADDRESS_TOP,
    BadLetter,
    Letter,
    LetterStyle,
    render_letter,
    unprintable,
)
from frontdoor.channels.typesetting.marks import Block, Run, read_blocks

POINTS_IN_A_MM = 72 / 25.4
PAGE_HEIGHT = 297.0

LETTER = Letter(
    council="Wealdmoor County Council",
    address=("Alice Example", "1 Made-up Street", "Wealdmoor", "ZZ99 1AA"),
    subject="Your Blue Badge",
    body="Dear Alice,\n\nWe have **decided**.\n\n## What happens next\n\n1. We print it.\n2. By post.\n\n- Keep it safe",
    dated=date(2027, 3, 2),
    reference="BB-4T7K-92M",
    sender=("County Hall", "ZZ99 9ZZ", "0300 123 0000"),
    footer="Large print: call 0300 123 0000.",
)


def opened(letter: Letter) -> PdfReader:
    return PdfReader(io.BytesIO(render_letter(letter)))


def words_of(letter: Letter) -> str:
    return "\n".join(page.extract_text() for page in opened(letter).pages)


def places_of(letter: Letter) -> list[tuple[str, float, float]]:
    """Each piece of text on the first page with its millimetres from the left and from the top."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, _: Any, matrix: Any, __: Any, ___: Any) -> None:
        if text.strip():
            left, bottom = matrix[4] / POINTS_IN_A_MM, matrix[5] / POINTS_IN_A_MM
            found.append((text.strip(), left, PAGE_HEIGHT - bottom))

    opened(letter).pages[0].extract_text(visitor_text=visit)
    return found


def test_letter_holds_what_it_was_given() -> None:
    words = words_of(LETTER)
    for expected in [
        "Wealdmoor County Council",
        "Alice Example",
        "2 March 2027",
        "Reference: BB-4T7K-92M",
        "We have decided.",
        "What happens next",
        "1. We print it.",
        "• Keep it safe",
        "Page 1 of 1",
        "Large print",
    ]:
        assert expected in re.sub(r"\s+", " ", words), expected


def test_same_letter_gives_the_same_bytes() -> None:
    assert render_letter(LETTER) == render_letter(LETTER)
    assert render_letter(LETTER) != render_letter(replace(LETTER, dated=date(2027, 3, 3)))


@pytest.mark.parametrize("lines", [1, 3, 7])
def test_address_and_nothing_else_stands_in_the_window(lines: int) -> None:
    long = "A name or a line of an address that is very much longer than any window of an envelope is wide"
    address = tuple(f"{number} {long}" for number in range(lines))

    inside = [
        text
        for text, left, top in places_of(replace(LETTER, address=address))
        if ADDRESS_LEFT - 1 <= left <= ADDRESS_RIGHT and ADDRESS_TOP - 1 <= top <= ADDRESS_BOTTOM + 1
    ]

    assert inside == list(address)


def test_body_begins_below_the_window() -> None:
    tops = {text: top for text, _, top in places_of(LETTER)}
    assert 95 < tops["Your Blue Badge"] < 105


def test_letter_is_tagged_with_title_and_language() -> None:
    reader = opened(LETTER)
    catalogue: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Your Blue Badge", "Wealdmoor County Council")
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    roles = [kid.get_object()["/S"] for kid in catalogue["/StructTreeRoot"]["/K"][0]["/K"]]
    assert roles == ["/P"] * 10 + ["/H1", "/P", "/P", "/H2", "/LI", "/LI", "/LI"]


def test_long_letter_has_numbered_pages_and_stays_tagged_across_them() -> None:
    reader = opened(replace(LETTER, body="One long paragraph of words. " * 400))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 1
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts, start=1))
    for page in reader.pages:
        content = page.get_contents()
        assert content is not None
        operators = content.get_data()
        assert operators.count(b" BDC") + operators.count(b" BMC") == operators.count(b"\nEMC")


@pytest.mark.parametrize(
    "name",
    [
        "Siân Tŷ-gwyn", "Małgorzata Żółć", "Nguyễn Thị Ánh", "Ελένη Παπαδοπούλου", "Юлія Коваленко", "Արմեն", "ნინო",
        "فاطمة الزهراء", "محمد علی", "שרה לוי", "রহিমা বেগম", "अमित शर्मा", "પટેલ", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "முருகன்",
        "O’Neill-D'Arcy", "Ame\u0301lie",
    ],
)  # fmt: skip
def test_name_in_any_common_script_can_be_printed(name: str) -> None:
    letter = replace(LETTER, address=(name, "1 Made-up Street", "ZZ99 1AA"), body=f"Dear {name},")
    assert unprintable(letter) == frozenset()
    assert render_letter(letter).startswith(b"%PDF-")


def test_letters_no_font_has_are_named_and_do_not_stop_the_letter() -> None:
    letter = replace(LETTER, body="Dear 王小明,")
    assert unprintable(letter) == frozenset("王小明")
    assert "Dear" in words_of(letter)


def test_lines_after_a_name_in_another_script_are_still_right() -> None:
    words = words_of(replace(LETTER, address=("রহিমা বেগম", "Flat 2", "1 Made-up Street", "ZZ99 1AA")))
    assert "Flat 2" in words
    assert "1 Made-up Street" in words


@settings(max_examples=15, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_words_make_a_letter(text: str) -> None:
    letter = replace(
        LETTER, address=(text, "1 Made-up Street"), subject=text, body=text, reference=text, footer=text
    )
    assert render_letter(letter).startswith(b"%PDF-")


def test_logo_stands_in_the_head_with_the_councils_name_for_readers_aloud() -> None:
    logo = io.BytesIO()
    Image.new("RGB", (300, 100), "teal").save(logo, "PNG")
    letter = replace(LETTER, style=LetterStyle(colour="#0b5d63", logo=logo.getvalue()))
    reader = opened(letter)
    catalogue: Any = reader.trailer["/Root"]
    first = catalogue["/StructTreeRoot"]["/K"][0]["/K"][0].get_object()
    assert (first["/S"], first["/Alt"]) == ("/Figure", "Wealdmoor County Council")
    assert len(reader.pages[0].images) == 1


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, address=()),
        replace(LETTER, address=tuple("12345678")),
        replace(LETTER, style=LetterStyle(colour="teal")),
    ],
    ids=["no address", "eight lines", "colour"],
)
def test_letter_that_cannot_be_made_says_why(letter: Letter) -> None:
    with pytest.raises(BadLetter):
        render_letter(letter)


def test_marks_that_are_not_ours_are_printed_as_they_are() -> None:
    words = words_of(replace(LETTER, body="__init__ ~~x~~ --y-- {nb} ((body)) <b>z</b> \\**"))
    assert "__init__ ~~x~~ --y-- {nb} ((body)) <b>z</b> \\**" in words


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("one\ntwo\n\nthree", [("paragraph", "one\ntwo", ""), ("paragraph", "three", "")]),
        ("# A\n## B\n#### no", [("heading", "A", ""), ("heading", "B", ""), ("paragraph", "#### no", "")]),
        (
            "Bring:\n- a\n* b\n3) c",
            [("paragraph", "Bring:", ""), ("item", "a", "•"), ("item", "b", "•"), ("item", "c", "3.")],
        ),
        ("-5 degrees\n*not bold*", [("paragraph", "-5 degrees\n*not bold*", "")]),
    ],
)
def test_blocks_are_read(text: str, blocks: list[tuple[str, str, str]]) -> None:
    assert [(block.kind, block.text, block.label) for block in read_blocks(text)] == blocks


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [Run(text="plain")]),
        ("a **b c** d", [Run(text="a "), Run(text="b c", is_bold=True), Run(text=" d")]),
        ("2 ** 3 ** 4", [Run(text="2 ** 3 ** 4")]),
        ("see [this](https://x.example/a)", [Run(text="see this (https://x.example/a)")]),
        ("[https://x.example](https://x.example)", [Run(text="https://x.example")]),
        ("[x.example/a](https://x.example/a/)", [Run(text="x.example/a")]),
        ("[write](mailto:us@x.example)", [Run(text="write (us@x.example)")]),
        ("[x](javascript:alert)", [Run(text="[x](javascript:alert)")]),
    ],
)
def test_weights_and_links_are_read(text: str, runs: list[Run]) -> None:
    assert Block(kind="paragraph", text=text).runs() == runs


def made_face(folder: Path, letter: str, *, is_variable: bool) -> None:
    """A font face with one letter and nothing else."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "one"])
    builder.setupCharacterMap({ord(letter): "one"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 700))
    pen.lineTo((700, 0))
    pen.closePath()
    shape = pen.glyph()
    builder.setupGlyf({".notdef": shape, "one": shape})
    builder.setupHorizontalMetrics({".notdef": (800, 0), "one": (800, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    if is_variable:
        builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    builder.save(folder / "Made.ttf")


@pytest.mark.parametrize(("is_variable", "missing"), [(False, frozenset()), (True, frozenset("王"))])
def test_councils_own_faces_are_used_if_they_are_static(
    tmp_path: Path, is_variable: bool, missing: frozenset[str]
) -> None:
    made_face(tmp_path, "王", is_variable=is_variable)
    letter = replace(LETTER, body="Dear 王,", style=LetterStyle(font_folders=(tmp_path,)))

    assert unprintable(letter) == missing
    assert ("王" in words_of(letter)) == (not is_variable)
