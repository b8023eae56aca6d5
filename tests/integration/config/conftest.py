"""An installation of its own, run as processes the way an operator runs them."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from frontdoor.config.environment import CHECKOUT
from scripts.postgres import Server

PATIENCE = 90.0
PREPARE = "from frontdoor.config.prepare import prepare_database; prepare_database()"
PACKS = CHECKOUT / "tests" / "data" / "packs"
SERVER = "FRONTDOOR_TEST_DATABASE_URL"


def is_postgres() -> bool:
    """True when this run of the tests is about PostgreSQL."""
    return SERVER in os.environ


@dataclass
class Installation:
    """A home folder and a database; `start` runs a command in it."""

    home: Path
    database_url: str
    variables: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command in the background; its output goes to `output` once it has ended."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDOOR_")}
        environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "frontdoor.config.settings",  # the tests run under settings of their own
            "FRONTDOOR_HOME": str(self.home),
            "FRONTDOOR_DATABASE_URL": self.database_url,
            "PYTHONPATH": str(CHECKOUT / "src"),
            "PYTHONUNBUFFERED": "1",
            **self.variables,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "frontdoor", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, *words: str) -> tuple[int, str]:
        """A command to its end: exit status and output."""
        process = self.start(*words)
        output, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, output

    def expect(self, *words: str) -> str:
        """A command that must succeed: its output."""
        status, output = self.run(*words)
        assert status == 0, output
        return output

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """What the database holds, read past the platform."""
        if self.database_url.startswith("sqlite"):
            with closing(sqlite3.connect(self.database_file)) as connection:
                return list(connection.execute(sql))
        with psycopg.connect(self.database_url) as connection_:
            return list(connection_.execute(sql.encode()))

    @property
    def database_file(self) -> str:
        """The path of an SQLite database."""
        return urlsplit(self.database_url).path[1:]

    def end(self, process: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal and wait: exit status and output."""
        process.send_signal(how)
        output, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, output


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the templates, which the processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def template(templates: Path, name: str, script: str) -> Path:
    """The folder of an installation made by a script, to be copied; made once, by whichever process comes first."""
    folder = templates / name
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with _new_database(name, folder, is_kept=True) as url:
                Installation(home=folder, database_url=url).expect("manage", "shell", "-c", script)
    return folder


def copy_of(template: Path, installation: Installation) -> Installation:
    """The installation, become a copy of that template: its database, its secret key and its kept files."""
    shutil.copytree(template, installation.home)
    if is_postgres():
        name = urlsplit(installation.database_url).path[1:]
        with psycopg.connect(os.environ[SERVER], autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}"'.encode())
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template.name}"'.encode())
    return installation


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
    with _new_database(f"processes_{uuid4().hex[:12]}", tmp_path / "home") as url:
        yield url


@contextmanager
def _new_database(name: str, home: Path, *, is_kept: bool = False) -> Iterator[str]:
    server = os.environ.get(SERVER)
    if server is None:
        yield f"sqlite:///{home}/db.sqlite3"
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        if not is_kept:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


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
