"""Letters as PDF, from plain words: for a window envelope, tagged for screen readers, any script.

The same letter with the same date gives the same bytes, so a letter that is made again is the letter that
was sent. Positions follow GOV.UK Notify's specification for letters uploaded as PDF; they fit a DL window
envelope as well.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from frontdoor.channels.typesetting.faces import Faces, faces_for
from frontdoor.channels.typesetting.marks import Block, read_blocks
from frontdoor.channels.typesetting.pages import LEFT, Pages

# Millimetres. The address block must hold the address and nothing else; Notify prints its own mark in the top left
# corner, and the body starts below both the window and the council's own address.
ADDRESS_LEFT, ADDRESS_TOP, ADDRESS_RIGHT, ADDRESS_BOTTOM = 24.6, 40.0, 120.0, 66.2
_SENDER_LEFT, _BODY_TOP, _LOGO_TOP, _LOGO_LEFT = 125.0, 95.0, 12.0, 24.6
_ADDRESS_LINE = (ADDRESS_BOTTOM - ADDRESS_TOP) / 7
_PAGE_RIGHT = 190.0

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class BadLetter(ValueError):
    """The letter cannot be made as it is. Trying again does not help until what the message names is
    corrected.
    """


@dataclass(frozen=True, kw_only=True)
class LetterStyle:
    """How a council's letters look: colour '#rrggbb', logo (PNG or JPEG bytes), folders of further fonts."""

    colour: str = "#1d3d3a"
    logo: bytes | None = None
    font_folders: tuple[Path, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter. `address` is up to seven lines, the name first; `body` is words with light markdown.

    `sender` is the council's own address and phone, line by line; `footer` is small print for every page.
    """

    council: str
    address: tuple[str, ...]
    subject: str
    body: str
    dated: date
    reference: str = ""
    sender: tuple[str, ...] = ()
    footer: str = ""
    style: LetterStyle = LetterStyle()


def render_letter(letter: Letter) -> bytes:
    """The letter as PDF bytes. Letters that no font has are drawn as a box: ask `unprintable` first.

    Raises BadLetter when the address has no or more than seven lines, or the colour is not one.
    """
    _refuse_bad(letter)
    pages = Pages(
        other_faces=_faces(letter).others,
        foot=_reference_line(letter.reference),
        footer=_clean(letter.footer),
    )
    _describe(pages, letter)
    pages.add_page()
    _draw_head(pages, letter)
    _write_address(pages, letter)
    _write_sender(pages, letter)
    _write_body(pages, letter)
    return bytes(pages.output())


def unprintable(letter: Letter) -> frozenset[str]:
    """The letters in it that no font at hand has: empty means that it can be printed whole."""
    return _faces(letter).missing


def _refuse_bad(letter: Letter) -> None:
    if not 1 <= len(letter.address) <= 7:
        raise BadLetter("A letter's address has one to seven lines. Shorten it to what the window can show.")
    if not _COLOUR.fullmatch(letter.style.colour):
        raise BadLetter("The colour of letters is not one. Write it like #0b5d63.")


def _faces(letter: Letter) -> Faces:
    words = [letter.council, *letter.address, letter.subject, letter.body, *letter.sender, letter.footer]
    return faces_for(_clean("\n".join([*words, letter.reference])), folders=letter.style.font_folders)


def _describe(pages: Pages, letter: Letter) -> None:
    pages.set_title(_clean(letter.subject))
    pages.set_author(_clean(letter.council))
    pages.set_creation_date(datetime.combine(letter.dated, time(), tzinfo=UTC))


def _draw_head(pages: Pages, letter: Letter) -> None:
    red, green, blue = (int(letter.style.colour[at : at + 2], 16) for at in (1, 3, 5))
    if letter.style.logo is not None:
        pages.image(
            io.BytesIO(letter.style.logo), x=_LOGO_LEFT, y=_LOGO_TOP, h=14, alt_text=_clean(letter.council)
        )
    else:
        with pages.tagged("P"):
            pages.set_xy(_LOGO_LEFT, _LOGO_TOP + 2)
            pages.set_face(size=16, is_bold=True)
            pages.set_text_color(red, green, blue)
            pages.cell(text=_clean(letter.council))
    with pages.artifact():
        pages.set_draw_color(red, green, blue)
        pages.set_line_width(0.8)
        pages.line(_LOGO_LEFT, 29.5, _PAGE_RIGHT, 29.5)
    pages.set_text_color(0, 0, 0)


def _write_address(pages: Pages, letter: Letter) -> None:
    _write_lines(pages, letter.address, left=ADDRESS_LEFT, top=ADDRESS_TOP, right=ADDRESS_RIGHT, size=10)


def _write_sender(pages: Pages, letter: Letter) -> None:
    lines = [*letter.sender, "", _date_words(letter.dated)]
    if letter.reference:
        lines.append(_reference_line(letter.reference))
    _write_lines(pages, lines, left=_SENDER_LEFT, top=ADDRESS_TOP, right=_PAGE_RIGHT, size=9)


def _write_lines(
    pages: Pages, lines: tuple[str, ...] | list[str], *, left: float, top: float, right: float, size: float
) -> None:
    """One line under the other; a line that is too wide is set smaller, so that it stays inside its block."""
    for number, line in enumerate(lines):
        text = _clean(line).replace("\n", " ").strip()
        if not text:
            continue
        pages.set_face(size=size)
        fitting = size * min(1.0, (right - left) / max(pages.get_string_width(text), 0.1))
        pages.set_face(size=max(fitting, 5.0))
        pages.set_xy(left, top + number * _ADDRESS_LINE)
        with pages.tagged("P"):
            pages.cell(w=right - left, h=_ADDRESS_LINE, text=text, align="L")


def _write_body(pages: Pages, letter: Letter) -> None:
    pages.set_xy(LEFT, _BODY_TOP)
    subject = Block(kind="heading", text=_clean(letter.subject).replace("\n", " "), level=1)
    pages.write_blocks([subject, *read_blocks(_clean(letter.body))])


def _date_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _reference_line(reference: str) -> str:
    return f"Reference: {_clean(reference)}" if reference else ""


def _clean(text: str) -> str:
    """Composed letters, no control characters, no private-use letters (which a font may draw as anything)."""
    kept = (
        x for x in unicodedata.normalize("NFC", text) if x == "\n" or unicodedata.category(x) not in _UNWANTED
    )
    return "".join(kept)


_UNWANTED = frozenset({"Cc", "Co", "Cs", "Cn"})
