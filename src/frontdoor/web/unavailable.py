"""Tells a database that cannot be reached for the moment from a fault of ours."""

from __future__ import annotations

import sqlite3

from django.db import InterfaceError, OperationalError

SQLITE_PASSING = ("locked", "busy", "unable to open", "disk i/o", "disk is full", "readonly")


def is_unavailable(fault: BaseException | None) -> bool:
    """True when trying again in a moment can help: a lock, a restart, a lost connection.

    SQLite raises the same error for a missing table; only its messages tell the two apart. PostgreSQL keeps
    the class for troubles of the server and the connection.
    """
    if not isinstance(fault, OperationalError | InterfaceError | sqlite3.OperationalError):
        return False
    source = fault if isinstance(fault, sqlite3.Error) else fault.__cause__
    if isinstance(source, sqlite3.Error) or source is None:
        return any(words in str(fault).lower() for words in SQLITE_PASSING)
    return True
