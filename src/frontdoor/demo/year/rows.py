"""Rows as both databases take them: instants as text, ids as hexadecimal digits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

from frontdoor.kernel.ids import uuid7_number

Cell = str | int | None
Row = tuple[Cell, ...]
HOURS = tuple(f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(86_400))


@lru_cache(maxsize=2000)
def _day_text(day: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).strftime("%Y-%m-%d ")


def stamp(seconds: int) -> str:
    """An instant as both databases take it, in UTC."""
    return _day_text(seconds // 86_400) + HOURS[seconds % 86_400]


def new_key(seconds: int, chance: Random) -> str:
    """The hexadecimal digits of the next id that something of this instant gets."""
    return f"{uuid7_number(microseconds=seconds * 1_000_000, rng=chance):032x}"


def dashed(key: str) -> str:
    """The hexadecimal digits of an id as it is written."""
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
