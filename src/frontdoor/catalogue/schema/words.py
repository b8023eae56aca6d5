"""The kinds of words and values in a pack's files: claims, ids, spans of time, dates, expressions."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from frontdoor.catalogue.faults import did_you_mean, one_of
from frontdoor.kernel.workingdays import BadWithin, Within, parse_within

FACT = re.compile(r"[a-z][a-z0-9_]{0,59}")
PLAIN_NAME = re.compile(r"[^\W_][\w ,'’()/&+.-]{0,79}")
SERVICE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
REFERENCE = re.compile(r"[A-Z]{2,3}")
MONEY = re.compile(r"£?([0-9]{1,3}(?:,?[0-9]{3})*)(?:\.([0-9]{2}))?")
MOST_WORDS = 20_000


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("words must stand here, not a list or a block. Write them after the colon.")
    text = str(value).strip()
    if len(text) > MOST_WORDS:
        raise ValueError(
            f"the words are longer than {MOST_WORDS:,} characters. Shorten them or make it an article."
        )
    return text


def _some_text(value: Any) -> str:
    if not (text := _text(value)):
        raise ValueError("words are wanted here, and there are none. Write some, or take the key out.")
    return text


def _claim(value: Any) -> bool:
    if value in ("yes", True):
        return True
    if value in ("no", False):
        return False
    raise ValueError(f'"{value}" is neither yes nor no. Write yes or no.')


def _fact(value: Any) -> str:
    if not isinstance(value, str) or not FACT.fullmatch(value):
        problem = (
            "is not a name that conditions can use. Use small letters, digits and _, and begin with a letter"
        )
        raise ValueError(f'"{value}" {problem}.')
    return value


def _plain_name(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or not PLAIN_NAME.fullmatch(str(value)):
        raise ValueError(f'"{value}" cannot be a name. Use plain words with spaces, at most 80 characters.')
    return str(value)


def _service(value: Any) -> str:
    if not isinstance(value, str) or not SERVICE.fullmatch(value):
        raise ValueError(f'"{value}" cannot be the id of a service. Use small letters, digits and hyphens.')
    return value


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not REFERENCE.fullmatch(value):
        raise ValueError(
            f'"{value}" cannot begin the references of a service. Write two or three capital letters.'
        )
    return value


def _span(value: Any) -> Within:
    if isinstance(value, Within):
        return value
    try:
        return parse_within(str(value))
    except BadWithin as error:
        raise ValueError(str(error)) from None


def _spans(value: Any) -> Any:
    return {str(key): _span(each) for key, each in value.items()} if isinstance(value, dict) else _span(value)


def _days(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    span = _span(value)
    if span.unit != "calendar days":
        raise ValueError(f'"{value}" is not a number of days. Write calendar days: 7 days.')
    return timedelta(days=span.value)


def _day(value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f'"{value}" is not a date. Write year, month and day: 2026-11-22.') from None


def _clock_time(value: Any) -> time:
    try:
        return time.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f'"{value}" is not a time of day. Write it in quotes: "09:30".') from None


def _pence(value: Any) -> int:
    amount = MONEY.fullmatch(str(value))
    if amount is None:
        raise ValueError(f'"{value}" is not an amount of money. Write it as £4.50.')
    return int(amount[1].replace(",", "")) * 100 + int(amount[2] or 0)


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Words = Annotated[str, BeforeValidator(_some_text), WithJsonSchema({"type": "string", "minLength": 1})]
MaybeWords = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"]})]
Claim = Annotated[bool, BeforeValidator(_claim), WithJsonSchema({"enum": ["yes", "no", True, False]})]
FactName = Annotated[
    str, BeforeValidator(_fact), WithJsonSchema({"type": "string", "pattern": f"^{FACT.pattern}$"})
]
PlainName = Annotated[str, BeforeValidator(_plain_name), WithJsonSchema({"type": "string", "maxLength": 80})]
ServiceId = Annotated[
    str, BeforeValidator(_service), WithJsonSchema({"type": "string", "pattern": f"^{SERVICE.pattern}$"})
]
Reference = Annotated[
    str, BeforeValidator(_reference), WithJsonSchema({"type": "string", "pattern": f"^{REFERENCE.pattern}$"})
]
Expression = Annotated[str, BeforeValidator(_some_text), WithJsonSchema({"type": "string", "minLength": 1})]
Span = Annotated[
    Within,
    BeforeValidator(_span),
    WithJsonSchema({"type": "string", "examples": ["20 working days", "48 hours", "3 months"]}),
]
Spans = Annotated[
    Within | dict[str, Within],
    BeforeValidator(_spans),
    WithJsonSchema({"type": ["string", "object"], "additionalProperties": {"type": "string"}}),
]
"""One span, or one for each value of a fact."""

Days = Annotated[
    timedelta,
    BeforeValidator(_days),
    WithJsonSchema({"type": "string", "examples": ["7 days"]}),
]
"""A number of calendar days."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
ClockTime = Annotated[
    time,
    BeforeValidator(_clock_time),
    WithJsonSchema({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$", "examples": ["09:30"]}),
]
Pence = Annotated[
    int, BeforeValidator(_pence), WithJsonSchema({"type": ["string", "number"], "examples": ["£4.50"]})
]
Item = TypeVar("Item")


class OneIsAList:
    """In the JSON Schema: a list, or its only item alone."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


OneOrMore = Annotated[tuple[Item, ...], BeforeValidator(_listed), Field(min_length=1), OneIsAList()]
SomeOrNone = Annotated[tuple[Item, ...], BeforeValidator(_listed), OneIsAList()]


def known_word(kind: type[StrEnum]) -> BeforeValidator:
    """Takes a member of a table of words by its value; an unknown word is named with the nearest known one."""

    def read(value: Any) -> Any:
        words = [member.value for member in kind]
        if value in words or isinstance(value, kind):
            return kind(value)
        mend = did_you_mean(str(value), words) or one_of(words)
        raise ValueError(f'"{value}" is not a word that can stand here. {mend}')

    return BeforeValidator(read)
