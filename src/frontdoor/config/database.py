"""Turns a database address into Django's settings, for SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from frontdoor.config.environment import BadEnvironment

SQLITE_WAIT_SECONDS = 20
SQLITE_START = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-32000;"
    "PRAGMA temp_store=MEMORY"
)
POOL_CONNECTIONS = 20
POOL_WAIT_SECONDS = 10
LOST_CONNECTION = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""A host that was cut off notices within some 15 seconds, instead of a quarter of an hour (tcp(7)). libpq's words."""

LOST_CLIENT = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3 -c tcp_user_timeout=15000"
"""And the server lets go of what a host that was cut off had locked, instead of after two hours."""


def database_settings(url: str) -> dict[str, Any]:
    """Django's entry for one database; raises BadEnvironment when the address cannot be read."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql(parts)
    raise BadEnvironment(
        f"The database address begins with {parts.scheme or 'nothing'!r}. "
        "Use postgres://user:password@host:port/name or sqlite:////absolute/path/of/file."
    )


def without_password(url: str) -> str:
    """The address as it may be shown on a screen."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    shown = parts.netloc.replace(f":{parts.password}@", ":...@")
    return parts._replace(netloc=shown).geturl()


def _sqlite(parts: SplitResult) -> dict[str, Any]:
    """Writers queue for the lock at BEGIN (IMMEDIATE): upgrading a read lock fails at once under other writers."""
    wait = dict(parse_qsl(parts.query)).get("wait", str(SQLITE_WAIT_SECONDS))
    return {
        "ENGINE": "frontdoor.config.sqlite",
        "NAME": str(
            Path(unquote(parts.path[1:])).expanduser().resolve()
        ),  # three slashes: from the folder one is in
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _whole_number(wait, "a wait", "seconds"),
            "init_command": SQLITE_START,
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadEnvironment(
            "The PostgreSQL address names no database. Add its name after the host, as in .../frontdoor."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    if host and not host.startswith("/"):
        options = {**LOST_CONNECTION, "options": LOST_CLIENT, **options}
    size = _whole_number(options.pop("pool", str(POOL_CONNECTIONS)), "a pool", "connections")
    if size:
        options["pool"] = {"min_size": 1, "max_size": size, "timeout": POOL_WAIT_SECONDS}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _whole_number(text: str, what: str, unit: str) -> int:
    if not text.isdecimal() or int(text) > 1000:
        raise BadEnvironment(
            f"The database address asks for {what} of {text!r}. Give a number of {unit} from 0 to 1000."
        )
    return int(text)
