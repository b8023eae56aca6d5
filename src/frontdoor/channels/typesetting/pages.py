"""Tagged A4 pages: every heading, paragraph and list item says what it is, so that a screen reader can tell.

What repeats on each page (the council's band, page numbers) is marked as an artifact and not read out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fpdf import FPDF

from frontdoor.channels.typesetting.faces import BOLD, PLAIN
from frontdoor.channels.typesetting.marks import Block, Run

FAMILY = "Letter"
LEFT, RIGHT, BOTTOM, TOP_OF_NEXT = 24.6, 20.0, 24.0, 24.0
"""Margins in millimetres. The left one lines up with the address in the window."""

_TOTAL = (
    "\ue000\ue001"  # stands for the number of pages until it is known; private-use letters occur in no text
)
_SIZES = {1: 14.0, 2: 12.5, 3: 11.5}
_BODY = 11.0
_LINE = 5.4


class Pages(FPDF):
    """A4 pages with a reference and page number at the foot, and text that is tagged with its role."""

    def __init__(self, *, other_faces: Iterable[Path], foot: str, footer: str) -> None:
        super().__init__(format="A4", unit="mm")
        self._foot, self._footer = foot, footer
        self._role = ""
        self.alias_nb_pages(_TOTAL)
        self.set_lang("en-GB")
        self.set_margins(LEFT, TOP_OF_NEXT, RIGHT)
        self.set_auto_page_break(True, margin=BOTTOM)
        self.c_margin = 0  # text begins where the rule and the logo begin
        self._load(other_faces)

    def _load(self, other_faces: Iterable[Path]) -> None:
        self.add_font(FAMILY, "", PLAIN)
        self.add_font(FAMILY, "B", BOLD)
        names: list[str] = []
        for face in other_faces:
            name = f"Other{len(names)}"
            self.add_font(name, "", face)
            names.append(name)
        self.set_fallback_fonts(names, exact_match=False)
        self.set_text_shaping(True)
        self.set_font(FAMILY, size=_BODY)

    def set_face(self, *, size: float, is_bold: bool = False) -> None:
        """The plain or bold face in this size, said on the page at once: the library would put it off
        until the next words, and take the face of a fallback letter for it when they begin with one.
        """
        self.set_font(FAMILY, style="B" if is_bold else "", size=size)
        if self.page and self.current_font is not None:
            self._out(self._set_font_for_page(self.current_font, self.font_size_pt))

    def footer(self) -> None:
        """The footer's words, the reference and the page number, 20 mm from the bottom of each page."""
        with self.artifact():
            self.set_y(-20)
            self.set_face(size=8)
            self.set_text_color(80, 80, 80)
            self.cell(w=self.epw / 2, h=4, text=self._foot, align="L")
            self.cell(w=self.epw / 2, h=4, text=f"Page {self.page_no()} of {_TOTAL}", align="R")
            self.ln(4.5)
            self.multi_cell(w=self.epw, h=3.6, text=self._footer, align="L")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn within is decoration: not read out."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    @contextmanager
    def tagged(self, role: str) -> Iterator[None]:
        """What is written within is one element with this role ('H1', 'P', 'LBody'), page breaks included."""
        self._role = role
        self._open_tag()
        yield
        self._out("EMC")
        self._role = ""

    def _open_tag(self) -> None:
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{self._role}", mcid=number)
        self._out(f"/{self._role} <</MCID {number}>> BDC")

    def _perform_page_break(self) -> None:
        if not self._role:
            super()._perform_page_break()
            return
        self._out("EMC")  # an element's mark may not cross a page: it is closed here and opened again there
        super()._perform_page_break()
        self._open_tag()

    def write_blocks(self, blocks: list[Block]) -> None:
        """The blocks with the space between them: less between the items of one list."""
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            self._write_block(block)
            same_list = block.kind == "item" and following is not None and following.kind == "item"
            self.ln(1.2 if same_list else 3.0)

    def _write_block(self, block: Block) -> None:
        if block.kind == "heading":
            self._write_heading(block)
        elif block.kind == "item":
            self._write_item(block)
        else:
            with self.tagged("P"):
                self._write_runs(block.runs(), size=_BODY)

    def _write_heading(self, block: Block) -> None:
        if self.will_page_break(3 * _LINE):
            self.add_page(same=True)  # a heading never stands alone at the foot of a page
        with self.tagged(f"H{block.level}"):
            words = [Run(text=run.text, is_bold=True) for run in block.runs()]
            self._write_runs(words, size=_SIZES[block.level])

    def _write_item(self, block: Block) -> None:
        with self.tagged("LI"):
            self.set_face(size=_BODY)
            if self.will_page_break(_LINE):
                self._perform_page_break()
            self.cell(w=7, h=_LINE, text=block.label)
            self.set_left_margin(LEFT + 7)
            self._write_runs(block.runs(), size=_BODY)
        self.set_left_margin(LEFT)
        self.set_x(LEFT)

    def _write_runs(self, runs: list[Run], *, size: float) -> None:
        for run in runs:
            self.set_face(size=size, is_bold=run.is_bold)
            self.write(h=_LINE * max(1.0, size / _BODY), text=run.text)
        self.ln(_LINE * max(1.0, size / _BODY))
