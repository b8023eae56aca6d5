"""Identifiers: time-ordered ids, references a person can say over the phone, codes and secret tokens.

Chance comes in as `rng`: `random.SystemRandom()` from delivery, a seeded `random.Random` in tests and in
demo data.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from base64 import urlsafe_b64encode
from datetime import datetime
from random import Random
from typing import Final
from uuid import UUID

# Digits and letters that are not taken for one another (of 2 Z, 5 S, 8 B, U V only one each; of 0 O Q, 1 I L
# none) and no vowels, so that no word can come of it. 23 is a prime, so that the check character catches slips.
ALPHABET: Final = "23456789CDFGHJKMNPRTVWX"
PRIME: Final = len(ALPHABET)
BODY: Final = 7
SLIPS: Final = str.maketrans({"Z": "2", "S": "5", "B": "8", "U": "V", "Y": "V"})
PREFIX_SLIPS: Final = str.maketrans({"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"})
PREFIX = re.compile(r"[A-Z]{1,4}")
LONGEST_TYPED = 40
TOKEN_BYTES = 24


class BadPrefix(ValueError):
    """The prefix of a reference is one to four letters from A to Z."""


def uuid7(*, at: datetime, rng: Random) -> UUID:
    """A version 7 UUID (RFC 9562): sorts by `at` to the microsecond, and is random beyond."""
    if at.tzinfo is None:
        raise ValueError("The instant needs a time zone. Give it in UTC.")
    return UUID(int=uuid7_number(microseconds=int(at.timestamp()) * 1_000_000 + at.microsecond, rng=rng))


def uuid7_number(*, microseconds: int, rng: Random) -> int:
    """The same as a number of 128 bits, of an instant in microseconds since 1970: for millions at once."""
    milliseconds, rest = divmod(microseconds, 1000)
    fraction = rest * 4096 // 1000
    return (
        (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | rng.getrandbits(62)
    )


def first_uuid7(at: datetime) -> UUID:
    """The lowest version 7 UUID of this instant's millisecond: ids made at or after it are no lower."""
    milliseconds = int(at.timestamp()) * 1000 + at.microsecond // 1000
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | 0b10 << 62)


def new_reference(prefix: str, rng: Random) -> str:
    """A reference such as `BB-4T7K-92M`: prefix, six drawn characters and a check character.

    148 million for each prefix; the database keeps them unique. Raises `BadPrefix`.
    """
    if not PREFIX.fullmatch(prefix):
        raise BadPrefix(BadPrefix.__doc__)
    drawn = "".join(rng.choice(ALPHABET) for _ in range(BODY - 1))
    return _written(prefix, drawn + _check_character(prefix, drawn))


def read_reference(text: str) -> str | None:
    """The reference in its usual form, however it was typed; None where it cannot be one of ours.

    Case, spaces and dashes are forgiven, and letters taken for the digits they look like (S for 5). Every
    single wrong character and every swap of neighbours after the prefix is caught by the check character.
    """
    if len(text) > LONGEST_TYPED:
        return None
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
    prefix, body = plain[:-BODY].translate(PREFIX_SLIPS), plain[-BODY:].translate(SLIPS)
    if not PREFIX.fullmatch(prefix) or any(c not in ALPHABET for c in body):
        return None
    return _written(prefix, body) if body[-1] == _check_character(prefix, body[:-1]) else None


def _written(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:4]}-{body[4:]}"


def _check_character(prefix: str, drawn: str) -> str:
    """Neighbours weigh differently and no weight is a multiple of the prime 23, so no slip cancels out."""
    total = sum((ord(letter) - ord("A")) * 3**place for place, letter in enumerate(reversed(prefix), 1))
    total += sum(ALPHABET.index(c) * weight for weight, c in enumerate(drawn, 2))
    return ALPHABET[-total % PRIME]


def new_code(rng: Random, digits: int = 5) -> str:
    """A code of so many digits, to be sent to a phone or address already known. May begin with 0."""
    return "".join(str(rng.randrange(10)) for _ in range(digits))


def new_token(rng: Random) -> str:
    """A secret of 192 bits for a link: 32 characters that need no escaping in a URL."""
    return urlsafe_b64encode(rng.randbytes(TOKEN_BYTES)).decode()


def digest(token: str) -> str:
    """What is kept of a token instead of it: SHA-256 in hexadecimal. Only for secrets of full length."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def code_digest(code: str, *, key: bytes, purpose: str) -> str:
    """What is kept of a short code: an HMAC under the installation's key, as few digits are soon tried out.

    `purpose` ties the code to what it was sent for, so that it opens nothing else.
    """
    message = f"{purpose}\0{code}".encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Whether two secrets (or digests) are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
