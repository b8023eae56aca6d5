"""The worker: takes due rows and does them, in a few threads, until it is told to stop.

What must happen is a row first. So a worker holds nothing that is not in the database: it may be killed at any
moment, and another takes its rows over when their lease runs out (`claims.LEASE`).
"""

from __future__ import annotations

import os
import random
import secrets
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Condition, Event, Lock, Thread
from typing import Any

import structlog
from django.db import (
    Error,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    connections,
)

from frontdoor.jobs import claims
from frontdoor.jobs.bell import bell_for
from frontdoor.jobs.kinds import RowJob, Sweep
from frontdoor.jobs.signs import give_sign, take_sign_down

log = structlog.get_logger("frontdoor.jobs.worker")

SWEEP_SECONDS = 5.0
"""Rows are looked for this often even if no bell rings: a due time can come without anybody writing anything."""

RENEW = claims.LEASE / 3
STOP_SECONDS = 30.0

LONGEST_ROUND = timedelta(seconds=5)
"""When the rows that one hand claimed take longer, it gives back those not begun: another hand may be free for them."""


def worker_name() -> str:
    """Host, process and a random word: unique for every run of a worker, so an old claim is never taken for one's own."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


class Worker:
    """Does the jobs of a table. `run()` blocks until `stop()` is called from another thread or a signal handler."""

    def __init__(
        self,
        *,
        jobs: Sequence[RowJob],
        sweeps: Sequence[Sweep],
        clock: Callable[[], datetime],
        rng: random.Random,
        hands: int = 4,
        name: str | None = None,
    ) -> None:
        self.name = name or worker_name()
        self.jobs = jobs
        self.sweeps = sweeps
        self._clock = clock
        self.rng = rng
        self.hands = hands
        self._stopping = Event()
        self._work_waits = Condition()
        self._rings = 0
        self._in_hand: dict[type[Any], set[Any]] = {}
        self._guard = Lock()
        self._next_sweep = {sweep.name: datetime.min.replace(tzinfo=UTC) for sweep in sweeps}
        self._sweeping: set[str] = set()

    def clock(self) -> datetime:
        """Now, in UTC: Python adds and compares times of one zone by its wall clock, wrongly when clocks change."""
        return self._clock().astimezone(UTC)

    # --- Life ----------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until stopped. Rows in hand are finished; rows claimed and not begun are given back."""
        threads = [
            Thread(target=self._hand, name=f"hand-{number}", daemon=True) for number in range(self.hands)
        ]
        for thread in threads:
            thread.start()
        log.info("worker started", worker=self.name, hands=self.hands)
        try:
            self._keep()
        finally:
            self.stop()
            for thread in threads:
                thread.join(STOP_SECONDS)
            log.info("worker stopped", worker=self.name)
            connections.close_all()

    def stop(self) -> None:
        """Begin no further row. Safe to call from a signal handler's thread, and more than once."""
        self._stopping.set()
        with self._work_waits:
            self._work_waits.notify_all()

    # --- The keeper: hears the bell, gives signs of life, keeps the leases --------------------------------

    def _keep(self) -> None:
        bell = bell_for(connection.vendor, self._stopping.wait)
        renewed_at = datetime.min.replace(tzinfo=UTC)
        while not self._stopping.is_set():
            try:
                if bell.rang():
                    self._ring()
                if self.clock() - renewed_at >= RENEW:
                    renewed_at = self.clock()
                    self._renew(renewed_at)
            except Error as fault:
                log.warning("database not reachable", worker=self.name, fault=type(fault).__name__)
                close_old_connections()
                self._stopping.wait(1.0)
        with suppress(Error):  # a sign that stays up is out of date within seconds
            take_sign_down(name=self.name)
        bell.close()

    def _ring(self) -> None:
        with self._work_waits:
            self._rings += 1
            self._work_waits.notify_all()

    def _renew(self, at: datetime) -> None:
        give_sign(name=self.name, at=at)
        with self._guard:
            held = {model: list(keys) for model, keys in self._in_hand.items() if keys}
        for model, keys in held.items():
            claims.hold_on(model, keys, by=self.name, at=at)

    # --- A hand: claims rows and does them -----------------------------------------------------------------

    def _hand(self) -> None:
        faults = 0
        while not self._stopping.is_set():
            heard = self._rings
            try:
                did_something = self.turn()
                faults = 0
            except Error as fault:
                faults += 1
                log.warning("database not reachable", worker=self.name, fault=type(fault).__name__)
                connection.close()
                self._stopping.wait(min(2.0**faults / 4, 15.0))
                continue
            if not did_something:
                close_old_connections()
                self._wait(heard)
        connections.close_all()

    def _wait(self, heard: int) -> None:
        with self._work_waits:
            self._work_waits.wait_for(
                lambda: self._rings != heard or self._stopping.is_set(), timeout=SWEEP_SECONDS
            )

    def turn(self) -> bool:
        """Go through the rows once and do one sweep; True when there may be more to do at once."""
        done = [self._do_rows(job) for job in self.jobs]
        return self._sweep() or any(done)

    def _do_rows(self, job: RowJob) -> bool:
        claimed_at = self.clock()
        keys = claims.claim(job.model, only=job.only, by=self.name, at=claimed_at, limit=job.batch)
        with self._holding(job.model, keys):
            for place, key in enumerate(keys):
                if self._stopping.is_set() or self.clock() - claimed_at > LONGEST_ROUND:
                    claims.give_back(job.model, keys[place:], by=self.name)
                    break
                self._do_row(job, key, claimed_at)
        return bool(keys)

    def _do_row(self, job: RowJob, key: Any, claimed_at: datetime) -> None:
        """One row. Whatever is wrong with it stays with it: it is counted, logged by its id, and waits."""
        if not claims.still_held(job.model, key, by=self.name).exists():
            return  # the lease ran out while this process slept, and another took the row over
        try:
            job.work(key, self.clock(), self.rng)
        except Exception as fault:
            log.exception("row failed", job=job.name, row=str(key), fault=type(fault).__name__)
            self._count_failure(job, key)
        else:
            claims.finish(job.model, key, by=self.name, claimed_at=claimed_at, at=self.clock())
        with self._guard:
            self._in_hand[job.model].discard(key)

    def _count_failure(self, job: RowJob, key: Any) -> None:
        tries = job.model._default_manager.filter(pk=key).values_list("tries", flat=True).first() or 0
        wait = claims.wait_after(tries + 1) * self.rng.uniform(
            0.8, 1.2
        )  # rows that failed together part ways
        claims.fail(job.model, key, by=self.name, at=self.clock(), wait=wait)

    @contextmanager
    def _holding(self, model: type[Any], keys: Sequence[Any]) -> Iterator[None]:
        with self._guard:
            self._in_hand.setdefault(model, set()).update(keys)
        try:
            yield
        finally:
            with self._guard:
                self._in_hand[model].difference_update(keys)

    def _sweep(self) -> bool:
        """Do the sweep that has been due longest; True when there is more for it, or another is due.

        One hand of this worker does a sweep at a time, and half of them at most sweep at all, so that rows never wait
        until long sweeps have ended. That several workers do not clash is the sweep's own affair.
        """
        at = self.clock()
        with self._guard:
            due = [
                sweep
                for sweep in self.sweeps
                if sweep.name not in self._sweeping and self._next_sweep[sweep.name] <= at
            ]
            if not due or len(self._sweeping) >= max(1, self.hands // 2):
                return False
            sweep = min(due, key=lambda one: self._next_sweep[one.name])
            self._sweeping.add(sweep.name)
        try:
            is_full = self._run(sweep, at)
            self._next_sweep[sweep.name] = at if is_full else at + sweep.every
        finally:
            with self._guard:
                self._sweeping.discard(sweep.name)
        return is_full or len(due) > 1

    def _run(self, sweep: Sweep, at: datetime) -> bool:
        try:
            return sweep.run(at) >= sweep.most
        except (OperationalError, InterfaceError) as fault:  # locked, away, full: no fault of the sweep
            log.warning("sweep put off", sweep=sweep.name, why=str(fault).partition("\n")[0][:200])
        except Exception as fault:
            log.exception("sweep failed", sweep=sweep.name, fault=type(fault).__name__)
        return False
