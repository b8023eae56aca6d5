"""Writers of an SQLite database take turns, across threads and processes."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from frontdoor.config.sqlite.turns import NoTurn, Turn

PATIENCE = 60.0


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database with a place to count."""
    path = str(tmp_path / "turns.sqlite3")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE written (by TEXT)")
    return path


@contextmanager
def transaction(database: str, *, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
    """A write transaction in its turn."""
    turn = Turn(database)
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:

        def begins() -> bool:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True

        turn.take(begins, patience=patience)
        try:
            yield connection
            connection.execute("COMMIT")
        finally:
            turn.end()


def write(database: str, by: str, times: int) -> None:
    for _ in range(times):
        with transaction(database) as connection:
            connection.execute("INSERT INTO written VALUES (?)", [by])


def write_until(database: str, is_enough: Event, has_begun: Event) -> None:
    """A busy writer: one transaction after another, without a pause between them."""
    while not is_enough.is_set():
        with transaction(database) as connection:
            connection.execute("INSERT INTO written VALUES ('busy')")
            has_begun.set()
            sleep(0.03)


def count(database: str) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT by, count(*) FROM written GROUP BY by"))


def test_nobody_is_refused_however_many_write(database: str) -> None:
    start = multiprocessing.get_context("spawn")
    others = [start.Process(target=write, args=(database, "process", 30)) for _ in range(2)]
    threads = [Thread(target=write, args=(database, "thread", 30)) for _ in range(4)]
    writers: list[BaseProcess | Thread] = [*others, *threads]
    for each in writers:
        each.start()
    for each in writers:
        each.join(PATIENCE)
    assert [each.exitcode for each in others] == [0, 0]
    assert count(database) == {"process": 60, "thread": 120}


def test_busy_writer_of_another_process_lets_a_waiting_one_in(database: str) -> None:
    start = multiprocessing.get_context("spawn")
    is_enough, has_begun = start.Event(), start.Event()
    busy = start.Process(target=write_until, args=(database, is_enough, has_begun))
    busy.start()
    try:
        assert has_begun.wait(PATIENCE)
        overtaken = [written_meanwhile(database) for _ in range(5)]
    finally:
        is_enough.set()
        busy.join(PATIENCE)
    assert max(overtaken) <= 1  # the one that was being written when the wait began


def written_meanwhile(database: str) -> int:
    """How many transactions others end from the first look at the lock until it is ours."""
    seen: list[int] = []
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:

        def begins() -> bool:
            seen.append(count(database).get("busy", 0))
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True

        turn = Turn(database)
        turn.take(begins, patience=PATIENCE)
        now = count(database).get("busy", 0)
        connection.execute("ROLLBACK")
        turn.end()
    return now - seen[0]


def test_locked_for_too_long_is_told_and_harms_nobody(database: str) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as somebody_else:
        somebody_else.execute("BEGIN IMMEDIATE")
        started = monotonic()
        with pytest.raises(NoTurn), transaction(database, patience=0.2):
            raise AssertionError("it cannot have begun")
        assert monotonic() - started >= 0.2
        somebody_else.execute("ROLLBACK")
    write(database, "after", 1)
    assert count(database) == {"after": 1}


def test_fault_at_the_beginning_ends_the_turn(database: str) -> None:
    def fails() -> bool:
        raise sqlite3.DatabaseError("the disk is full")

    with pytest.raises(sqlite3.DatabaseError):
        Turn(database).take(fails, patience=PATIENCE)
    write(database, "after", 1)
    assert count(database) == {"after": 1}


def test_turn_may_be_ended_twice(database: str) -> None:
    turn, other = Turn(database), Turn(database)
    turn.take(lambda: True, patience=PATIENCE)
    turn.end()
    other.take(lambda: True, patience=PATIENCE)
    turn.end()
    with pytest.raises(NoTurn):
        Turn(database).take(lambda: True, patience=0.05)
    other.end()
