"""Money in whole pence, so that nothing is ever lost in rounding."""

from __future__ import annotations

import re

# £1,234.56 · 1234.56 · £10 · 10p
POUNDS = re.compile(r"£?\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{2}))?")
PENCE = re.compile(r"(\d{1,4})\s*p")


class BadMoney(ValueError):
    """The words are no amount of money. Write pounds and pence, such as £10.00."""

    def __init__(self, text: object) -> None:
        shown = str(text)[:40]
        super().__init__(f"“{shown}” is not an amount of money. Write pounds and pence, such as £10.00.")


def pounds(text: str | int) -> int:
    """The amount in pence: `£10.00`, `£10`, `10`, `1,234.50` and `50p` are read; a whole number means pounds.

    Raises `BadMoney`, also for amounts below zero and for one figure of pence (`£1.5` may mean either).
    """
    if isinstance(text, bool):
        raise BadMoney(text)
    plain = str(text).strip()
    if not plain.isascii() and not plain.replace("£", "").isascii():
        raise BadMoney(text)
    if match := PENCE.fullmatch(plain):
        return int(match[1])
    if match := POUNDS.fullmatch(plain):
        return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)
    raise BadMoney(text)


def in_pounds(pence: int) -> str:
    """The amount in words for a customer: `£10`, `£10.50`, `£1,234.56`, `−£3`."""
    whole, rest = divmod(abs(pence), 100)
    sign = "−" if pence < 0 else ""
    return f"{sign}£{whole:,}.{rest:02}" if rest else f"{sign}£{whole:,}"
