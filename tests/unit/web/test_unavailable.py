from __future__ import annotations

import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from frontdoor.web.unavailable import is_unavailable


def _caused(fault: Exception, source: Exception) -> Exception:
    fault.__cause__ = source
    return fault


@pytest.mark.parametrize(
    "fault",
    [
        sqlite3.OperationalError("database is locked"),
        OperationalError("database is locked"),
        _caused(OperationalError("disk I/O error"), sqlite3.OperationalError("disk I/O error")),
        _caused(OperationalError("x"), psycopg.OperationalError("the server closed the connection")),
        _caused(InterfaceError("x"), psycopg.InterfaceError("the connection is closed")),
    ],
)
def test_passing_trouble_is_unavailable(fault: Exception) -> None:
    assert is_unavailable(fault)


@pytest.mark.parametrize(
    "fault",
    [
        None,
        ValueError("database is locked"),
        IntegrityError("UNIQUE constraint failed"),
        OperationalError("no such table: cases_case"),
        _caused(OperationalError("no such column: x"), sqlite3.OperationalError("no such column: x")),
    ],
)
def test_fault_of_ours_is_not_unavailable(fault: Exception | None) -> None:
    assert not is_unavailable(fault)
