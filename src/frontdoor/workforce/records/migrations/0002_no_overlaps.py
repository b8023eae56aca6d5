"""The database itself refuses two shifts of one person at once, two parts of one shift at once, and two presences.

On SQLite by triggers (its writers take turns), on PostgreSQL by exclusion constraints, which hold whoever writes at once;
the owner is written as a range of one number, so that no extension is needed.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = (("workforce_shift", "user_id"), ("workforce_part", "shift_id"), ("workforce_presence", "user_id"))
REFUSAL = "{table}: two of one owner overlap"
SQLITE = """
CREATE TRIGGER {table}_no_overlap_{verb} BEFORE {verb} ON {table}
WHEN EXISTS (
    SELECT 1 FROM {table} AS other
    WHERE other.{owner} = NEW.{owner} AND other.id IS NOT NEW.id
    AND other.starts_at < COALESCE(NEW.ends_at, '9999') AND NEW.starts_at < COALESCE(other.ends_at, '9999')
)
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL = """
ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap EXCLUDE USING gist (
    int8range({owner}, {owner}, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
)
"""


def refuse(apps: Any, schema_editor: Any) -> None:
    """Put the guards in place."""
    for table, owner in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("INSERT", "UPDATE"):
                refusal = REFUSAL.format(table=table)
                schema_editor.execute(SQLITE.format(table=table, owner=owner, verb=verb, refusal=refusal))
        else:
            schema_editor.execute(POSTGRESQL.format(table=table, owner=owner))


def allow(apps: Any, schema_editor: Any) -> None:
    """Take the guards away again."""
    for table, _ in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("INSERT", "UPDATE"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_overlap_{verb}")
        else:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")


class Migration(migrations.Migration):
    """Guards for both databases."""

    dependencies = [("workforce", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
