"""Fixtures for every test."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as property_tests

# A busy machine must not fail a property test: what is asked is whether it holds, not how soon.
property_tests.register_profile("frontdoor", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_tests.load_profile("frontdoor")


@pytest.fixture
def at() -> datetime:
    """A plain working Tuesday morning."""
    return datetime(2027, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def rng() -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(20270302)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's own home folder, once, when the process that started the others ends."""
    if not hasattr(config, "workerinput") and settings.configured:
        home = Path(settings.HOME_FOLDER)
        if home.name.startswith("frontdoor-tests-"):
            shutil.rmtree(home, ignore_errors=True)
