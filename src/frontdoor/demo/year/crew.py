"""Who makes the year: this process alone, or one for each core, and how far they have come."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from time import monotonic
from typing import Any

from django.db import connection, transaction

from frontdoor.demo.year import making
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.parts import CustomerPart, DayPart
from frontdoor.demo.year.rows import Row
from frontdoor.demo.year.start import make_ready
from frontdoor.demo.year.writing import write_rows

WAITING = 6
EVERY = 5.0
"""Seconds between two words of progress."""

Progress = Callable[[str], None]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """Something to do after the rows are there: `work` is called with `given` and with who hears how much is done."""

    work: Callable[..., None]
    given: tuple[Any, ...]


class Left:
    """How much of something was done and how much is left, told now and then."""

    def __init__(self, progress: Progress, what: str, whole: int, *, of: str = "") -> None:
        self.done, self.beside = 0, 0
        self._progress, self._what, self._whole, self._of = progress, what, whole, of
        self._began = self._told = monotonic()

    def add(self, done: int, beside: int = 0) -> None:
        """So much more; `beside` is counted with it and only told."""
        self.done += done
        self.beside += beside
        now = monotonic()
        if now - self._told > EVERY:
            self._told = now
            self._progress(self.words(now))

    def words(self, now: float) -> str:
        """What was done, of how much, and about how long the rest takes."""
        beside = f", {self.beside:,} {self._of}" if self._of else ""
        left = (now - self._began) * (self._whole - self.done) / max(self.done, 1)
        soon = f", about {left:.0f} s left" if 0 < self.done < self._whole else ""
        return f"{self._what}: {self.done:,} of {self._whole:,}{beside}{soon}"


class Alone:
    """Everything is done by this process."""

    def make(self, cast: Cast, parts: Sequence[CustomerPart | DayPart], count: Left) -> None:
        """Make and write every part; `count` hears of contacts, and of rows beside."""
        for part in parts:
            part.make(cast, lambda columns, rows, n: count.add(n, write_rows(columns, rows)))

    def do(self, jobs: Sequence[Job], left: Left) -> None:
        """Do them one after the other."""
        for job in jobs:
            job.work(*job.given, left.add)


class Crew:
    """The work is shared by processes; on SQLite only rows are made in them, for one must write."""

    def __init__(self, pool: Executor, told: Any, is_over: Any) -> None:
        self._pool, self._told, self._is_over = pool, told, is_over

    def make(self, cast: Cast, parts: Sequence[CustomerPart | DayPart], count: Left) -> None:
        """Make and write every part; `count` hears of contacts, and of rows beside."""
        writes_there = connection.vendor == "postgresql"
        job = making.make_and_write if writes_there else making.make_and_hand_back
        for said in self._said([self._pool.submit(job, cast, part) for part in parts]):
            if writes_there:
                rows, contacts = said
            else:
                columns, made, contacts = said
                rows = _written(columns, made)
            count.add(contacts, rows)

    def do(self, jobs: Sequence[Job], left: Left) -> None:
        """Do them side by side, the first one first."""
        if connection.vendor != "postgresql":
            Alone().do(jobs, left)
            return
        for done in self._said([self._pool.submit(job.work, *job.given) for job in jobs]):
            left.add(done)

    def _said(self, going: Sequence[Future[None]]) -> Iterator[Any]:
        """What the processes say, until all are done; the first that failed is heard."""
        while True:
            try:
                yield self._told.get(timeout=0.2)
            except queue.Empty:
                failed = next((each for each in going if each.done() and each.exception()), None)
                if failed is not None:
                    self._is_over.set()
                    failed.result()
                if all(each.done() for each in going) and self._told.empty():
                    return


@transaction.atomic
def _written(columns: Mapping[str, Sequence[str]], rows: Mapping[str, Sequence[Row]]) -> int:
    return write_rows(columns, rows)


def cores(wanted: int | None) -> int:
    """How many processes: as many as wanted, or one for each core, up to eight."""
    return wanted if wanted is not None else min(8, os.cpu_count() or 1)


@contextmanager
def crew_of(processes: int) -> Iterator[Alone | Crew]:
    """So many processes, begun anew and no copies of this one, so that no connection is shared; with 0 this one alone."""
    if not processes:
        yield Alone()
        return
    context = get_context("spawn")
    told, is_over = context.Queue(WAITING), context.Event()
    with ProcessPoolExecutor(processes, context, make_ready, (told, is_over)) as pool:
        yield Crew(pool, told, is_over)
