"""People's names, compared forgivingly. Any name of one character or more is a name, in any script."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

LONGEST_NAME = 200
ACCENTS = (
    "\u0300",
    "\u036f",
)  # the marks of Latin, Greek and Cyrillic, which people leave out when they type
# Letters that Unicode does not take apart into a base letter and a mark.
SPELLED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)

# What the rules below make of the plainest characters, which most names are wholly made of.
PLAIN = {code: None if chr(code).isprintable() else " " for code in range(128) if not chr(code).isalnum()} | {
    ord(" "): " "
}


def normalised_name(name: str) -> str:
    """A name as it is compared: small letters, no accents, apostrophes or hyphens, single spaces.

    Scripts other than Latin keep the marks that make them different words (Hindi vowels, for example).
    """
    if name.isascii():
        return " ".join(name[:LONGEST_NAME].translate(PLAIN).lower().split())
    compatible = unicodedata.normalize("NFKC", name[:LONGEST_NAME]).casefold()
    apart = unicodedata.normalize("NFD", compatible).translate(SPELLED)
    kept = "".join(_kept(character) for character in apart)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def surname_matches(given: str, full_name: str) -> bool:
    """Whether what somebody typed as their surname is the last part of the name we hold.

    `o'neill`, `ONeill` and `O Neill` match `Siobhán O’Neill`; `garcia marquez`, `Marquez` and
    `García-Márquez` match `Gabriel García Márquez`; a whole name matches itself; a name of one word matches
    that word. A first name alone does not match a longer name. Names that are not in Latin letters may be
    written family first, so there the beginning matches too.
    """
    typed, held = words_of_name(given), words_of_name(full_name)
    if not typed or not held:
        return False
    endings = _run_together(held)
    if not _is_latin(full_name):
        endings |= {"".join(held[:count]) for count in range(1, len(held) + 1)}
    return "".join(typed) in endings


def _run_together(words: list[str]) -> set[str]:
    """Every ending of the name, its words run together, so that `O Neill`, `O'Neill` and `ONeill` are one."""
    return set(accumulate(reversed(words), lambda ending, word: word + ending))


def words_of_name(name: str) -> list[str]:
    """The words of a name as they are compared; a double-barrelled name is two."""
    parted = re.sub(r"[-‐‑‒–—־]", " ", name[:LONGEST_NAME])
    return normalised_name(parted).split()


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if ACCENTS[0] <= character <= ACCENTS[1]:
        return ""
    if category[0] in "LNM":
        return character
    return " " if category[0] in "ZC" else ""


def _is_latin(name: str) -> bool:
    return any("LATIN" in unicodedata.name(character, "") for character in name)
