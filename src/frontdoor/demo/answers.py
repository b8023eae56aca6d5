"""Answers for any form: what the story and the customer say, and something fitting for every other question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from frontdoor.forms.asking import Page, missing, questions
from frontdoor.forms.definition import Form, Question, QuestionType
from frontdoor.forms.facts import Calculators
from frontdoor.kernel.facts import Json

MOST_ROUNDS = 30
MOST_TRIES = 8
WORDS: Mapping[str, tuple[str, ...]] = {
    "default": (
        "Most days, and worse in cold weather.",
        "It has been like this for about two years.",
        "As I said on the phone.",
    ),
    "conditions": (
        "Osteoarthritis in both knees, and asthma.",
        "A stroke in 2021, with weakness on the left side.",
        "MS.",
    ),
    "medicines": ("Paracetamol, naproxen and an inhaler.", "Nothing regular."),
    "professionals": (
        "The practice nurse at Millrace Surgery.",
        "The physiotherapy team at the Cottage Hospital.",
    ),
    "vehicles": ("Two minibuses, each twice a day.",),
}


class CannotAnswer(Exception):
    """The form asked something that no made-up answer fits. Add one to the story."""


def filled(
    *,
    form: Form,
    said: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    today: date,
    rng: Random,
) -> dict[str, Json]:
    """The whole form answered: with what is said, else with something of the right kind. Raises CannotAnswer."""
    answers: dict[str, Json] = {each.id: said[each.id] for each in questions(form) if each.id in said}
    tries: dict[str, Iterator[Json]] = {}
    for _ in range(MOST_ROUNDS):
        to_ask = missing(form=form, answers=answers, given=given, calculators=calculators)
        if not to_ask:
            return answers
        for page in to_ask:
            answers[page.question.id] = _next_try(page, tries, today, rng)
    raise CannotAnswer(to_ask[0].question.id)


def _next_try(page: Page, tries: dict[str, Iterator[Json]], today: date, rng: Random) -> Json:
    name = page.question.id
    try:
        return next(tries.setdefault(name, fitting(page.question, today, rng)))
    except StopIteration:
        raise CannotAnswer(name) from None


def fitting(question: Question, today: date, rng: Random) -> Iterator[Json]:
    """Answers of the right kind, one after the other until one passes the question's checks."""
    if question.is_optional and rng.random() < 0.7:
        yield None
    for _ in range(MOST_TRIES):
        yield _one(question, today, rng)


def _one(question: Question, today: date, rng: Random) -> Json:
    match question.type:
        case QuestionType.CHOOSE_ONE:
            return rng.choice([option.value for option in question.options])
        case QuestionType.CHOOSE_MANY:
            values = [option.value for option in question.options]
            return sorted(rng.sample(values, k=min(len(values), rng.choice((1, 1, 2)))), key=values.index)
        case QuestionType.YES_OR_NO:
            return rng.random() < 0.5
        case QuestionType.DATE:
            ahead = "end" in question.id or rng.random() < 0.3
            days = rng.randint(200, 1200) if ahead else -rng.randint(20, 900)
            return (today + timedelta(days=days)).isoformat()
        case QuestionType.NUMBER:
            return rng.randint(
                int(question.least or 1), int(min(question.most or 9, (question.least or 1) + 8))
            )
        case QuestionType.MONEY:
            return float(rng.randint(int(question.least or 0), int(min(question.most or 900, 900))))
        case QuestionType.FILES | QuestionType.NATIONAL_INSURANCE_NUMBER:
            return None
        case QuestionType.POSTCODE:
            return "ZW1 1AA"
        case _:
            return rng.choice(WORDS.get(question.id, WORDS["default"]))
