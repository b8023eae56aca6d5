"""From what a person typed to an answer, and from an answer to words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from frontdoor.forms.asking import failed_checks
from frontdoor.forms.definition import Form, Question, QuestionType
from frontdoor.forms.facts import Calculators, fact_in, facts_of
from frontdoor.forms.hearing import read_said
from frontdoor.forms.reading.outcome import Answer, Faults, FieldFault, Reading, Typed
from frontdoor.forms.reading.readers import READERS
from frontdoor.forms.saying import fields_of, say_answer
from frontdoor.kernel.facts import Json

__all__ = [
    "Answer",
    "Faults",
    "FieldFault",
    "Reading",
    "Taken",
    "Typed",
    "fields_of",
    "first_field",
    "read_answer",
    "read_said",
    "say_answer",
    "take_answer",
]

FIRST_PART: Final = {QuestionType.DATE: "-day", QuestionType.ADDRESS: "-line1", QuestionType.PLACE: "-words"}


@dataclass(frozen=True)
class Taken:
    """Answers with a new one among them, and its value."""

    answers: Mapping[str, Json]
    value: Json


def read_answer(
    *, question: Question, given: Typed, facts: Mapping[str, Json], today: date
) -> Answer | Faults:
    """What was typed, as an answer. `given` holds the page's fields by name.

    Fields are named by the question's id; dates have `id-day`, `id-month`, `id-year`, addresses `id-line1` to
    `id-line3`, `id-town`, `id-postcode`, places `id-lat`, `id-lon`, `id-words`. The question's own checks are
    weighed with `facts`; those that rest on facts not known pass here and are weighed again by
    `asking.pages`. Facts worked out from an earlier answer to this question must not be among `facts`:
    `take_answer` sees to that.
    """
    if question.is_optional and not _is_any_typed(question, given):
        return Answer(None)
    reading = READERS[question.type](question, given)
    if isinstance(reading, Faults):
        return reading
    return checked(question=question, answer=reading, facts={**facts, "today": today.isoformat()})


def checked(*, question: Question, answer: Answer, facts: Mapping[str, Json]) -> Answer | Faults:
    """The answer, or the words of the question's own checks that it fails."""
    value = fact_in(question, answer.value)
    known = {name: fact for name, fact in facts.items() if name != question.id}
    words = failed_checks(question, known if value is None else {**known, question.id: value}, frozenset())
    return Faults(tuple(FieldFault(first_field(question), each) for each in words)) if words else answer


def take_answer(
    *,
    form: Form,
    question: Question,
    given_fields: Typed,
    answers: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    today: date,
) -> Taken | Faults:
    """Reads an answer and adds it to the others, with its checks weighed on the facts as they then are.

    `given_fields` is what was typed, `given` the given facts. Answers to questions that no longer apply are
    kept.
    """
    others = {name: value for name, value in answers.items() if name != question.id}
    facts = facts_of(form=form, answers=others, given=given, calculators=calculators)
    reading = read_answer(question=question, given=given_fields, facts=facts.values, today=today)
    if isinstance(reading, Faults):
        return reading
    taken = {**answers, question.id: reading.value}
    after = facts_of(form=form, answers=taken, given=given, calculators=calculators)
    words = failed_checks(question, after.values, after.not_asked)
    if words:
        return Faults(tuple(FieldFault(first_field(question), each) for each in words))
    return Taken(taken, reading.value)


def first_field(question: Question) -> str:
    """The field to which a message about the whole answer links."""
    return question.id + FIRST_PART.get(question.type, "")


def _is_any_typed(question: Question, given: Typed) -> bool:
    fields = [
        value for name, value in given.items() if name == question.id or name.startswith(f"{question.id}-")
    ]
    return any("".join(value).strip() for value in fields)
