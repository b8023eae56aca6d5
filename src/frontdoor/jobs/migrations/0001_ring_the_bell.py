"""On PostgreSQL, a new or rescheduled row wakes the workers; SQLite's workers look at its data version instead."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = ("contacts_delivery", "cases_timer")
FUNCTION = """
CREATE FUNCTION jobs_ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('frontdoor_work', ''); RETURN NULL; END $$
"""
TRIGGER = (
    "CREATE TRIGGER jobs_ring AFTER INSERT OR UPDATE OF next_try_at ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION jobs_ring()"
)


def hang_bell(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        for table in TABLES:
            schema_editor.execute(TRIGGER.format(table=table))


def take_down(apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION jobs_ring() CASCADE")


class Migration(migrations.Migration):
    """No tables: triggers only."""

    dependencies = [("contacts", "0001_initial"), ("cases", "0001_initial")]
    operations = [migrations.RunPython(hang_bell, take_down)]
