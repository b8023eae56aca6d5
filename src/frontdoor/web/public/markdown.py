"""The light Markdown of packs as HTML: headings, lists, paragraphs, bold and links. Anything else is words.

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
    return f'<p class="govuk-body">{_inline(block.text)}</p>'


def _list_of(items: list[Block]) -> str:
    is_numbered = items[0].label != "•"
    tag, kind = ("ol", "number") if is_numbered else ("ul", "bullet")
    lines = "".join(f"<li>{_inline(item.text)}</li>" for item in items)
    return f'<{tag} class="govuk-list govuk-list--{kind}">{lines}</{tag}>'


def _inline(text: str) -> str:
    plain = str(escape(" ".join(text.split())))
    linked = LINK.sub(r'<a class="govuk-link" href="\2">\1</a>', plain)
    return BOLD.sub(r"<strong>\1</strong>", linked)
