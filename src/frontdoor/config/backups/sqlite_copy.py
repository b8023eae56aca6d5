"""Taking an SQLite database out while it is in use, and putting a copy in its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from frontdoor.config.backups.archive import BadBackup
from frontdoor.config.backups.taken import InUse, State, read_state


def take_out(to: Path) -> State:
    """Copy the database as it stands at one instant; those who write meanwhile are not held up."""
    with (
        connection.wrap_database_errors,
        closing(sqlite3.connect(_file())) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a second one beside it
        return read_state(lambda sql: list(target.execute(sql)), server=f"SQLite {sqlite3.sqlite_version}")


def check(copy: Path) -> None:
    """Raises BadBackup where the copy is not a sound database."""
    try:
        with closing(sqlite3.connect(copy)) as database:
            said = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as fault:
        raise BadBackup(f"The database in the backup cannot be read: {fault}.") from fault
    if said != "ok":
        raise BadBackup(f"The database in the backup is damaged: {said}.")


def require_quiet() -> None:
    """Raises InUse where another process has the database open."""
    connection.close()
    file = Path(_file())
    if not file.exists():
        return
    with closing(sqlite3.connect(file, timeout=1)) as database:
        try:
            # only who is alone with a database may leave write-ahead mode
            mode = database.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            raise InUse from None
    if mode != "delete":
        raise InUse


def put_in(copy: Path) -> None:
    """Put the copy in the place of the database, in one step."""
    file = Path(_file())
    file.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    beside = file.with_name(f"{file.name}.restored")
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(beside)) as target:
        source.backup(target)
    beside.replace(file)


def _file() -> str:
    return str(connection.settings_dict["NAME"])
