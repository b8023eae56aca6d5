"""Hearing that there is something to do: LISTEN on PostgreSQL, the data version on SQLite."""

from __future__ import annotations

from typing import Any, Protocol

import psycopg
from django.db import connection

CHANNEL = "frontdoor_work"
"""The name under which the triggers of this room's first migration tell PostgreSQL's listeners of new rows."""

SQLITE_SECONDS = 0.2
LISTEN_SECONDS = 0.5


class Bell(Protocol):
    """Rings when the database has changed."""

    def rang(self) -> bool:
        """Wait a fraction of a second; True when something may have to be done."""

    def close(self) -> None:
        """Give back what was held for hearing."""


class SqliteBell:
    """Asks SQLite five times a second whether another connection has committed: one number, no lock, no reading."""

    def __init__(self, wait: Any) -> None:
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


class PostgresBell:
    """Waits for a notification on a connection of its own, outside the pool."""

    def __init__(self) -> None:
        self._listening: psycopg.Connection[Any] | None = None

    def rang(self) -> bool:
        """Wait up to half a second. Raises psycopg.OperationalError when the server has gone; call again to return."""
        if self._listening is None:
            self._listening = _connect()
            self._listening.execute(f"LISTEN {CHANNEL}")
            return True  # something may have come while nobody listened
        try:
            return any(True for _ in self._listening.notifies(timeout=LISTEN_SECONDS, stop_after=1))
        except psycopg.OperationalError:
            self.close()
            raise

    def close(self) -> None:
        """Stop listening."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None


def _connect() -> psycopg.Connection[Any]:
    chosen = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parameters = {name: chosen[key] for name, key in named.items() if chosen[key]}
    options = {name: value for name, value in chosen["OPTIONS"].items() if name != "pool"}
    return psycopg.connect(**parameters, **options, autocommit=True)
