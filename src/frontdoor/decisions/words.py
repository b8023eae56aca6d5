"""Words of the rules with the facts put in: `PIP, moving around, {moving_around} points`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from frontdoor.kernel.facts import Json

PLACE = re.compile(r"\{(\w+)\}")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOT_KNOWN = "not known"


def fill(template: str, facts: Mapping[str, Json], said: Mapping[str, str]) -> str:
    """The template with every `{fact}` in words: those of `said` where it has any, else the value.

    Nothing is evaluated.
    """
    return PLACE.sub(lambda match: said.get(match[1]) or say_fact(facts.get(match[1])), template)


def say_fact(value: Json) -> str:
    """A fact in words: yes and no, dates as `1 March 2027`, lists with commas, whole numbers without a
    decimal point.
    """
    match value:
        case None:
            return NOT_KNOWN
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case str() if ISO_DAY.fullmatch(value):
            return _say_day(value)
        case str() | int() | float():
            return str(value)
        case Mapping():
            return ", ".join(say_fact(each) for each in value.values())
        case _:
            return ", ".join(say_fact(each) for each in value)


def _say_day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"
