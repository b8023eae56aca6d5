"""What is noted of a database when a copy of it is taken, whichever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


class InUse(Exception):
    """The database is in use. Stop every web server and worker of this installation, then try again; nothing was
    changed.
    """


class ToolMissing(Exception):
    """A program that PostgreSQL brings with it is needed and is not on this machine."""


@dataclass(frozen=True)
class State:
    """The database's own version, the migrations it has, and where its journal ended."""

    server: str
    applied: tuple[str, ...]
    entries: int
    sealed: int
    head: str


Ask = Callable[[str], Sequence[tuple[Any, ...]]]


def read_state(ask: Ask, *, server: str) -> State:
    """Read it from the copy itself (or within its snapshot), so that it is true of the copy."""
    last = ask("SELECT number, digest FROM journal_seal ORDER BY number DESC LIMIT 1")
    applied = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return State(
        server=server,
        applied=tuple(f"{app}.{name}" for app, name in applied),
        entries=ask("SELECT count(*) FROM journal_journalentry")[0][0],
        sealed=last[0][0] if last else 0,
        head=last[0][1] if last else "",
    )
