"""The demo council in an empty database, and who can sign in to it."""

from __future__ import annotations

import random
import sys

from django.conf import settings

from frontdoor.config.prepare import one_at_a_time
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.models import User

SEED = 20260701
CASES = 200
LOADING = (
    "Loading the demo council into the empty database: over a year of cases, a few minutes. It is kept whole or not "
    "at all: a start that is broken off here begins again next time."
)
TOLD_EVERY = 50


def ensure_demo(*, cases: int = CASES) -> bool:
    """Load the demo council where nobody has an account yet; True when it was loaded.

    Starts that come together load it once. A real council's database is never filled with made-up people.
    """
    if not settings.ENVIRONMENT.is_demo or User.objects.exists():
        return False
    with one_at_a_time():
        if User.objects.exists():
            return False
        _load(cases)
    return True


def _load(cases: int) -> None:
    from frontdoor.demo.load import load_demo  # it takes a second that other starts need not spend

    print(LOADING, file=sys.stderr, flush=True)
    load_demo(at=now_utc(), rng=random.Random(SEED), cases=cases, progress=_Telling())


class _Telling:
    """Says now and then how far the loading has come."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        if done - self._told >= TOLD_EVERY:
            self._told = done
            print(f"  {done} of {total} cases", file=sys.stderr, flush=True)


def sign_in_table() -> str:
    """Who may sign in to the demo council, one line for each role; a hint where it is not loaded."""
    from frontdoor.demo.people import sign_ins  # as above

    here = set(User.objects.values_list("email", flat=True)) if settings.ENVIRONMENT.is_demo else set()
    rows = [("Role", "Sign in as", "Password"), *(row for row in sign_ins() if row[1] in here)]
    if len(rows) == 1:
        return "Staff sign in with the accounts that were made for them; no demo accounts are here."
    widths = [max(len(str(row[column])) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
