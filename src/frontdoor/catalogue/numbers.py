"""The forms of number that packs may give to what they issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

BADGE_ALPHABET = "0123456789ABCDEFGHJK"
VOUCHER_ALPHABET = "23456789CDFGHJKMNPRTVWX"
BADGE_LENGTH, VOUCHER_LENGTH = 6, 12
# Vowels and look-alikes that a six-character badge number could spell something rude with.
UNFORTUNATE = (
    "ASS",
    "A55",
    "BAD",
    "DEAD",
    "DEAF",
    "FAG",
    "FAD",
    "F4G",
    "FECK",
    "GAE",
    "DAGO",
    "BABE",
    "HAG",
    "CACK",
    "DECK",
    "666",
)


class NoSuchNumber(LookupError):
    """No form of number is called that. Use one of the forms in `NUMBERS`."""


def new_number(form: str, rng: Random) -> str:
    """A number of this form. The database keeps them unique. Raises NoSuchNumber."""
    if form not in NUMBERS:
        raise NoSuchNumber(form)
    return NUMBERS[form](rng)


def _badge_number(rng: Random) -> str:
    """Six characters of base 20, as the national badge service draws them; unfortunate ones are drawn again."""
    while True:
        number = "".join(rng.choice(BADGE_ALPHABET) for _ in range(BADGE_LENGTH))
        if not any(word in number for word in UNFORTUNATE):
            return number


def _voucher_number(rng: Random) -> str:
    drawn = "".join(rng.choice(VOUCHER_ALPHABET) for _ in range(VOUCHER_LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, VOUCHER_LENGTH, 4))


NUMBERS: Mapping[str, Callable[[Random], str]] = {
    "blue badge number": _badge_number,
    "voucher number": _voucher_number,
}
