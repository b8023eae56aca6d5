"""SQLite makes a table anew when a column is added and loses its triggers: the guards against overlaps are put up again."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.db import migrations

guards = import_module("frontdoor.workforce.records.migrations.0002_no_overlaps")


def put_up_again(apps: Any, schema_editor: Any) -> None:
    """Take down what is left of them, and put them all up."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, _ in guards.TABLES:
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_overlap_{verb}")
    guards.refuse(apps, schema_editor)


class Migration(migrations.Migration):
    """Guards for SQLite; PostgreSQL keeps its own."""

    dependencies = [("workforce", "0007_settled_need")]
    operations = [migrations.RunPython(put_up_again, migrations.RunPython.noop)]
