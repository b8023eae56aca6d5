"""What waits in the tables of work to be done: a table is looked into anew only once something was written to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from frontdoor.cases.models import CallReminder, Survey, Timer
from frontdoor.contacts.models import Delivery

KINDS: tuple[type[Model], ...] = (Timer, Delivery, CallReminder, Survey)
"""In this order where two are due at the same instant."""
WAITS: Mapping[type[Model], Q] = {Timer: Q(lapsed_at__isnull=True)}
"""What else must be so for a row to wait."""


@dataclass(frozen=True)
class Row:
    """A row that waits: of which kind, its key, and the instant from which it is due."""

    kind: type[Model]
    key: Any
    at: datetime


class Agenda:
    """Knows the first row that waits. `notice` wraps every statement of the connection while the agenda is in use."""

    def __init__(self) -> None:
        self._firsts: dict[type[Model], Row | None] = {}

    def notice(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Forget what is known of a table that is being written to."""
        if not sql.startswith("SELECT"):
            for kind in KINDS:
                if kind._meta.db_table in sql:
                    self._firsts.pop(kind, None)
        return execute(sql, params, many, context)

    def first(self) -> Row | None:
        """The row that is due first of all; None where nothing waits."""
        for kind in KINDS:
            if kind not in self._firsts:
                self._firsts[kind] = _first(kind)
        rows = (self._firsts[kind] for kind in KINDS)
        return min((row for row in rows if row), key=lambda row: row.at, default=None)


def _first(kind: type[Model]) -> Row | None:
    waiting = kind._default_manager.filter(
        WAITS.get(kind, Q()), done_at__isnull=True, next_try_at__isnull=False
    )
    found = waiting.order_by("next_try_at", "pk").values_list("pk", "next_try_at").first()
    return Row(kind, *found) if found else None
