"""The jobs that make a year, each done here or in another process: a part of the rows, then indexes, seals and tallies.

Rows are written where they are made on PostgreSQL, and handed back where one process must write (SQLite).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.parts import CustomerPart, DayPart
from frontdoor.demo.year.rows import Row
from frontdoor.demo.year.start import tell as tell_crew
from frontdoor.demo.year.writing import fast_session, run_statement, write_rows
from frontdoor.insight.keeping import keep_day, keep_month
from frontdoor.journal.chaining import chain_so_far, next_links

SEALS = {"journal_seal": ("number", "entry_id", "digest", "sealed_at")}
SEAL_AT_ONCE = 20_000

Columns = Mapping[str, Sequence[str]]
Rows = Mapping[str, Sequence[Row]]
Tell = Callable[[int], None]
"""Hears how much more of a job is done: seals, statements or days."""


def make_and_write(cast: Cast, part: CustomerPart | DayPart) -> None:
    """Make a part and write it, telling how many rows and contacts."""
    gc.disable()  # millions of small values and no rings among them: looking for rings takes a third of the time

    def emit(columns: Columns, rows: Rows, contacts: int) -> None:
        tell_crew((write_rows(columns, rows), contacts))

    with fast_session():
        part.make(cast, emit)


def make_and_hand_back(cast: Cast, part: CustomerPart | DayPart) -> None:
    """Make a part for somebody else to write."""
    gc.disable()  # as above

    def emit(columns: Columns, rows: Rows, contacts: int) -> None:
        tell_crew((columns, rows, contacts))

    part.make(cast, emit)


def run_statements(statements: Sequence[str], tell: Tell | None = None) -> None:
    """Run them one after the other."""
    with fast_session():
        for statement in statements:
            run_statement(statement)
            (tell or tell_crew)(1)


def count_days(days: Sequence[date], tell: Tell | None = None) -> None:
    """The tallies of these days; their months are added up afterwards."""
    with fast_session():
        for day in days:
            keep_day(day)
            (tell or tell_crew)(1)


def add_up_months(months: Sequence[date], tell: Tell | None = None) -> None:
    """The sums of these months, by their first days."""
    with fast_session():
        for month in months:
            keep_month(month)
            (tell or tell_crew)(1)


def seal_all(at: datetime, tell: Tell | None = None) -> None:
    """Seal every entry that bears no seal."""
    chain, sealed_at = chain_so_far(), at.strftime("%Y-%m-%d %H:%M:%S")
    with fast_session():
        while True:
            chain, links = next_links(chain, limit=SEAL_AT_ONCE)
            if not links:
                return
            write_rows(SEALS, {"journal_seal": [(*link, sealed_at) for link in links]})
            (tell or tell_crew)(len(links))
