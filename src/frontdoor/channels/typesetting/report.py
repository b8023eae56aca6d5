"""A report on tagged A4 pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fpdf.enums import Align, TableBordersLayout

from frontdoor.channels.typesetting.faces import faces_for
from frontdoor.channels.typesetting.marks import read_blocks
from frontdoor.channels.typesetting.pages import Pages

if TYPE_CHECKING:
    from frontdoor.channels.reports import Report, Table

_TITLE, _SMALL, _CELL = 18.0, 10.0, 9.0
_LAST_LATIN = "\u024f"
_SIGNS = frozenset("–—‘’“”…€−")
_FIRST_COLUMN = 2.2
"""How much wider the first column, which names the row, is than the others."""


def typeset(report: Report) -> bytes:
    """The report as PDF; the same report gives the same bytes."""
    every = [report.council, report.title, report.period, report.words]
    every += [cell for table in report.tables for row in (table.head, *table.rows) for cell in row]
    faces = faces_for("".join(every))
    pages = Pages(other_faces=faces.others, foot=report.council, footer=report.title)
    pages.set_title(f"{report.title}, {report.period}")
    pages.set_author(report.council)
    pages.set_creation_date(report.made_at)
    pages.add_page()
    _write(pages, report.council, _SMALL, "P")
    _write(pages, report.title, _TITLE, "H1", is_bold=True)
    _write(pages, report.period, _SMALL, "P")
    for table in report.tables:
        _write_table(pages, table)
    pages.write_blocks(read_blocks(report.words))
    return bytes(pages.output())


def _write(pages: Pages, words: str, size: float, role: str, *, is_bold: bool = False) -> None:
    pages.set_face(size=size, is_bold=is_bold)
    with pages.tagged(role):
        pages.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT")


def _write_table(pages: Pages, table: Table) -> None:
    """Its title stays with it; the head is repeated on each page."""
    pages.ln(4)
    _write(pages, table.title, 13, "H2", is_bold=True)
    pages.ln(1)
    pages.set_face(size=_CELL)
    pages.set_text_shaping(not _is_plain(table))
    columns = len(table.head)
    with pages.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=(_FIRST_COLUMN, *[1.0] * (columns - 1)),
        text_align=(Align.L, *[Align.R] * (columns - 1)),
        line_height=5,
        padding=1,
    ) as drawn:
        for row in (table.head, *table.rows):
            drawn.row(list(row))
    pages.set_text_shaping(True)


def _is_plain(table: Table) -> bool:
    """Whether every letter stands for itself and goes from left to right: Latin letters, figures and their signs. Shaping
    thousands of such cells takes seconds and changes nothing but the space within some pairs of letters.
    """
    return all(
        each <= _LAST_LATIN or each in _SIGNS
        for row in (table.head, *table.rows)
        for cell in row
        for each in cell
    )
