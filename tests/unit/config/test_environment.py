"""Every setting is read, checked, and has words."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from frontdoor.config.database import database_settings, without_password
from frontdoor.config.environment import CHECKOUT, BadEnvironment, read_environment
from frontdoor.config.variables import VARIABLES

SOURCES = CHECKOUT / "src" / "frontdoor"


def test_defaults_suit_a_first_start(tmp_path: Path) -> None:
    read = read_environment({"FRONTDOOR_HOME": str(tmp_path)})
    assert read.database_url == f"sqlite:///{tmp_path / 'db.sqlite3'}"
    assert read.carriers == {"email": "console", "text": "console", "letter": "console"}
    assert (read.is_debug, read.is_https, read.payments_by, read.scanned_by) == (
        False,
        False,
        "practice",
        "none",
    )
    assert read.hosts == ("127.0.0.1", "localhost", "[::1]")


def test_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    values = {"FRONTDOOR_HOME": str(tmp_path)}
    first, second = read_environment(values), read_environment(values)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 50
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_real_council_takes_no_practice_payments_unless_it_says_so(tmp_path: Path) -> None:
    values = {"FRONTDOOR_HOME": str(tmp_path), "FRONTDOOR_COUNCIL": str(tmp_path)}
    assert read_environment(values).payments_by == "none"
    assert read_environment({**values, "FRONTDOOR_PAYMENTS_BY": "practice"}).payments_by == "practice"


def test_public_address_names_a_host_and_says_https(tmp_path: Path) -> None:
    values = {"FRONTDOOR_HOME": str(tmp_path), "FRONTDOOR_PUBLIC_URL": "https://door.example"}
    read = read_environment({**values, "FRONTDOOR_HOSTS": "one.example, two.example"})
    assert read.is_https
    assert read.hosts == ("door.example", "localhost", "127.0.0.1", "[::1]", "one.example", "two.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FRONTDOOR_DEBUG", "yes"),
        ("FRONTDOOR_LOG", "xml"),
        ("FRONTDOOR_EMAIL_BY", "pigeon"),
        ("FRONTDOOR_SCANNED_BY", "eye"),
        ("FRONTDOOR_UPLOAD_MEGABYTES", "0"),
        ("FRONTDOOR_UPLOAD_MEGABYTES", "lots"),
        ("FRONTDOOR_LEASE_SECONDS", "0"),
        ("FRONTDOOR_COUNCIL", "/nowhere/at/all"),
        ("FRONTDOOR_PUBLIC_URL", "door"),
    ],
)
def test_value_that_cannot_be_used_is_named_with_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadEnvironment, match=name):
        read_environment({"FRONTDOOR_HOME": str(tmp_path), name: value})


def test_every_variable_that_the_code_reads_has_words() -> None:
    named = re.compile(r"FRONTDOOR_[A-Z][A-Z_]*[A-Z]")
    read = {name for path in SOURCES.rglob("*.py") for name in named.findall(path.read_text("utf-8"))}
    assert read - set(VARIABLES) - NOT_VARIABLES == set()


NOT_VARIABLES = {
    "FRONTDOOR_LOOK",  # a Django setting, made from the council's own data
    "FRONTDOOR_NOTIFY",  # the beginning that the names of Notify's settings share
}


def test_postgres_address_is_taken_apart() -> None:
    made = database_settings("postgres://al%40ice:p%2Fw@db.example:5433/front?sslmode=require&pool=4")
    assert (made["NAME"], made["USER"], made["PASSWORD"]) == ("front", "al@ice", "p/w")
    assert (made["HOST"], made["PORT"]) == ("db.example", "5433")
    assert made["OPTIONS"]["sslmode"] == "require"
    assert made["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 4, "timeout": 10}


def test_connection_to_another_host_notices_that_it_was_cut_off_unless_the_address_says_otherwise() -> None:
    options = database_settings("postgres://db.example/front?keepalives_idle=60")["OPTIONS"]
    assert (options["keepalives_idle"], options["tcp_user_timeout"]) == ("60", "15000")
    assert "tcp_keepalives_idle=5" in options["options"]


def test_postgres_address_may_name_a_socket_folder_and_no_pool() -> None:
    made = database_settings("postgresql:///front?host=/run/postgresql&pool=0")
    assert (made["NAME"], made["HOST"], made["PORT"], made["OPTIONS"]) == ("front", "/run/postgresql", "", {})


def test_sqlite_writers_queue_at_the_start_of_a_transaction() -> None:
    made = database_settings("sqlite:////srv/front%20door/db.sqlite3")
    assert made["NAME"] == "/srv/front door/db.sqlite3"
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert made["OPTIONS"]["timeout"] == 20
    assert database_settings("sqlite:////srv/db.sqlite3?wait=2")["OPTIONS"]["timeout"] == 2


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/name",
        "front",
        "postgres://host",
        "postgres://host/name?pool=many",
        "sqlite:////file?wait=no",
    ],
)
def test_database_address_that_cannot_be_read_is_refused_with_words(url: str) -> None:
    with pytest.raises(BadEnvironment, match="address"):
        database_settings(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://alice:secret@host/name", "postgres://alice:...@host/name"),
        ("postgres://alice@host/name", "postgres://alice@host/name"),
        ("sqlite:///file", "sqlite:///file"),
    ],
)
def test_database_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown
