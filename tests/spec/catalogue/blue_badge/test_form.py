"""What is asked of whom: the shortest way for each, and nothing that does not matter for them."""

from __future__ import annotations

from typing import Any

import pytest

from frontdoor.forms.answers import Answer, read_said
from frontdoor.forms.asking import evidence_asked, next_page
from frontdoor.forms.definition import Question, QuestionType
from frontdoor.kernel.facts import Json
from tests.spec.catalogue.blue_badge.applying import RECEIVED, chapter, known, nobody_knows, pack

MOST_PAGES = 60
GIVEN: dict[str, Json] = {
    "today": RECEIVED.isoformat(),
    "received_on": RECEIVED.isoformat(),
    "us": "us",
    "issuing_authority": "us",
}
TYPED: dict[QuestionType, Json] = {
    QuestionType.YES_OR_NO: False,
    QuestionType.DATE: "2027-06-01",
    QuestionType.NUMBER: 2,
    QuestionType.ADDRESS: {"lines": ["1 Fell Lane"], "town": "Quern", "postcode": "ZW1 1AA"},
}


def asked_of(answers: dict[str, Json]) -> list[str]:
    """Every question put to someone who answers these as given and the others with their last option."""
    said: dict[str, Json] = {}
    asked: list[str] = []
    while len(asked) < MOST_PAGES:
        page = next_page(form=pack().form, answers=said, given=GIVEN, calculators=nobody_knows())
        if page is None:
            return asked
        assert page.faults == ()
        said[page.question.id] = answers.get(page.question.id, _some_answer(page.question))
        asked.append(page.question.id)
    raise AssertionError(f"still asking after {MOST_PAGES} pages: {asked}")


def _some_answer(question: Question) -> Json:
    if question.is_optional:
        return None
    last = question.options[-1].value if question.options else "words enough"
    return [last] if question.type is QuestionType.CHOOSE_MANY else TYPED.get(question.type, last)


CASES: list[dict[str, Any]] = chapter("questions.yaml")


@pytest.mark.parametrize("case", CASES, ids=[each["who"] for each in CASES])
def test_asks_what_matters_and_no_more(case: dict[str, Any]) -> None:
    asked = asked_of(case["answers"])

    assert [each for each in case["asked"] if each not in asked] == []
    assert [each for each in case["never"] if each in asked] == []
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("case", CASES, ids=[each["who"] for each in CASES])
def test_asks_for_the_papers_that_prove_it(case: dict[str, Any]) -> None:
    facts = known(case["answers"])

    kinds = evidence_asked(form=pack().form, facts=facts.values, not_asked=facts.not_asked)

    assert [each.name for each in kinds] == case["evidence"]


def test_benefit_that_settles_it_makes_the_form_short() -> None:
    short, long = CASES[0]["answers"], CASES[5]["answers"]

    assert len(asked_of(short)) <= 20 < len(asked_of(long))


def test_photo_is_a_picture_and_papers_may_come_later() -> None:
    evidence = pack().form.evidence

    assert evidence["photo"].accepts == {"image"}
    assert evidence["address"].no_older_than is not None
    assert all(each.may_come_later for each in evidence.values())


def test_every_question_is_short_enough_to_be_heard_or_read_on_a_phone() -> None:
    questions = [question for section in pack().form.sections for question in section.questions]

    assert [each.id for each in questions if len(each.say or each.ask) > 130] == []
    assert [each.id for each in questions if len(each.ask.split()) > 17] == []


HEARD: list[dict[str, Any]] = chapter("heard.yaml")


@pytest.mark.parametrize("case", HEARD, ids=lambda each: f"{each['question']}: {each['said']}")
def test_words_that_a_question_suggests_are_understood(case: dict[str, Any]) -> None:
    reading = read_said(question=pack().form.question(case["question"]), text=case["said"], today=RECEIVED)

    assert reading == Answer(case["answer"])
