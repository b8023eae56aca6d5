"""Tests of the platform on a real database: on SQLite every one, on PostgreSQL all in which the database has a part."""

from __future__ import annotations

import os

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what was marked as having nothing to do with the database's kind."""
    if "FRONTDOOR_TEST_DATABASE_URL" not in os.environ:
        return
    once = [item for item in items if item.get_closest_marker("any_database")]
    config.hook.pytest_deselected(items=once)
    items[:] = [item for item in items if item not in once]
