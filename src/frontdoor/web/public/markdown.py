"""The light Markdown of packs as HTML: headings, lists, tables, paragraphs, bold and links. Anything else is words.

Everything is escaped first; a link leads to the web, an email address, a telephone number or our own pages, never
to a script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

from markupsafe import Markup, escape

from frontdoor.catalogue.templates import fill, names_in
from frontdoor.channels.typesetting.marks import Block, read_blocks

LINK = re.compile(r"\[([^\]\n]+)\]\(((?:https?://|mailto:|tel:|/(?!/))[^\s)]*)\)")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
RULED = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?")
HEADING_CLASS = {1: "govuk-heading-m", 2: "govuk-heading-m", 3: "govuk-heading-s"}


def to_html(text: str) -> Markup:
    """A text as HTML in the design system's classes."""
    parts = [
        _list_of(list(blocks)) if kind == "item" else "".join(_html_of(block) for block in blocks)
        for kind, blocks in groupby(read_blocks(text), key=lambda block: block.kind)
    ]
    return Markup("".join(parts))


def filled(text: str, words: Mapping[str, str]) -> Markup:
    """A template with its names replaced by words, as HTML; a name without words is left empty. Words stay words."""
    known = {name: words.get(name, "") for name in names_in(text)}
    return Markup(fill(str(to_html(text)), known, as_written=lambda each: str(escape(each))))


def _html_of(block: Block) -> str:
    if block.kind == "heading":
        level = max(2, block.level)  # the title of the page is the first level
        return f'<h{level} class="{HEADING_CLASS[block.level]}">{_inline(block.text)}</h{level}>'
    lines = block.text.splitlines()
    if len(lines) > 1 and RULED.fullmatch(lines[1]):
        return _table_of([_cells(line) for line in lines if line is not lines[1]])
    return f'<p class="govuk-body">{_inline(block.text)}</p>'


def _cells(line: str) -> list[str]:
    return [_inline(cell) for cell in line.strip().strip("|").split("|")]


def _table_of(rows: list[list[str]]) -> str:
    """The first row heads the columns, the first cell of every other row heads the row."""
    head = "".join(f'<th scope="col" class="govuk-table__header">{cell}</th>' for cell in rows[0])
    body = "".join(
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{first}</th>'
        + "".join(f'<td class="govuk-table__cell">{cell}</td>' for cell in rest)
        + "</tr>"
        for first, *rest in rows[1:]
    )
    return (
        '<div class="fd-scroll" tabindex="0"><table class="govuk-table">'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f'<tbody class="govuk-table__body">{body}</tbody></table></div>'
    )


def _list_of(items: list[Block]) -> str:
    is_numbered = items[0].label != "•"
    tag, kind = ("ol", "number") if is_numbered else ("ul", "bullet")
    lines = "".join(f"<li>{_inline(item.text)}</li>" for item in items)
    return f'<{tag} class="govuk-list govuk-list--{kind}">{lines}</{tag}>'


def _inline(text: str) -> str:
    plain = str(escape(" ".join(text.split())))
    linked = LINK.sub(r'<a class="govuk-link" href="\2">\1</a>', plain)
    return BOLD.sub(r"<strong>\1</strong>", linked)
