"""The database itself refuses to change or remove what is in the journal."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = ("journal_journalentry", "journal_seal")
REFUSAL = "the journal is append-only: entries are never changed or removed"

SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)
POSTGRESQL_FUNCTION = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = (
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
)


def refuse(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb, refusal=REFUSAL))
        return
    schema_editor.execute(POSTGRESQL_FUNCTION.format(refusal=REFUSAL))
    for table in TABLES:
        for statement in POSTGRESQL:
            schema_editor.execute(statement.format(table=table))


def allow(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    schema_editor.execute("DROP FUNCTION journal_refuse() CASCADE")


class Migration(migrations.Migration):
    """Triggers for both databases."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
