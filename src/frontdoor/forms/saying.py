"""An answer in words, for check pages, sheets and letters; and as the fields of a page, to show it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from frontdoor.forms.definition import Question, QuestionType
from frontdoor.forms.reading.numbers import as_money, as_number
from frontdoor.kernel.facts import Json
from frontdoor.kernel.nino import spaced_nino
from frontdoor.kernel.phones import spoken_phone

NOT_GIVEN = "Not given"


def say_answer(*, question: Question, value: Json) -> str:
    """The answer in words.

    A value that is not of the question's type (an older version's) is said as it stands.
    """
    if value is None or value == "":
        return NOT_GIVEN
    try:
        return SAYERS.get(question.type, _say_as_it_is)(question, value)
    except (TypeError, ValueError):
        return str(value)


def fields_of(*, question: Question, value: Json) -> dict[str, str | list[str]]:
    """The fields of a page that show this answer; reading them again gives the same answer."""
    name = question.id
    if value is None:
        return {}
    if question.type is QuestionType.FILES:
        return {name: _texts(value)} if value else {f"{name}-later": "yes"}
    if isinstance(value, Mapping):
        return {f"{name}-{part}": text for part, text in _parts(value).items()}
    if question.type is QuestionType.DATE and str(value).count("-") == 2:
        year, month, day = str(value).split("-")
        return {f"{name}-day": str(int(day)), f"{name}-month": str(int(month)), f"{name}-year": year}
    if isinstance(value, bool):
        return {name: "yes" if value else "no"}
    if isinstance(value, float) and question.type is QuestionType.MONEY:
        return {name: f"{value:.2f}"}
    return {name: _texts(value) if isinstance(value, list | tuple) else str(value)}


def _say_as_it_is(question: Question, value: Json) -> str:
    return ", ".join(_texts(value)) if isinstance(value, list | tuple) else str(value)


def _say_choice(question: Question, value: Json) -> str:
    labels = {str(option.value): option.label for option in question.options}
    return ", ".join(labels.get(each, each) for each in _texts(value)) or "None"


def _say_yes_or_no(question: Question, value: Json) -> str:
    return {True: "Yes", False: "No"}[value] if isinstance(value, bool) else str(value)


def _say_date(question: Question, value: Json) -> str:
    day = date.fromisoformat(str(value))
    return f"{day.day} {day:%B} {day.year}"


def _say_number(question: Question, value: Json) -> str:
    if not isinstance(value, int | float):
        return str(value)
    unit = f" {question.unit}" if question.unit else ""
    return f"{question.prefix}{as_number(value)}{unit}"


def _say_money(question: Question, value: Json) -> str:
    return as_money(value) if isinstance(value, int | float) else str(value)


def _say_address(question: Question, value: Json) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    lines = [
        *_texts(value.get("lines") or ()),
        *(str(value.get(part) or "") for part in ("town", "postcode", "country")),
    ]
    return ", ".join(line for line in lines if line)


def _say_place(question: Question, value: Json) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    said = [str(value.get(part) or "") for part in ("street", "words")]
    point = f"{value['lat']}, {value['lon']}" if "lat" in value and "lon" in value else ""
    return ", ".join(part for part in dict.fromkeys(said) if part) or point


def _say_files(question: Question, value: Json) -> str:
    count = len(_texts(value))
    return {0: "To be sent later", 1: "1 file"}.get(count, f"{count} files")


SAYERS: Final[Mapping[QuestionType, Callable[[Question, Json], str]]] = {
    QuestionType.CHOOSE_ONE: _say_choice,
    QuestionType.CHOOSE_MANY: _say_choice,
    QuestionType.YES_OR_NO: _say_yes_or_no,
    QuestionType.DATE: _say_date,
    QuestionType.NUMBER: _say_number,
    QuestionType.MONEY: _say_money,
    QuestionType.PHONE: lambda question, value: spoken_phone(str(value)),
    QuestionType.NATIONAL_INSURANCE_NUMBER: lambda question, value: spaced_nino(str(value)),
    QuestionType.ADDRESS: _say_address,
    QuestionType.PLACE: _say_place,
    QuestionType.FILES: _say_files,
}


def _texts(value: Json) -> list[str]:
    return (
        [str(each) for each in value]
        if isinstance(value, Sequence) and not isinstance(value, str)
        else [str(value)]
    )


def _parts(value: Mapping[str, Json]) -> dict[str, str]:
    lines = {f"line{n}": line for n, line in enumerate(_texts(value.get("lines") or ()), start=1)}
    others = {part: each for part, each in value.items() if part != "lines" and each is not None}
    return {**lines, **{part: _decimal(each) for part, each in others.items()}}


def _decimal(value: Json) -> str:
    """As it is typed: a small number without an exponent."""
    return f"{value:.6f}" if isinstance(value, float) else str(value)
