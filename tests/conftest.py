"""Fixtures for every test."""

from __future__ import annotations

import gc
import os
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection
from hypothesis import settings as hypothesis_settings

from frontdoor.config.cli import COLLECT_SELDOM

# No test fails by the clock: a busy machine is no fault of the code. Every run tries the same examples, so that a red
# run is red again, and few, since the same ones find nothing new in code that did not change;
# `HYPOTHESIS_PROFILE=explore ./test unit` tries many that are new.
hypothesis_settings.register_profile("same", deadline=None, derandomize=True, max_examples=40)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=200)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture
def at() -> datetime:
    """A plain working Tuesday morning."""
    return datetime(2027, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def rng() -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(20270302)


@pytest.fixture(autouse=True, scope="session")
def _emptying_lifts_the_journals_guard() -> Iterator[None]:
    """Tests that need real commits empty every table afterwards, and the database forbids that for the journal.

    The guard is lifted for the emptying alone, with the journal's own migration.
    """
    guard = import_module("frontdoor.journal.migrations.0002_append_only")
    empty = flush.Command.handle

    def lifting(self: flush.Command, **options: Any) -> None:
        with connection.schema_editor() as editor:
            guard.allow(apps, editor)
        try:
            empty(self, **options)
        finally:
            with connection.schema_editor() as editor:
                guard.refuse(apps, editor)

    patch = pytest.MonkeyPatch()
    patch.setattr(flush.Command, "handle", lifting)
    yield
    patch.undo()


def pytest_collection_finish() -> None:
    """Look for rubbish as seldom as the platform itself does, and not among what stands until the end of the run."""
    gc.freeze()
    gc.set_threshold(*COLLECT_SELDOM)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's own home folder, once, when the process that started the others ends."""
    if not hasattr(config, "workerinput") and settings.configured:
        home = Path(settings.HOME_FOLDER)
        if home.name.startswith("frontdoor-tests-"):
            shutil.rmtree(home, ignore_errors=True)
