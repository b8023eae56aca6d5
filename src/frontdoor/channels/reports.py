"""Reports as PDF: a title, tables, and words about them, on A4 with the council's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Table:
    """A table of words: the first column names the row, the others hold figures."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Report:
    """What a report says. `words` is Markdown that stands after the tables; `made_at` is the day on which it was made."""

    council: str
    title: str
    period: str
    tables: Sequence[Table]
    words: str
    made_at: datetime


def render_report(report: Report) -> bytes:
    """The report as PDF; the same report gives the same bytes."""
    from frontdoor.channels.typesetting.report import (  # fonts take half a second that start-up need not wait for
        typeset,
    )

    return typeset(report)
