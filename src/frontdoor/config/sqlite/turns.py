"""Turns at writing to an SQLite database, for the threads of a process and for processes.

SQLite has one lock for all writers and no queue for it: who finds it taken sleeps for up to a tenth of a second and
looks again, and a writer that comes straight back is there first every time. So writers queue here. Threads wait for
one another on a lock of their own. Of each process one then waits at a turnstile (a lock on a file beside the
database) and holds it until it has SQLite's lock: whoever has just written must stand behind those who wait.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic, sleep

LOOK_AGAIN = 0.001
"""Seconds between two looks at a lock that another process holds."""

_guard = Lock()
_queues: dict[str, Lock] = {}


class NoTurn(Exception):
    """Another writer kept the database locked for longer than this one may wait."""


class Turn:
    """One writer's place in the queue of a database file: taken before it writes, ended when it has written."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._is_held = False

    def take(self, begin: Callable[[], bool], *, patience: float) -> None:
        """Wait until `begin()` is true: it has got SQLite's lock. `patience` in seconds. Raises NoTurn; what `begin`
        raises ends the turn.
        """
        end = monotonic() + patience
        if not _queue_of(self._database).acquire(timeout=patience):
            raise NoTurn
        self._is_held = True
        try:
            with _turnstile(self._database, end):
                _until(begin, end)
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Let the next one write. Ending a turn twice, or one that was never taken, does nothing."""
        if self._is_held:
            self._is_held = False
            _queue_of(self._database).release()


def _queue_of(database: str) -> Lock:
    with _guard:
        return _queues.setdefault(database, Lock())


@contextmanager
def _turnstile(database: str, end: float) -> Iterator[None]:
    file = os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _until(lambda: _is_locked_by_us(file), end)
        yield
    finally:
        os.close(file)  # which gives up the lock


def _is_locked_by_us(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _until(succeeds: Callable[[], bool], end: float) -> None:
    while not succeeds():
        if monotonic() >= end:
            raise NoTurn
        sleep(LOOK_AGAIN)


def forget_queues() -> None:
    """After a fork the child has threads of its own; nobody of the parent's holds a place in its queue."""
    _queues.clear()


os.register_at_fork(after_in_child=forget_queues)
