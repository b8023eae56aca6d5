"""Dates: three fields (day, month, year) as on the pages, or one line."""

from __future__ import annotations

import re
from datetime import date

from frontdoor.forms.definition import Question
from frontdoor.forms.reading.outcome import (
    Answer,
    Faults,
    FieldFault,
    Reading,
    Typed,
    enter,
    fault,
    heading_of,
    plain,
    typed,
)

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PARTS = ("day", "month", "year")
DIGITS_OF_A_YEAR = 4
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SHORTEST_MONTH = 3


def read_date(question: Question, given: Typed) -> Reading:
    """A date as ISO text.

    `3`, `03`, `March` and `mar` are months; each thing that is wrong has its own words.
    """
    parts = {part: typed(given, f"{question.id}-{part}") for part in PARTS}
    if not any(parts.values()):
        parts = parts_of(typed(given, question.id))
    if not any(parts.values()):
        return fault(f"{question.id}-day", enter(question, "Enter a date"))
    if lacking := [part for part in PARTS if not parts[part]]:
        words = f"{heading_of(question)} must include {' and '.join(f'a {part}' for part in lacking)}"
        return Faults(tuple(FieldFault(f"{question.id}-{part}", words) for part in lacking[:1]))
    return _read_parts(question, parts)


def month_number(text: str) -> int | None:
    """The month meant: by number, by name or by its first letters (three at least)."""
    word = plain(text).rstrip(".")
    if word.isdecimal():
        return int(word) if len(word) <= 2 and 1 <= int(word) <= 12 else None
    fits = [
        n for n, name in enumerate(MONTHS, start=1) if len(word) >= SHORTEST_MONTH and name.startswith(word)
    ]
    return fits[0] if len(fits) == 1 else None


def parts_of(text: str) -> dict[str, str]:
    """Day, month and year of a date on one line (`2026-11-22`, `27 3 2007`, `27/3/2007`, `27 March 2007`)."""
    if match := ISO.fullmatch(text):
        return dict(zip(("year", "month", "day"), match.groups(), strict=True))
    pieces = [piece for piece in re.split(r"[\s/.,-]+", text) if piece]
    return dict(zip(PARTS, [*pieces, "", "", ""][:3], strict=True)) if pieces else dict.fromkeys(PARTS, "")


def _read_parts(question: Question, parts: dict[str, str]) -> Reading:
    heading = heading_of(question)
    year = plain(parts["year"])
    if year.isdecimal() and len(year) != DIGITS_OF_A_YEAR:
        return fault(f"{question.id}-year", f"{heading} must include a year of 4 numbers, like 1984")
    day, month = plain(parts["day"]), month_number(parts["month"])
    if month is None:
        return fault(f"{question.id}-month", f"{heading} must include a real month, like 3 or March")
    try:
        return Answer(date(int(year), month, int(day)).isoformat())
    except ValueError:
        part = "day" if year.isdecimal() and int(year) else "year"
        return fault(f"{question.id}-{part}", f"{heading} must be a real date")
