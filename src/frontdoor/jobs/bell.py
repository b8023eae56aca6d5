"""Hearing that there is something to do: LISTEN on PostgreSQL, the data version on SQLite."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.db import connection

SQLITE_SECONDS = 0.2


class Bell(Protocol):
    """Rings when the database has changed."""

    def rang(self) -> bool:
        """Wait a fraction of a second; True when something may have to be done."""

    def close(self) -> None:
        """Give back what was held for hearing."""


class SqliteBell:
    """Asks SQLite five times a second whether another connection has committed: one number, no lock, no reading."""

    def __init__(self, wait: Callable[[float], object]) -> None:
        self._wait = wait
        self._version: int | None = None

    def rang(self) -> bool:
        """Sleep, look at the number, compare."""
        self._wait(SQLITE_SECONDS)
        with connection.cursor() as cursor:
            version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
        changed, self._version = version != self._version, version
        return changed

    def close(self) -> None:
        """Close the asking connection."""
        connection.close()


def bell_for(vendor: str, wait: Callable[[float], object]) -> Bell:
    """The bell of this kind of database; `wait` sleeps so many seconds, or less where the worker is told to stop."""
    if vendor != "postgresql":
        return SqliteBell(wait)
    from frontdoor.jobs.postgres_bell import PostgresBell  # the driver is not loaded where SQLite is used

    return PostgresBell()
