"""Numbers and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Callable

from frontdoor.forms.definition import Question
from frontdoor.forms.reading.outcome import Answer, Reading, Typed, enter, fault, heading_of, plain, typed
from frontdoor.kernel.money import BadMoney, in_pounds, pounds

NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?")


def read_number(question: Question, given: Typed) -> Reading:
    """A number: thousands may have commas or spaces, and the unit may be written with it."""
    text = plain(typed(given, question.id))
    if not text:
        return fault(question.id, enter(question, "Enter a number"))
    bare = _without_unit(text, question)
    if not NUMBER.fullmatch(bare):
        return fault(question.id, f"{heading_of(question)} must be a number, like 12")
    value = float(bare) if "." in bare else int(bare)
    return _within(question, value, as_number)


def read_money(question: Question, given: Typed) -> Reading:
    """An amount in pounds: `£1,234.50`, `10`, `50p`."""
    text = plain(typed(given, question.id))
    if not text:
        return fault(question.id, enter(question, "Enter an amount in pounds"))
    try:
        pence = pounds(text.replace(" ", "").replace("−", "-"))
    except BadMoney:
        return fault(
            question.id, f"{heading_of(question)} must be an amount in pounds and pence, like £10 or £10.50"
        )
    return _within(question, pence // 100 if pence % 100 == 0 else pence / 100, as_money)


def as_number(value: float) -> str:
    """A number as it is read: `1,200`, `2.5`."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def as_money(value: float) -> str:
    """An amount in pounds as it is read: `£1,200`, `£2.50`."""
    return in_pounds(round(value * 100))


def _within(question: Question, value: float, say: Callable[[float], str]) -> Reading:
    least, most, heading = question.least, question.most, heading_of(question)
    is_low = least is not None and value < least
    is_high = most is not None and value > most
    if not is_low and not is_high:
        return Answer(value)
    if least is not None and most is not None:
        return fault(question.id, f"{heading} must be between {say(least)} and {say(most)}")
    limit = f"{say(least)} or more" if least is not None else f"{say(most or 0)} or less"
    return fault(question.id, f"{heading} must be {limit}")


def _without_unit(text: str, question: Question) -> str:
    for word in (question.unit, question.prefix):
        if word:
            text = text.removesuffix(plain(word)).removeprefix(plain(word)).strip()
    return re.sub(r"(?<=\d)[,\s](?=\d{3})", "", text.replace("−", "-"))
