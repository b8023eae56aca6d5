"""The database wrapper that Django loads by the name of its package (`ENGINE = "frontdoor.config.sqlite"`).

It has a hold on transactions where Django's own wrapper begins and ends them; the published types leave these out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from frontdoor.config.sqlite.turns import NoTurn, Turn

IN_USE = ("locked", "busy")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to an SQLite file. Every writer waits for its turn, `OPTIONS["timeout"]` seconds at most."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor whose writes outside a transaction wait for their turn as well."""
        return self.connection.cursor(factory=lambda connection: _Cursor(connection, self))

    def _start_transaction_under_autocommit(self) -> None:
        """The turn lasts until the transaction ends. Raises OperationalError ("database is locked"), as SQLite does."""
        if self.is_in_memory_db():
            self._begin()
            return
        with self.wrap_database_errors:
            self._take_turn(self._begin)

    def _begin(self) -> None:
        super()._start_transaction_under_autocommit()  # type: ignore[misc]

    def write_in_turn(self, write: Callable[[], Any]) -> None:
        """One statement that is a transaction of its own. Raises OperationalError ("database is locked")."""
        self._take_turn(write)
        self._end_turn()

    def _take_turn(self, begin: Callable[[], Any]) -> None:
        turn = Turn(str(self.settings_dict["NAME"]))
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        self._let_sqlite_wait(
            0
        )  # it looks ever more seldom the longer it waits; the queue looks every millisecond
        try:
            turn.take(lambda: _is_free(begin), patience=patience)
        except NoTurn:
            raise sqlite3.OperationalError("database is locked") from None
        finally:
            self._let_sqlite_wait(patience)
        self._turn = turn

    def _let_sqlite_wait(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.end()
            self._turn = None

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()  # where the commit failed the transaction goes on, and so does the turn

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()


class _Cursor(base.SQLiteCursorWrapper):
    def __init__(self, connection: sqlite3.Connection, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        return self._in_turn(query, lambda: super(_Cursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        rows = list(param_list)
        return self._in_turn(query, lambda: super(_Cursor, self).executemany(query, rows))

    def _in_turn(self, query: str, write: Callable[[], Any]) -> Any:
        if self.connection.in_transaction or not query.startswith(WRITES) or self._wrapper.is_in_memory_db():
            return write()
        self._wrapper.write_in_turn(write)
        return self


def _is_free(begin: Callable[[], Any]) -> bool:
    try:
        begin()
    except (OperationalError, sqlite3.OperationalError) as fault:
        if any(word in str(fault) for word in IN_USE):
            return False
        raise
    return True
