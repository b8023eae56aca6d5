"""An installation of its own, run as processes the way an operator runs them, and templates to copy it from."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from frontdoor.config.environment import CHECKOUT

PATIENCE = 240.0
PREPARE = "from frontdoor.config.prepare import prepare_database; prepare_database()"
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


def template(templates: Path, name: str, script: str, *, of: Path | None = None) -> Path:
    """The folder of an installation made by a script, to be copied; made once, by whichever process comes first.

    `of`: the template that it begins from; without one it begins from nothing.
    """
    folder = templates / name
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with new_database(name, folder, is_kept=True) as url:
                made = Installation(home=folder, database_url=url)
                (copy_of(of, made) if of else made).expect("manage", "shell", "-c", script)
    return folder


def at(template: Path) -> Installation:
    """The template's own installation, to be looked at only."""
    if is_postgres():
        return Installation(home=template, database_url=_address(template.name))
    return Installation(home=template, database_url=f"sqlite:///{template}/db.sqlite3")


def copy_of(template: Path, installation: Installation) -> Installation:
    """The installation, become a copy of that template: its database, its secret key and its kept files."""
    shutil.copytree(template, installation.home)
    if is_postgres():
        copy_database(template, urlsplit(installation.database_url).path[1:], file=installation.home)
    return installation


def copy_database(template: Path, name: str, *, file: Path) -> None:
    """A database of this name, or in this file, as it is in the template."""
    if not is_postgres():
        shutil.copyfile(template / "db.sqlite3", file)
        return
    with psycopg.connect(os.environ[SERVER], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template.name}"'.encode())


@contextmanager
def new_database(name: str, home: Path, *, is_kept: bool = False) -> Iterator[str]:
    server = os.environ.get(SERVER)
    if server is None:
        yield f"sqlite:///{home}/db.sqlite3"
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield _address(name)
        if not is_kept:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _address(name: str) -> str:
    """Of another database on the server of this run."""
    return urlsplit(os.environ[SERVER])._replace(path=f"/{name}").geturl()
