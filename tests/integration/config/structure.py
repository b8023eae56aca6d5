"""What a database is made of, as rows that can be compared: columns, constraints, indexes, triggers, functions."""

from __future__ import annotations

import re

from tests.integration.installing import Installation

SQLITE_COLUMNS = """
SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'
"""
SQLITE_LINKS = """
SELECT m.name, f."table", f."from", f."to", f.on_update, f.on_delete
FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
"""
SQLITE_OTHERS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'table'"
SQLITE_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
SQLITE_CHECK = re.compile(r'CONSTRAINT "\w+" (?:CHECK|UNIQUE) ')

# Django makes this number wider through its history than from its model; nothing is kept in that table.
POSTGRESQL = (
    """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity
    FROM information_schema.columns
    WHERE table_schema = 'public' AND (table_name, column_name) <> ('auth_group_permissions', 'id')
    """,
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    """,
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)
MIGRATIONS = "SELECT 'migration', app, name FROM django_migrations"


def structure(installation: Installation) -> set[tuple[object, ...]]:
    """Every part of the database once, in any order; the order of columns in a table is no part of it."""
    if not installation.database_url.startswith("sqlite"):
        return {row for sql in (*POSTGRESQL, MIGRATIONS) for row in installation.query(sql)}
    found = {
        row
        for sql in (SQLITE_COLUMNS, SQLITE_LINKS, SQLITE_OTHERS, MIGRATIONS)
        for row in installation.query(sql)
    }
    for table, made in installation.query(SQLITE_TABLES):
        found |= {(table, rule) for rule in rules_of(str(made))}
    return found


def rules_of(made: str) -> set[str]:
    """The named checks and rules of uniqueness in a statement that makes a table."""
    return {made[found.start() : _closing(made, found.end())] for found in SQLITE_CHECK.finditer(made)}


def _closing(text: str, start: int) -> int:
    """Just after the bracket that closes the one at `start`; brackets in quoted words count for nothing."""
    depth, is_quoted = 0, False
    for place in range(start, len(text)):
        sign = text[place]
        is_quoted ^= sign == "'"
        depth += 0 if is_quoted else (sign == "(") - (sign == ")")
        if not depth:
            return place + 1
    raise ValueError(f"a bracket is not closed: {text[start:]}")
