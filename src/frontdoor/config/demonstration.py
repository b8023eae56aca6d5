"""The demo council in an empty database, and who can sign in to it."""

from __future__ import annotations

import random
import sys
from importlib.util import find_spec

from frontdoor.kernel.clock import now_utc
from frontdoor.staff.models import User

SEED = 20260701


def ensure_demo() -> bool:
    """Load the demo council where nobody has an account yet; True when it was loaded."""
    if User.objects.exists() or find_spec("frontdoor.demo") is None:
        return False
    from frontdoor.demo.load import (
        load_demo,
    )  # loading the whole demo takes a second that other starts need not spend

    print("Loading the demo council (only into an empty database)...", file=sys.stderr, flush=True)
    load_demo(at=now_utc(), rng=random.Random(SEED))
    return True


def sign_in_table() -> str:
    """One line for each role of the demo council; a hint where there is no demo."""
    if find_spec("frontdoor.demo") is None:
        return "No demo council is loaded: make an account with ./run manage createsuperuser"
    from frontdoor.demo.people import sign_ins  # as above

    rows = [("Role", "Sign in as", "Password"), *sign_ins()]
    widths = [max(len(str(row[column])) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )
