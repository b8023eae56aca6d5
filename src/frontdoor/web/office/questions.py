"""The questions of a move, shown and read on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from frontdoor.forms.answers import Faults, FieldFault, fields_of, first_field, read_answer
from frontdoor.forms.definition import Question, QuestionType
from frontdoor.handling.knowing import KnownCase
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.conditions import Truth
from frontdoor.kernel.facts import Json

Typed = Mapping[str, "str | Sequence[str]"]


@dataclass(frozen=True)
class Asked:
    """The questions of a move that are put, with what stands in their fields and what is wrong with it."""

    questions: tuple[Question, ...]
    typed: Typed
    faults: tuple[FieldFault, ...] = ()


@dataclass(frozen=True)
class Told:
    """What the questions gave: answers that count, and faults."""

    answers: Mapping[str, Json]
    faults: tuple[FieldFault, ...]


def asked_now(questions: Sequence[Question], known: KnownCase) -> tuple[Question, ...]:
    """The questions to put: those that may apply. One that rests on another of the same page is put with it."""
    together = {question.id for question in questions}
    return tuple(question for question in questions if _may_apply(question, known, together))


def _may_apply(question: Question, known: KnownCase, together: set[str]) -> bool:
    if question.when is None:
        return True
    truth = question.when.truth(known.facts, not_asked=known.not_asked)
    return truth is not Truth.FALSE or bool(together & set(question.when.names))


def as_recorded(questions: Sequence[Question], known: KnownCase) -> Typed:
    """The fields as they stand from what was recorded before."""
    fields: dict[str, str | list[str]] = {}
    for question in questions:
        fields |= fields_of(question=question, value=known.facts.get(question.id))
    return fields


def read(questions: Sequence[Question], post: QueryDict, known: KnownCase, at: datetime) -> Told:
    """The answers given. A question that turns out not to apply gives none; one that applies wants one."""
    typed: dict[str, list[str]] = {name: [str(each) for each in values] for name, values in post.lists()}
    answers: dict[str, Json] = {}
    faults: list[FieldFault] = []
    for question in questions:
        facts = {**known.facts, **answers}
        if question.when and question.when.truth(facts, not_asked=known.not_asked) is not Truth.TRUE:
            continue
        reading = read_answer(question=question, given=typed, facts=facts, today=day_of(at))
        if isinstance(reading, Faults):
            faults += reading.faults
        elif reading.value is not None:
            answers[question.id] = reading.value
    return Told(answers, tuple(faults))


def shown(asked: Asked) -> list[dict[str, Any]]:
    """The questions as their template takes them."""
    return [_shown(question, asked) for question in asked.questions]


def _shown(question: Question, asked: Asked) -> dict[str, Any]:
    wrong = [f.words for f in asked.faults if f.field == question.id or f.field.startswith(f"{question.id}-")]
    return {
        "id": question.id,
        "first": first_field(question),
        "kind": question.type.value,
        "label": question.ask + (" " + _("(optional)") if question.is_optional else ""),
        "hint": question.hint or _only_if(question, asked),
        "fault": wrong[0] if wrong else "",
        "options": _options(question),
        "chosen": _texts(asked.typed.get(question.id, ())),
        "value": "".join(_texts(asked.typed.get(question.id, ()))[-1:]),
        "parts": {
            part: "".join(_texts(asked.typed.get(f"{question.id}-{part}", ()))[-1:])
            for part in ("day", "month", "year")
        },
        "unit": question.unit,
        "prefix": "£" if question.type is QuestionType.MONEY else question.prefix,
    }


def _only_if(question: Question, asked: Asked) -> str:
    others = [each for each in asked.questions if question.when and each.id in question.when.names]
    return _("Only where it follows from: %(other)s") % {"other": others[0].ask} if others else ""


def _options(question: Question) -> list[dict[str, str]]:
    if question.type is QuestionType.YES_OR_NO:
        return [{"value": "yes", "text": _("Yes"), "hint": ""}, {"value": "no", "text": _("No"), "hint": ""}]
    return [{"value": str(o.value), "text": o.label, "hint": o.hint} for o in question.options]


def _texts(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value]
