"""Bringing a database to the code's level."""

from __future__ import annotations

import pytest
from django.db import connection

from frontdoor.config.prepare import prepare_database


@pytest.mark.django_db
def test_database_that_was_migrated_by_hand_gets_the_table_that_no_migration_makes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shared_cache")

    assert prepare_database() is False
    assert "shared_cache" in connection.introspection.table_names()
