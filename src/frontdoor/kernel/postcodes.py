"""Postcodes, read tolerantly and kept as `AA9A 9AA`. A well-formed postcode need not exist."""

from __future__ import annotations

import re
import unicodedata

# The six shapes of outward code (A9, A99, AA9, AA99, A9A, AA9A) and an inward code of a digit and two
# letters.
SHAPE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
LONGEST_TYPED = 40


def read_postcode(text: str) -> str | None:
    """The postcode in its usual form (`sw1a1aa` gives `SW1A 1AA`), or None where it has not the shape of one.

    Case, spaces and punctuation are forgiven, and O for 0 or I for 1 where only a digit can stand.
    """
    if len(text) > LONGEST_TYPED:
        return None
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
    if not 5 <= len(plain) <= 7 or not plain.isascii():
        return None
    for candidate in (plain, plain[:-3] + _as_digit(plain[-3]) + plain[-2:]):
        if match := SHAPE.fullmatch(candidate):
            return f"{match[1]} {match[2]}"
    return None


def outward_code(postcode: str) -> str:
    """The part before the space of a postcode in its usual form (`SW1A 1AA` gives `SW1A`)."""
    return postcode.partition(" ")[0]


def _as_digit(letter: str) -> str:
    return {"O": "0", "I": "1", "L": "1", "S": "5"}.get(letter, letter)
