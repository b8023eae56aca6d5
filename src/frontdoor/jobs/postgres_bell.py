"""Hearing PostgreSQL's notifications."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import Error, connection

CHANNEL = "frontdoor_work"
"""The name under which the triggers of this room's first migration tell PostgreSQL's listeners of new rows."""

LISTEN_SECONDS = 0.5


class PostgresBell:
    """Waits for a notification on a connection of its own, outside the pool."""

    def __init__(self) -> None:
        self._listening: psycopg.Connection[Any] | None = None

    def rang(self) -> bool:
        """Wait up to half a second. Raises Django's OperationalError when the server has gone; call again to return."""
        try:
            with connection.wrap_database_errors:
                return self._heard()
        except Error:
            self.close()
            raise

    def _heard(self) -> bool:
        if self._listening is None:
            self._listening = _connect()
            self._listening.execute(f"LISTEN {CHANNEL}")
            return True  # something may have come while nobody listened
        return any(True for _ in self._listening.notifies(timeout=LISTEN_SECONDS, stop_after=1))

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
