"""What an advisor types to find somebody, taken apart: a name, a number, a birthday, an address, in any order.

Plain Python. Nothing is ruled out early: `1999` may be a year of birth, the end of a phone number or a house.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from frontdoor.kernel.emails import read_email
from frontdoor.kernel.ids import read_reference
from frontdoor.kernel.names import normalised_name, words_of_name
from frontdoor.kernel.postcodes import read_postcode

LONGEST_ASKED = 200
MOST_WORDS = 8
FEWEST_DIGITS = 4
FIRST_YEAR, LAST_YEAR = 1900, 2059
MONTH_WORDS = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = MONTH_WORDS.split()
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
GAP = r"[\s./,-]*"
DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b",
        r"\b(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d{2})\b",
        r"(?<![\d+])(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>(?:19|20)\d{2})\b",
        rf"\b{DAY}(?: of)?[\s./-]*(?P<month>{MONTH}){GAP}(?P<y>\d{{4}}|\d{{2}})\b",
        rf"\b(?P<month>{MONTH})\s*{DAY}{GAP}(?P<y>\d{{4}}|\d{{2}})\b",
    )
)
EMAIL = re.compile(r"\S+@\S+")
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
REFERENCE = re.compile(r"\b[a-z]{1,4}-?[a-z0-9]{4}-?[a-z0-9]{3}\b", re.IGNORECASE)
PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\s()./-]{5,}\d(?!\w)")


@dataclass(frozen=True)
class Asked:
    """What somebody is looked for by. `words` may be of a name or of an address; `names` and `streets` are known to
    be one or the other. `born` holds every date the digits may mean. `digits` are ends of phone numbers.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    born: tuple[date, ...] = ()
    years: tuple[int, ...] = ()
    digits: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    reference: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


def read_words(words: str) -> Asked:
    """What was typed, taken apart. Case, accents, order and the usual ways to write a date or a number are forgiven."""
    rest = " ".join(words[:LONGEST_ASKED].split())
    emails, rest = _taken(EMAIL, rest, _email)
    born, rest = _dates(rest)
    references, rest = _taken(REFERENCE, rest, _reference)
    postcodes, rest = _taken(POSTCODE, rest, read_postcode)
    phones, rest = _taken(PHONE, rest, _long_number)
    digits, numbers, plain = list(phones), [], []
    for word in words_of_name(rest)[:MOST_WORDS]:
        if word.isdigit() and len(word) >= FEWEST_DIGITS:
            digits.append(word)
        if any(character.isdigit() for character in word):
            numbers.append(word)
        else:
            plain.append(word)
    born += [day for number in digits for day in _run_together(number)]
    return Asked(
        words=tuple(plain),
        numbers=tuple(number for number in numbers if len(number) <= FEWEST_DIGITS + 1),
        born=tuple(dict.fromkeys(born)),
        years=tuple(int(number) for number in numbers if _is_year(number)),
        digits=tuple(digits),
        emails=tuple(emails),
        postcodes=tuple(normalised_name(each) for each in postcodes),
        reference=references[0] if references else "",
    )


def days_meant(year: str, month: int, day: int) -> list[date]:
    """The dates that may be meant: two digits of a year are of either century, a month over 12 is a day.

    Day before month, as here; where that is no date, the other way round.
    """
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    meant = []
    for each in years:
        for one, two in ((month, day), (day, month)):
            try:
                meant.append(date(each, one, two))
                break
            except ValueError:
                continue
    return [each for each in meant if FIRST_YEAR <= each.year <= LAST_YEAR]


def _taken(pattern: re.Pattern[str], text: str, read: Callable[[str], str | None]) -> tuple[list[str], str]:
    """What the pattern finds and `read` takes, and the text without it."""
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        value = read(match[0])
        if not value:
            return match[0]
        found.append(value)
        return " "

    return found, pattern.sub(keep, text)


def _dates(text: str) -> tuple[list[date], str]:
    born: list[date] = []

    def keep(match: re.Match[str]) -> str:
        parts = match.groupdict()
        month = MONTHS.index(parts["month"][:3].casefold()) + 1 if "month" in parts else int(parts["m"])
        meant = days_meant(parts["y"], month, int(parts["d"]))
        born.extend(meant)
        return " " if meant else match[0]

    for pattern in DATES:
        text = pattern.sub(keep, text)
    return born, text


def _run_together(digits: str) -> list[date]:
    """`19021999` and `19990219`, which may also be the end of a phone number."""
    if len(digits) != 8:
        return []
    first = days_meant(digits[4:], int(digits[2:4]), int(digits[:2])) if _is_year(digits[4:]) else []
    return first or (
        days_meant(digits[:4], int(digits[4:6]), int(digits[6:])) if _is_year(digits[:4]) else []
    )


def _is_year(digits: str) -> bool:
    return (
        len(digits) == 4 and digits.isascii() and digits.isdigit() and FIRST_YEAR <= int(digits) <= LAST_YEAR
    )


def _email(text: str) -> str:
    return (read_email(text.strip(",;()<>")) or "").casefold()


def _reference(text: str) -> str | None:
    """Only with a digit: a surname is no reference."""
    return read_reference(text) if any(character.isdigit() for character in text) else None


def _long_number(text: str) -> str | None:
    """The digits of a phone number without the zero or the country code that may come before."""
    digits = re.sub(r"\D", "", text)
    if len(digits) < 7 or (len(digits) == 8 and _run_together(digits)):
        return None
    return re.sub(r"^(?:(?:0044|44)0?|0)", "", digits) if len(digits) > 9 else digits
