"""Backup and restore, as an operator does them: what was entered before is there after."""

from __future__ import annotations

import io
import shutil
import signal
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.integration.config.conftest import locked, wait_for_page
from tests.integration.installing import PREPARE, Installation, copy_of, is_postgres, template

JOURNAL = "SELECT * FROM journal_journalentry ORDER BY id"
SEALS = "SELECT * FROM journal_seal ORDER BY number"
ENTER = """
from datetime import UTC, datetime
from random import Random
from frontdoor.contacts.actions import store_file
from frontdoor.journal.actions import record, seal_entries
from frontdoor.kernel.entries import Actor
from frontdoor.staff.models import Role, User
at, rng = datetime(2027, 3, 2, 10, 0, tzinfo=UTC), Random({entries})
User.objects.create_user(email="alice@council.example", full_name="Alice Ashdown", role=Role.OFFICER, joined_at=at)
store_file(name="letter.pdf", content_type="application/pdf", content=bytes(range(256)), at=at, rng=rng)
for number in range({entries}):
    record(at=at, by=Actor("system"), event="case opened", facts={{"number": number}})
seal_entries(at=at, limit={entries} - 2)
"""
RESTORE_EACH = """
from frontdoor.config.cli import main
for file in {files}:
    print("status", main(["restore", file, "--replace"]))
"""  # one process: they are slow to start


@pytest.fixture
def entered(installation: Installation, templates: Path) -> Installation:
    """An installation with an account, a stored file, five entries (three sealed) and a kept message."""
    prepared = template(templates, "prepared", PREPARE)
    copy_of(template(templates, "entered", ENTER.format(entries=5), of=prepared), installation)
    sent = installation.home / "sent" / "2027-03-02" / "1.txt"
    sent.parent.mkdir(parents=True)
    sent.write_text("Your code is 12345.", "utf-8")
    return installation


@contextmanager
def another(entered: Installation, home: Path) -> Iterator[Installation]:
    """An empty installation beside the first, on a database of its own."""
    new = replace(entered, home=home, started=[], database_url=f"sqlite:///{home}/db.sqlite3")
    if not is_postgres():
        yield new
        return
    name = f"{urlsplit(entered.database_url).path[1:]}_restored"
    new.database_url = urlsplit(entered.database_url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(entered.database_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield new
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def test_what_was_entered_is_there_after_a_restore_byte_for_byte(
    entered: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tgz"
    before = entered.query(JOURNAL), entered.query(SEALS)
    said = entered.expect("backup", str(file))
    assert "entries, 3 sealed" in said
    assert "The secret key is in it." in said
    assert file.stat().st_mode & 0o077 == 0
    assert entered.query("SELECT event FROM journal_journalentry ORDER BY id DESC LIMIT 1") == [
        ("backup made",)
    ]

    with another(entered, tmp_path / "other") as new:
        said = new.expect("restore", str(file))
        assert "The journal holds: 5 entries, as the backup lists, 3 of them sealed." in said
        assert "secret key" not in said
        assert (new.query(JOURNAL)[:5], new.query(SEALS)) == before
        assert [row[0] for row in new.query("SELECT event FROM journal_journalentry ORDER BY id")][5:] == [
            "backup restored"
        ]
        assert new.query("SELECT email FROM staff_user") == [("alice@council.example",)]
        assert bytes(new.query("SELECT content FROM contacts_storedfile")[0][0]) == bytes(range(256))  # type: ignore[call-overload]
        kept = new.home / "sent" / "2027-03-02" / "1.txt"
        assert kept.read_text("utf-8") == "Your code is 12345."
        assert (new.home / "secret.key").read_bytes() == (entered.home / "secret.key").read_bytes()

        status, said = new.run("restore", str(file))
        assert status == 2
        assert "holds data already" in said
        assert "--replace" in said
        new.expect("manage", "shell", "-c", ENTER.format(entries=2).replace("alice", "bob"))
        new.expect("restore", str(file), "--replace")
        assert new.query("SELECT email FROM staff_user") == [("alice@council.example",)]
        assert len(new.query(JOURNAL)) == 6


@pytest.mark.any_database
def test_backup_without_the_key_says_what_that_means(entered: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.tgz"
    assert "The secret key is not in it." in entered.expect("backup", str(file), "--without-key")
    with tarfile.open(file) as tar:
        assert "secret.key" not in tar.getnames()
    status, said = entered.run("backup", str(file))
    assert (status, "--replace" in said) == (2, True)

    with another(entered, tmp_path / "other") as new:
        assert "The secret key here is not the one" in new.expect("restore", str(file))


@pytest.mark.any_database
def test_damaged_backup_changes_nothing(entered: Installation, tmp_path: Path) -> None:
    whole, file = tmp_path / "whole.tgz", tmp_path / "backup.tgz"
    entered.expect("backup", str(whole))
    before = entered.query(JOURNAL)
    harms = ("cut", "changed", "no backup", "escape")
    for harm in harms:
        shutil.copyfile(whole, file)
        damage(file, harm)
        shutil.move(file, tmp_path / harm)
    files = [str(tmp_path / harm) for harm in harms]
    said = entered.expect("manage", "shell", "-c", RESTORE_EACH.format(files=files))
    assert [line for line in said.splitlines() if line.startswith("status")] == ["status 2"] * len(harms)
    assert said.count("Nothing was restored") == len(harms)
    assert "Traceback" not in said
    assert entered.query(JOURNAL) == before
    assert not (tmp_path / "escaped").exists()


@pytest.mark.any_database
def test_backup_of_newer_code_is_refused(entered: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.tgz"
    entered.expect(
        "manage", "shell", "-c",
        "from django.db import connection as c; from django.db.migrations.recorder import MigrationRecorder as R; "
        "R(c).record_applied('cases', '9999_of_tomorrow')",
    )  # fmt: skip
    entered.expect("backup", str(file))
    status, said = entered.run("restore", str(file), "--replace")
    assert status == 2
    assert "made by a newer version (cases.9999_of_tomorrow is not known here)" in said


def test_backup_goes_on_while_web_and_worker_run_and_restore_does_not(
    entered: Installation, tmp_path: Path, port: int
) -> None:
    file = tmp_path / "backup.tgz"
    process = entered.start("up", "--no-demo", "--port", str(port))
    wait_for_page(f"http://127.0.0.1:{port}/healthz", process)
    entered.expect("backup", str(file))
    status, said = entered.run("restore", str(file), "--replace")
    assert status == 2
    assert "Stop every web server and worker" in said
    wait_for_page(f"http://127.0.0.1:{port}/healthz", process)
    assert entered.end(process, signal.SIGTERM)[0] == 0
    entered.expect("restore", str(file), "--replace")


@pytest.mark.skipif(is_postgres(), reason="about SQLite's one lock")
def test_backup_while_somebody_holds_the_lock_makes_none(entered: Installation, tmp_path: Path) -> None:
    entered.database_url += "?wait=1"
    with locked(entered):
        status, said = entered.run("backup", str(tmp_path / "backup.tgz"))
    assert (status, "Traceback" in said) in ((2, False), (0, False))
    assert not list(tmp_path.glob(".frontdoor-backup-*"))
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.skipif(not is_postgres(), reason="about PostgreSQL's programs")
def test_missing_program_is_named_with_what_to_install(entered: Installation, tmp_path: Path) -> None:
    nothing = tmp_path / "empty"
    nothing.mkdir()
    entered.variables["PATH"] = str(nothing)
    status, said = entered.run("backup", str(tmp_path / "backup.tgz"))
    assert status == 2
    assert "pg_dump is not on this machine" in said
    assert "postgresql-client" in said


def damage(file: Path, harm: str) -> None:
    if harm == "no backup":
        file.write_bytes(b"nothing of the kind" * 100)
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    else:
        rewrite(file, harm)


def rewrite(file: Path, harm: str) -> None:
    """The same backup with one byte of the key changed, or with a part that leads out of the folder."""
    new = file.with_suffix(".new")
    with tarfile.open(file) as tar, tarfile.open(new, "w:gz") as changed:
        for member in tar:
            source = tar.extractfile(member)
            assert source is not None
            content = source.read()
            if harm == "changed" and member.name == "secret.key":
                content = bytes([content[0] ^ 1]) + content[1:]
            changed.addfile(member, io.BytesIO(content))
        if harm == "escape":
            bad = tarfile.TarInfo("kept/../../escaped")
            bad.size = 1
            changed.addfile(bad, io.BytesIO(b"x"))
    shutil.move(new, file)
