"""Writes thousands of rows at once: COPY on PostgreSQL, prepared inserts on SQLite; indexes are put aside meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from frontdoor.demo.year.rows import Cell, Row

SPECIAL = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def write_rows(columns: Mapping[str, Sequence[str]], rows: Mapping[str, Sequence[Row]]) -> int:
    """Write rows by table, in the order of the tables; how many there were. Columns that are not named get what the model
    gives a new row.
    """
    write = _copy if connection.vendor == "postgresql" else _insert
    for table, names in columns.items():
        if rows.get(table):
            more, cells = unsaid(table, tuple(names))
            whole = [(*row, *cells) for row in rows[table]] if more else rows[table]
            write(table, (*names, *more), whole)
    return sum(len(each) for each in rows.values())


@cache
def unsaid(table: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], Row]:
    """The columns of a table that are not named and may not be empty, with what the model gives them."""
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    left = [
        each
        for each in model._meta.concrete_fields
        if each.column and each.column not in names and not each.null and not isinstance(each, AutoField)
    ]
    return tuple(str(each.column) for each in left), tuple(_cell(each.get_default()) for each in left)


def _cell(value: object) -> Cell:
    if isinstance(value, dict | list):
        return json.dumps(value)
    return value if isinstance(value, str | int) else str(value)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        copy.write("".join(map(_line, rows)))


def _line(row: Row) -> str:
    line = "\t".join([cell if cell.__class__ is str else _plain(cell) for cell in row])
    if "\\" in line.replace("\\N", "") or line.count("\t") >= len(row) or "\n" in line or "\r" in line:
        line = "\t".join(["\\N" if cell is None else str(cell).translate(SPECIAL) for cell in row])
    return f"{line}\n"


def _plain(cell: Cell) -> str:
    return "\\N" if cell is None else str(cell)


def _insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" for _ in columns)
    connection.ensure_connection()
    with closing(connection.connection.cursor()) as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


class BrokenKeys(Exception):
    """Rows were written that name others which are not there. The database is of no use: make it anew with --fresh."""


@dataclass(frozen=True)
class Aside:
    """What was taken off tables so that they fill fast: statements that put it back. `keys` are checked against other
    tables, so they come last.
    """

    indexes: Mapping[str, tuple[str, ...]]
    keys: tuple[str, ...]


def put_aside(tables: Sequence[str]) -> Aside:
    """Take off indexes, and on PostgreSQL what must be unique or must be elsewhere, which is checked when it is put back.
    Primary keys stay.
    """
    indexes: dict[str, tuple[str, ...]] = {}
    keys: list[str] = []
    for table in tables:
        pairs = _indexes_sqlite(table)
        if connection.vendor == "postgresql":
            foreign = _constraints(table, "f")
            keys += [again for _, again in foreign]
            pairs = [*foreign, *_constraints(table, "u"), *_indexes_postgresql(table)]
            indexes[table] = tuple(again for _, again in pairs[len(foreign) :])
        else:
            indexes[table] = tuple(again for _, again in pairs)
        for remove, _ in pairs:
            run_statement(remove)
    return Aside(indexes, tuple(keys))


def _constraints(table: str, kind: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = %s::regclass AND contype = %s ORDER BY conname",
            [table, kind],
        )
        return [
            (
                f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {text}',
            )
            for name, text in cursor.fetchall()
        ]


def _indexes_postgresql(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1",
            [table],
        )
        return [(f"DROP INDEX {name}", text) for name, text in cursor.fetchall()]


def _indexes_sqlite(table: str) -> list[tuple[str, str]]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [table],
        )
        return [(f'DROP INDEX "{name}"', re.sub(r"\s+", " ", text)) for name, text in cursor.fetchall()]


def run_statement(statement: str) -> None:
    """Run it by itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def analyse(tables: Sequence[str], *, is_last: bool) -> None:
    """Let the database look at what the tables hold, so that it finds its way in them; the last time PostgreSQL also
    notes what everybody may see.
    """
    if connection.vendor == "postgresql":
        how = "VACUUM (ANALYZE)" if is_last and not connection.in_atomic_block else "ANALYZE"
        for table in tables:
            run_statement(f'{how} "{table}"')
    elif is_last:
        run_statement("PRAGMA analysis_limit=1000")
        run_statement("ANALYZE")


def check_keys(tables: Sequence[str]) -> None:
    """On SQLite, see that what rows name is there; PostgreSQL did when its keys were put back. Raises BrokenKeys."""
    if connection.vendor != "sqlite":
        return
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f'PRAGMA foreign_key_check("{table}")')
            if cursor.fetchone():
                raise BrokenKeys(f"{table}: {BrokenKeys.__doc__}")


def set_counters(tables: Sequence[str]) -> None:
    """Say to PostgreSQL which number comes next in tables whose rows were numbered by us."""
    if connection.vendor != "postgresql":
        return
    for table in tables:
        run_statement(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))"
        )


POSTGRESQL = (
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '256MB'",
    "SET work_mem = '64MB'",
    "SET TIME ZONE 'UTC'",
)
SQLITE = (
    "PRAGMA synchronous=OFF",
    "PRAGMA foreign_keys=OFF",
    "PRAGMA cache_size=-400000",
    "PRAGMA threads=4",
)
_sessions: list[bool] = []


@contextmanager
def fast_session() -> Iterator[None]:
    """Nothing is forced to disk meanwhile, and on SQLite foreign keys are not looked up. The connection is closed at the
    end, so that what comes after is as usual. Within another such session, or a transaction, it changes nothing.
    """
    if _sessions or connection.in_atomic_block:
        yield
        return
    _sessions.append(True)
    for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
        run_statement(statement)
    try:
        yield
    finally:
        _sessions.clear()
        if connection.vendor == "sqlite":
            run_statement("PRAGMA foreign_keys=ON")  # closing does not end a database in memory
        connection.close()
