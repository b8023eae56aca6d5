"""Bringing a database to the code's level."""

from __future__ import annotations

import pytest
from django.db import connection

from frontdoor.config.prepare import prepare_database
from tests.integration.installing import Installation

STOPPED_ONCE = """
from unittest.mock import patch
from frontdoor.config.first_tables import is_empty
from frontdoor.config.prepare import prepare_database
with patch("frontdoor.config.first_tables.MigrationRecorder.record_applied", side_effect=KeyboardInterrupt):
    try:
        prepare_database()
    except KeyboardInterrupt:
        print("as empty as before:", is_empty())
print("made:", prepare_database(), "made again:", prepare_database())
"""


@pytest.mark.django_db
def test_database_that_was_migrated_by_hand_gets_the_table_that_no_migration_makes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shared_cache")

    assert prepare_database() is False
    assert "shared_cache" in connection.introspection.table_names()


def test_start_that_is_stopped_while_tables_are_made_leaves_the_database_empty(
    installation: Installation,
) -> None:
    said = installation.expect("manage", "shell", "-c", STOPPED_ONCE)
    assert "as empty as before: True" in said
    assert "made: True made again: False" in said
