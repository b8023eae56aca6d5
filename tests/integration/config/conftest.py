"""An installation of its own, run as processes the way an operator runs them."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

import pytest

from frontdoor.config.environment import CHECKOUT
from scripts.postgres import Server
from tests.integration.installing import PATIENCE, PREPARE, Installation, copy_of, new_database, template

PACKS = CHECKOUT / "tests" / "data" / "packs"


@pytest.fixture
def prepared(installation: Installation, templates: Path) -> Installation:
    """The installation with a database at the level of the code: for tests that are not about preparing it."""
    return copy_of(template(templates, "prepared", PREPARE), installation)


@pytest.fixture
def installation(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    """An empty installation; whatever still runs in it at the end is killed."""
    installation = Installation(home=tmp_path / "home", database_url=database_url)
    yield installation
    for process in installation.started:
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=PATIENCE)


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on the kind of server that this run of the tests is about."""
    with new_database(f"processes_{uuid4().hex[:12]}", tmp_path / "home") as url:
        yield url


@pytest.fixture
def own_server(installation: Installation) -> Iterator[Server]:
    """A PostgreSQL server for this installation alone, which a test may stop."""
    with Server.made() as server:
        installation.database_url = server.url
        yield server


@contextmanager
def locked(installation: Installation) -> Iterator[None]:
    """Somebody else holds the only lock of an SQLite database."""
    with closing(sqlite3.connect(installation.database_file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def wait_for_page(address: str, process: subprocess.Popen[str], **headers: str) -> bytes:
    """The page as soon as it is served; fails when the process ends instead."""
    request = urllib.request.Request(address, headers=headers)
    end = monotonic() + PATIENCE
    while monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"it ended with status {process.returncode}: {process.communicate()[0]}")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                body: bytes = answer.read()
                return body
        except urllib.error.HTTPError as fault:
            pytest.fail(f"{address} answered {fault.code}")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            sleep(0.1)
    pytest.fail(f"{address} was not served within {PATIENCE:.0f} seconds")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look five times a second; fails when it takes too long."""
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, "it did not happen in time"
        sleep(0.2)


def read_until(lines: Iterable[str] | None, words: str) -> None:
    """Read what a process prints up to the line with these words."""
    for line in lines or ():
        if words in line:
            return
    pytest.fail(f"it ended without saying: {words}")
