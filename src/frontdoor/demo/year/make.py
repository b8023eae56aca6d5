"""The year into a database: staff, customers, contacts, indexes, tallies, seals; by a process for each core."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Min

from frontdoor.catalogue.published import our_council
from frontdoor.contacts.models import Contact, FindCard
from frontdoor.demo.year import making
from frontdoor.demo.year.bulk import COLUMNS, Row
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.parts import CustomerPart, DayPart, customer_parts, day_parts
from frontdoor.demo.year.people import CUSTOMER_COLUMNS, make_cast
from frontdoor.demo.year.shape import desk_day_before
from frontdoor.demo.year.start import make_ready
from frontdoor.demo.year.writing import put_aside, set_counters, write_rows
from frontdoor.insight.keeping import keep_every_day
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import day_of, start_of_day
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.staff.models import Team, User

CUSTOMERS = 140_000
MONTH = timedelta(days=30)
JOURNAL = ("journal_journalentry",)
OTHERS = tuple(table for table in (*CUSTOMER_COLUMNS, *COLUMNS) if table not in JOURNAL)
WAITING = 6

Progress = Callable[[str], None]


class YearThere(Exception):
    """A year of contacts is in this database already, or a part of one that was broken off. `./run demo --year --fresh`
    removes everything and makes it anew.
    """


class NoDesk(LookupError):
    """The council's teams are not in this database, so nobody could take a contact. Load the demo council first."""


@dataclass(frozen=True)
class Wanted:
    """How much is made. `share`: of a county's volume; `processes`: beside this one, 0 to do everything here."""

    days: int = 365
    share: float = 1.0
    processes: int | None = None


@dataclass(frozen=True)
class Made:
    """What was made, and how long it took in all, in seconds."""

    contacts: int
    rows: int
    customers: int
    sealed: int
    days: int
    seconds: float


def make_year(*, at: datetime, seed: int, wanted: Wanted, progress: Progress = lambda words: None) -> Made:
    """Contacts of so many days up to yesterday, at least of the last desk day, in a database with the council's teams.

    Raises YearThere, NoDesk. It is not one transaction: broken off, it has to be begun anew on an empty database.
    """
    began = monotonic()
    cast, days = _prepared(at, seed, wanted)
    parts = _parts(cast, days, wanted, at)
    progress(f"{cast.customers:,} customers, {len(days)} desk days, in {len(parts)} parts")
    with _fast_writing():
        aside = put_aside([*OTHERS, *JOURNAL])
        count = _Counting(progress, began)
        _Crew(wanted).make(cast, parts, count)
        set_counters(["contacts_findcard", "journal_journalentry"])
        progress("indexes, seals and tallies")
        first = Contact.objects.aggregate(first=Min("received_at"))["first"] or at
        sealed = _Crew(wanted).finish(aside, (day_of(first), day_of(at), at))
    return Made(count.contacts, count.rows, cast.customers, sealed, len(days), monotonic() - began)


def _prepared(at: datetime, seed: int, wanted: Wanted) -> tuple[Cast, list[date]]:
    """Who and when; the accounts are there afterwards."""
    today = day_of(at)
    stretch = [today - timedelta(days=n) for n in range(wanted.days, 0, -1)]
    days = [day for day in stretch if ENGLAND.is_working_day(day)] or [desk_day_before(today)]
    with transaction.atomic():
        if User.objects.filter(email__startswith="advisor.001@").exists():
            raise YearThere
        if not {each.name for each in our_council().teams} <= set(
            Team.objects.values_list("name", flat=True)
        ):
            raise NoDesk
        known_since = start_of_day(stretch[0] - MONTH)
        cast = make_cast(seed=seed, customers=_customers(wanted, len(days)), at=known_since)
    return cast, days


def _customers(wanted: Wanted, days: int) -> int:
    """Fewer for a part of a year, but enough that most do not come twice a week."""
    return max(40, int(CUSTOMERS * wanted.share * min(1.0, (days + 10) / 250)))


def _parts(cast: Cast, days: Sequence[date], wanted: Wanted, at: datetime) -> list[CustomerPart | DayPart]:
    newest = JournalEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    card = FindCard.objects.aggregate(last=Max("pk"))["last"] or 0
    split = max(1, 2 * _processes(wanted)) if len(days) > 20 else 1
    until = int(at.timestamp())
    return [
        *day_parts(days, parts=split, first_entry=newest + 1, until=until, share=wanted.share),
        *customer_parts(cast.customers, parts=split, first_card=card + 1),
    ]


def _processes(wanted: Wanted) -> int:
    return wanted.processes if wanted.processes is not None else min(8, os.cpu_count() or 1)


class _Counting:
    """How much was made so far, told now and then."""

    def __init__(self, progress: Progress, began: float) -> None:
        self.contacts = self.rows = 0
        self._progress, self._began, self._told = progress, began, began

    def add(self, rows: int, contacts: int) -> None:
        self.rows += rows
        self.contacts += contacts
        now = monotonic()
        if now - self._told > 5:
            self._told = now
            self._progress(f"{self.contacts:,} contacts, {self.rows:,} rows, {now - self._began:.0f} s")


class _Crew:
    """The processes that make the parts."""

    def __init__(self, wanted: Wanted) -> None:
        self._processes = _processes(wanted)
        self._writes_there = connection.vendor == "postgresql"

    def make(self, cast: Cast, parts: Sequence[CustomerPart | DayPart], count: _Counting) -> None:
        """Make and write every part."""
        if not self._processes:
            for part in parts:
                part.make(cast, lambda columns, rows, n: count.add(write_rows(columns, rows), n))
            return
        job = making.make_and_write if self._writes_there else making.make_and_hand_back
        with self._pool() as (pool, told):
            going = [pool.submit(job, cast, part) for part in parts]
            for said in _said(told, going):
                if self._writes_there:
                    count.add(*said)
                else:
                    columns, rows, contacts = said
                    count.add(_written(columns, rows), contacts)

    def finish(self, aside: Any, counted: tuple[date, date, datetime]) -> int:
        """Indexes, tallies, seals; how many entries were sealed."""
        at = counted[-1]
        if not (self._processes and self._writes_there):
            aside.put_back(OTHERS)
            keep_every_day(first=counted[0], last=counted[1], at=at)
            sealed = making.seal_all(at=at)
            aside.put_back(JOURNAL)
            return sealed
        with self._pool() as (pool, _):
            sealing = pool.submit(making.seal_and_put_back, aside, JOURNAL, at)
            pool.submit(making.put_back_and_count, aside, OTHERS, *counted).result()
            sealing.result()
        return JournalEntry.objects.count()

    @contextmanager
    def _pool(self) -> Iterator[tuple[ProcessPoolExecutor, Any]]:
        """Processes begun anew, not copies of this one, so that no connection is shared."""
        context = get_context("spawn")
        told = context.Queue(WAITING)
        with ProcessPoolExecutor(self._processes, context, make_ready, (told,)) as pool:
            yield pool, told


def _said(told: Any, going: Sequence[Future[None]]) -> Iterator[Any]:
    """What the processes say, until all are done; the first that failed is heard."""
    while True:
        try:
            yield told.get(timeout=0.2)
        except queue.Empty:
            failed = next((each for each in going if each.done() and each.exception()), None)
            if failed is not None:
                for each in going:
                    each.cancel()
                failed.result()
            if all(each.done() for each in going) and told.empty():
                return


@transaction.atomic
def _written(columns: Mapping[str, Sequence[str]], rows: Mapping[str, Sequence[Row]]) -> int:
    return write_rows(columns, rows)


@contextmanager
def _fast_writing() -> Iterator[None]:
    """On SQLite nothing is forced to disk meanwhile and foreign keys are not looked up; they are checked at the end."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA cache_size=-400000")
    try:
        yield
    finally:
        connection.close()
