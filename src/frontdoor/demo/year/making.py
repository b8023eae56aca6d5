"""A part made in another process: written there on PostgreSQL, handed back where one process must write (SQLite)."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection

from frontdoor.demo.year.bulk import Row
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.parts import CustomerPart, DayPart
from frontdoor.demo.year.start import told
from frontdoor.demo.year.writing import Aside, write_rows
from frontdoor.insight.keeping import keep_every_day
from frontdoor.journal.chaining import chain_so_far, next_links

SEALS = {"journal_seal": ("number", "entry_id", "digest", "sealed_at")}
SEAL_AT_ONCE = 20_000


def make_and_write(cast: Cast, part: CustomerPart | DayPart) -> None:
    """Make a part and write it, telling how many rows and contacts."""
    gc.disable()  # millions of small values and no rings among them: looking for rings takes a third of the time

    def emit(columns: Mapping[str, Sequence[str]], rows: Mapping[str, Sequence[Row]], contacts: int) -> None:
        told().put((write_rows(columns, rows), contacts))

    part.make(cast, emit)
    connection.close()


def make_and_hand_back(cast: Cast, part: CustomerPart | DayPart) -> None:
    """Make a part for somebody else to write."""
    gc.disable()  # as above

    def emit(columns: Mapping[str, Sequence[str]], rows: Mapping[str, Sequence[Row]], contacts: int) -> None:
        told().put((columns, rows, contacts))

    part.make(cast, emit)


def put_back_and_count(aside: Aside, tables: Sequence[str], first: date, last: date, at: datetime) -> None:
    """Indexes of all tables but the journal's, then the tallies of every day."""
    aside.put_back(tables)
    keep_every_day(first=first, last=last, at=at)
    connection.close()


def seal_and_put_back(aside: Aside, tables: Sequence[str], at: datetime) -> None:
    """Seal the journal, then its indexes."""
    seal_all(at=at)
    aside.put_back(tables)
    connection.close()


def seal_all(*, at: datetime) -> int:
    """Seal every entry that bears no seal; how many there were."""
    chain = chain_so_far()
    before, sealed_at = chain.number, at.strftime("%Y-%m-%d %H:%M:%S")
    while True:
        chain, links = next_links(chain, limit=SEAL_AT_ONCE)
        if not links:
            return chain.number - before
        write_rows(SEALS, {"journal_seal": [(*link, sealed_at) for link in links]})
