"""The light markdown of our messages: headings, lists, paragraphs, **bold** and links. Anything else is
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^\s)]+|mailto:[^\s)]+)\)")
_HEADING = re.compile(r"(#{1,3})\s+(.+)")
_BULLET = re.compile(r"[-*]\s+(.+)")
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+(.+)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words in one weight."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """A heading (level 1 to 3), a paragraph or a list item (`label` is its bullet or number)."""

    kind: Literal["heading", "paragraph", "item"]
    text: str
    level: int = 0
    label: str = ""

    def runs(self) -> list[Run]:
        """The words in order, each in its weight; the web address of a link stands after its words."""
        found: list[Run] = []
        text, end = _LINK.sub(_spelled_out, self.text), 0
        for bold in _BOLD.finditer(text):
            found += [Run(text=text[end : bold.start()]), Run(text=bold.group(1), is_bold=True)]
            end = bold.end()
        return [run for run in [*found, Run(text=text[end:])] if run.text]


def read_blocks(text: str) -> list[Block]:
    """The blocks of a text. Lines that follow each other are one paragraph; a line break within it is
    kept.
    """
    return [block for lines in _groups(text) for block in _blocks_of(lines)]


def _groups(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield lines
            lines = []


def _blocks_of(lines: list[str]) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in lines:
        block = _marked(line)
        if block is None:
            paragraph.append(line)
            continue
        if paragraph:
            yield Block(kind="paragraph", text="\n".join(paragraph))
            paragraph = []
        yield block
    if paragraph:
        yield Block(kind="paragraph", text="\n".join(paragraph))


def _marked(line: str) -> Block | None:
    if match := _HEADING.fullmatch(line):
        return Block(kind="heading", text=match.group(2), level=len(match.group(1)))
    if match := _BULLET.fullmatch(line):
        return Block(kind="item", text=match.group(1), label="•")
    if match := _NUMBERED.fullmatch(line):
        return Block(kind="item", text=match.group(2), label=f"{match.group(1)}.")
    return None


def _spelled_out(link: re.Match[str]) -> str:
    words, address = link.group(1), link.group(2).removeprefix("mailto:")
    plain = address.removeprefix("https://").rstrip("/")
    return words if words.strip() in {address, plain} else f"{words} ({address})"
