"""Taking a PostgreSQL database out with pg_dump, and putting it back with pg_restore and psql."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from frontdoor.config.backups.archive import BadBackup
from frontdoor.config.backups.taken import InUse, State, ToolMissing, read_state

MISSING = (
    "{tool} is not on this machine, and a backup of PostgreSQL needs it. Install PostgreSQL's client programs in the "
    "server's version or newer (Debian and Ubuntu: sudo apt-get install postgresql-client), or run this where they are."
)
TRIES = 10
WAIT_SECONDS = 0.2
EMPTY_FIRST = "DROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n"
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)


def take_out(to: Path) -> State:
    """Copy the database as it stands at one instant; what is noted of it is read in the very same snapshot."""
    with _connect() as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = _one(database, "SELECT pg_export_snapshot()")
        state = read_state(
            lambda sql: list(database.execute(sql.encode())),
            server=f"PostgreSQL {_one(database, 'SHOW server_version')}",
        )
        copy = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--file={to}"]
        _run("pg_dump", [*copy, f"--snapshot={snapshot}", f"--dbname={_address()}"])
    return state


def check(copy: Path) -> None:
    """Raises BadBackup where pg_restore cannot read the copy; ToolMissing where a program is not here."""
    _program("psql")
    try:
        _run("pg_restore", ["--list", str(copy)])
    except subprocess.CalledProcessError as fault:
        raise BadBackup(f"The database in the backup cannot be read: {fault.stderr.strip()}") from fault


def require_quiet() -> None:
    """Raises InUse where somebody else is connected to the database."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    with _connect() as database:
        for _ in range(TRIES):  # our own connections end a moment after they were closed
            if not _one(database, OTHERS):
                return
            sleep(WAIT_SECONDS)
    raise InUse


def put_in(copy: Path) -> None:
    """Empty the database and fill it from the copy, in one transaction: it is as before where anything fails."""
    script, first = copy.with_name("restore.sql"), copy.with_name("first.sql")
    first.write_text(EMPTY_FIRST, "ascii")
    _run("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(copy)])
    quietly = [
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--single-transaction",
        "--output=/dev/null",
    ]
    _run("psql", [*quietly, f"--file={first}", f"--file={script}", f"--dbname={_address()}"])


def _parameters() -> dict[str, Any]:
    chosen = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parameters = {name: chosen[key] for name, key in named.items() if chosen[key]}
    return {**parameters, **{name: value for name, value in chosen["OPTIONS"].items() if name != "pool"}}


def _connect() -> psycopg.Connection[Any]:
    with connection.wrap_database_errors:
        return psycopg.connect(**_parameters())


def _one(database: psycopg.Connection[Any], sql: str) -> Any:
    row = database.execute(sql.encode()).fetchone()
    return row[0] if row else None


def _address() -> str:
    """Where the database is, without the password: other people of this machine can read a command line."""
    return make_conninfo(**{name: value for name, value in _parameters().items() if name != "password"})


def _run(tool: str, words: Sequence[str]) -> None:
    """Raises ToolMissing, or CalledProcessError with what the program said."""
    environment = {**os.environ, "PGPASSWORD": str(connection.settings_dict["PASSWORD"] or "")}
    if not environment["PGPASSWORD"]:
        del environment["PGPASSWORD"]
    subprocess.run([_program(tool), *words], check=True, env=environment, capture_output=True, text=True)


def _program(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        raise ToolMissing(MISSING.format(tool=tool))
    return found
