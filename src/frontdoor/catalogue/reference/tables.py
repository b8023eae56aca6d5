"""Markdown tables for reference pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; nothing where it has no rows. Columns in which nothing stands are left out."""
    cells = [[_cell(each) for each in row] for row in rows]
    kept = [number for number in range(len(heads)) if any(row[number] for row in cells)]
    if not kept:
        return []
    lines = [[heads[number] for number in kept], ["---"] * len(kept)]
    lines += [[row[number] for number in kept] for row in cells]
    return ["", *(f"| {' | '.join(line)} |" for line in lines)]


def code(text: str) -> str:
    """Text as it stands in a file; nothing where there is none."""
    return f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
