"""Writes thousands of rows at once: COPY on PostgreSQL, prepared inserts on SQLite; indexes are put aside meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from frontdoor.demo.year.bulk import Cell, Row

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
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
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


@dataclass(frozen=True)
class Aside:
    """What was taken off tables so that they fill fast: statements that put it back, by table."""

    statements: Mapping[str, tuple[str, ...]]

    def put_back(self, tables: Collection[str] | None = None) -> None:
        """Make indexes and foreign keys again; all of them, or those of some tables."""
        for table, statements in self.statements.items():
            if tables is None or table in tables:
                for statement in statements:
                    _run(statement)


def put_aside(tables: Sequence[str]) -> Aside:
    """Take off the indexes that no constraint needs, and on PostgreSQL the foreign keys, which are checked at the end."""
    found = _found_postgresql if connection.vendor == "postgresql" else _found_sqlite
    kept: dict[str, tuple[str, ...]] = {}
    for table in tables:
        pairs = found(table)
        for remove, _ in pairs:
            _run(remove)
        kept[table] = tuple(again for _, again in reversed(pairs))
    return Aside(kept)


def _found_postgresql(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = %s::regclass AND contype = 'f'",
            [table],
        )
        keys = [
            (
                f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {text}',
            )
            for name, text in cursor.fetchall()
        ]
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
            [table],
        )
        return keys + [(f"DROP INDEX {name}", text) for name, text in cursor.fetchall()]


def _found_sqlite(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [table],
        )
        return [(f'DROP INDEX "{name}"', re.sub(r"\s+", " ", text)) for name, text in cursor.fetchall()]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def set_counters(tables: Sequence[str]) -> None:
    """Say to PostgreSQL which number comes next in tables whose rows were numbered by us."""
    if connection.vendor != "postgresql":
        return
    for table in tables:
        _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))")
