"""What is typed at the desk in one go, where a customer's page asks in parts."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")


def read_birthday(text: str) -> date | None:
    """`27 3 1957`, `27/3/1957` or `27.3.1957` as a date; None for anything else."""
    match = DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_uuid(text: str) -> UUID:
    """An id of a form of ours; one that was tampered with names nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
