"""Tests of the platform on a real database: on SQLite every one, on PostgreSQL all in which the database has a part."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import connection

from tests.integration.installing import PREPARE, copy_database, template


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the templates, which the processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, templates: Path) -> None:
    """The database of the tests is a copy of one that was migrated once, by whichever process came first."""
    made = template(templates, "prepared", PREPARE)
    named = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    copy_database(made, named, file=Path(named))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What was copied is not made again."""
    return True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what was marked as having nothing to do with the database's kind.

    Files of pages are marked whole: what they ask of the database is asked by tests of the rooms below too. In them,
    `both_databases` marks the tests that issue a statement which no other test does.
    """
    if "FRONTDOOR_TEST_DATABASE_URL" not in os.environ:
        return
    once = [item for item in items if _is_for_one(item)]
    config.hook.pytest_deselected(items=once)
    items[:] = [item for item in items if item not in once]


def _is_for_one(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("any_database") and not item.get_closest_marker("both_databases"))
