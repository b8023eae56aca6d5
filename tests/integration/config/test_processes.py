"""Starting, stopping and starting over, as an operator does it. Processes are slow to start: stories share them."""

from __future__ import annotations

import http.client
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from time import sleep
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.integration.config.conftest import read_until, wait_for_page
from tests.integration.installing import Installation

MEGABYTE = b"x" * 1024 * 1024


@pytest.mark.any_database
def test_up_serves_refuses_what_is_too_large_and_stops_cleanly(prepared: Installation, port: int) -> None:
    prepared.variables["FRONTDOOR_UPLOAD_MEGABYTES"] = "2"
    process = prepared.start("up", "--no-demo", "--port", str(port))
    assert wait_for_page(f"http://127.0.0.1:{port}/healthz", process).startswith(b'{"database": "ready"')

    status, page = post_without_length(port, megabytes=40)
    assert status == 413
    assert b"</html>" in page

    status, output = prepared.run("up", "--fresh", "--yes", "--port", str(port))
    assert status == 2
    assert f"Port {port} on 127.0.0.1 is in use" in output
    assert f"--port {port + 1}" in output

    status, output = prepared.end(process)
    assert status == 0
    assert f"Front Door is at http://127.0.0.1:{port}/" in output
    assert "worker stopped" in output
    assert "Traceback" not in output


def test_fresh_asks_and_starts_over_only_when_told_to(installation: Installation, port: int) -> None:
    leave_a_trace(installation)

    status, output = installation.run("up", "--fresh", "--port", str(port))
    assert status == 2
    assert "--yes" in output
    assert has_trace(installation)
    key = (installation.home / "secret.key").read_text("ascii")

    process = installation.start("up", "--fresh", "--yes", "--no-demo", "--port", str(port))
    wait_for_page(f"http://127.0.0.1:{port}/healthz", process)
    assert installation.end(process)[0] == 0
    assert not has_trace(installation)
    assert (installation.home / "secret.key").read_text("ascii") == key


def test_web_and_worker_that_start_at_once_prepare_the_database_once(
    installation: Installation, port: int
) -> None:
    web, worker = installation.start("web", "--port", str(port)), installation.start("worker")
    wait_for_page(f"http://127.0.0.1:{port}/healthz", web)

    assert installation.end(web)[0] == 0
    status, output = installation.end(worker)
    assert status == 0
    assert "Traceback" not in output


def test_command_on_an_empty_database_says_what_to_do(installation: Installation) -> None:
    status, output = installation.run("journal", "verify")

    assert status == 2
    assert "manage migrate" in output
    assert "Traceback" not in output


@pytest.mark.any_database
def test_unknown_command_lists_the_known_ones(installation: Installation) -> None:
    status, output = installation.run("dance")

    assert status == 2
    assert "There is no command 'dance'" in output
    assert "journal" in output


def test_start_killed_while_the_demo_loads_leaves_nothing_half_done(
    prepared: Installation, port: int
) -> None:
    for seconds in (
        3,
        0,
    ):  # by then it has made its staff and some cases; the second start only has to come so far
        process = prepared.start("up", "--port", str(port))
        read_until(process.stdout, "Loading the demo council")
        sleep(seconds)
        prepared.end(process, signal.SIGKILL)
        assert prepared.query("SELECT count(*) FROM staff_user") == [(0,)]
        assert prepared.query("SELECT count(*) FROM cases_case") == [(0,)]


def post_without_length(port: int, *, megabytes: int) -> tuple[int, bytes]:
    def chunks() -> Iterator[bytes]:
        for _ in range(megabytes):
            yield MEGABYTE

    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/anywhere", body=chunks(), encode_chunked=True)
        answer = connection.getresponse()
        return answer.status, answer.read()


def leave_a_trace(installation: Installation) -> None:
    """A table that only a start from nothing removes."""
    if installation.database_url.startswith("sqlite"):
        path = urlsplit(installation.database_url).path[1:]
        installation.home.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE trace (n int)")
    else:
        with psycopg.connect(installation.database_url) as connection_:
            connection_.execute("CREATE TABLE trace (n int)")


def has_trace(installation: Installation) -> bool:
    if installation.database_url.startswith("sqlite"):
        path = urlsplit(installation.database_url).path[1:]
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'trace'").fetchone()
            return bool(found[0])
    with psycopg.connect(installation.database_url) as connection_:
        row = connection_.execute("SELECT to_regclass('public.trace')").fetchone()
        return row is not None and row[0] is not None
