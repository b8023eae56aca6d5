"""The words of a pack, ready to be read: updates filled for one customer, and Markdown as safe HTML.

Packs are written in the light Markdown of our messages (headings, lists, paragraphs, **bold**, links), so that the
same words serve a page, an email and a letter; articles may have tables and *emphasis* too. What a customer wrote is
filled in as words: it never becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from frontdoor.catalogue.pack import UpdateWords
from frontdoor.catalogue.templates import fill, names_in
from frontdoor.channels.typesetting.marks import Block, read_blocks

LISTS = frozenset({"reasons", "evidence_asked"})
"""Names whose words are lists in Markdown, made from the pack's own words."""

JOINER = "\u2060"
"""Word joiner: not seen, not spoken, and it keeps two signs from being read as one mark."""

MARK_AT_START = re.compile(r"^(\s*)(?=[#>*+|-]|\d{1,3}[.)])")
MARKS_WITHIN = re.compile(r"(?<=\])(?=\()|(?<=\*)")
LINK = re.compile(r"\[([^\]\n]+)\]\(((?:https?://|mailto:|tel:|/(?!/))[^\s)]+)\)")
BOLD = re.compile(r"\*\*(?=[^\s\u2060])(.+?)(?<=\S)\*\*")
EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*\u2060])([^*\n]+?)(?<=\S)\*(?![*\w])")
TABLE = re.compile(r"\|.*\|\n\|(?:\s*:?-+:?\s*\|)+(?:\n\|.*\|)*")
HEADINGS = {1: ("h2", "govuk-heading-m"), 2: ("h2", "govuk-heading-m"), 3: ("h3", "govuk-heading-s")}


@dataclass(frozen=True)
class ReadyUpdate:
    """An update for one customer: subject and text message on one line each, `body` in Markdown."""

    subject: str
    text: str
    body: str
    letter: bool


def update_for(update: UpdateWords, words: Mapping[str, str]) -> ReadyUpdate:
    """The update with its names filled in. A name without words (a fact not known yet) leaves nothing in its place."""
    return ReadyUpdate(
        subject=one_line(fill(update.subject, _with_gaps(update.subject, words))),
        text=one_line(fill(update.text, _with_gaps(update.text, words))),
        body=fill_markdown(update.body, words),
        letter=update.letter,
    )


def fill_markdown(template: str, words: Mapping[str, str]) -> str:
    """Markdown with its names filled in, so that what is filled in stays words; `LISTS` may bring their own marks."""
    ready = {name: said if name in LISTS else as_words(said) for name, said in words.items()}
    filled = fill(template, _with_gaps(template, ready))
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"


def as_words(said: str) -> str:
    """What somebody wrote, so that Markdown finds no mark in it and a reader sees no difference."""
    lines = [MARK_AT_START.sub(rf"\1{JOINER}", line) for line in said.replace("\r", "").split("\n")]
    return MARKS_WITHIN.sub(JOINER, "\n".join(lines))


def one_line(words: str) -> str:
    """Words on one line, without characters that nobody can see: fit for the subject of an email."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def as_html(markdown: str) -> str:
    """Markdown as HTML in the classes of the design system. All words are escaped; only our few marks become tags.

    Links go to http, https, mailto and tel addresses and to pages of this site; other addresses stay words.
    """
    pieces = []
    for kind, blocks in groupby(read_blocks(markdown), key=_list_kind):
        together = list(blocks)
        pieces += [_list(kind, together)] if kind else [_block(block) for block in together]
    return "\n".join(pieces)


def _list_kind(block: Block) -> str:
    if block.kind != "item":
        return ""
    return "bullet" if block.label == "•" else "number"


def _list(kind: str, blocks: Iterable[Block]) -> str:
    tag = "ul" if kind == "bullet" else "ol"
    items = "".join(f"<li>{_inline(block.text)}</li>" for block in blocks)
    return f'<{tag} class="govuk-list govuk-list--{kind}">{items}</{tag}>'


def _block(block: Block) -> str:
    if block.kind == "heading":
        tag, css = HEADINGS[block.level]
        return f'<{tag} class="{css}">{_inline(block.text)}</{tag}>'
    if TABLE.fullmatch(block.text):
        return _table(block.text.split("\n"))
    return f'<p class="govuk-body">{_inline(block.text)}</p>'.replace("\n", "<br>")


def _table(lines: list[str]) -> str:
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = "".join(f'<th scope="col" class="govuk-table__header">{_inline(cell)}</th>' for cell in head)
    body = "".join(f'<tr class="govuk-table__row">{"".join(map(_cell, row))}</tr>' for row in rows)
    return (
        f'<table class="govuk-table"><thead class="govuk-table__head"><tr class="govuk-table__row">{heads}</tr></thead>'
        f'<tbody class="govuk-table__body">{body}</tbody></table>'
    )


def _cell(text: str) -> str:
    return f'<td class="govuk-table__cell">{_inline(text)}</td>'


def _inline(text: str) -> str:
    return "".join(_linked(text))


def _linked(text: str) -> Iterator[str]:
    end = 0
    for link in LINK.finditer(text):
        yield _bold(text[end : link.start()])
        yield f'<a class="govuk-link" href="{escape(link[2])}">{_bold(link[1])}</a>'
        end = link.end()
    yield _bold(text[end:])


def _bold(text: str) -> str:
    return EMPHASIS.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", escape(text)))


def _with_gaps(template: str, words: Mapping[str, str]) -> dict[str, str]:
    return {name: words.get(name, "") for name in names_in(template)}
