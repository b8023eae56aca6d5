"""The words that are sent and heard: short enough for one text message, plain, and understood when said."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from frontdoor.catalogue.schema.texts import Reader
from frontdoor.catalogue.templates import NAME
from frontdoor.forms.answers import Answer, read_said
from tests.spec.catalogue.street_problem.reporting import RECEIVED, chapter, pack

LONGEST = {
    "council": "Wealdmoor County Council",
    "council_phone": "01632 960100",
    "reference": "SP-4T7K-92M",
    "track_link": "https://my.wealdmoor.example/track/SP-4T7K-92M",
}
GSM = re.compile(r"[A-Za-z0-9 @£$¥!\"#%&'()*+,\-./:;<=>?\n\r]*")
UNKIND = re.compile(r"\b(?:you failed|unfortunately|you must|immediately|regret|resolved)\b", re.I)
HEARD: list[dict[str, Any]] = chapter("heard.yaml")


@pytest.mark.parametrize("name", pack().updates)
def test_text_message_fits_into_one(name: str) -> None:
    text = NAME.sub(lambda found: LONGEST.get(found[1], "15 December 2026"), pack().updates[name].text)

    assert 0 < len(text) <= 160, len(text)
    assert GSM.fullmatch(text), text


@pytest.mark.parametrize("name", pack().updates)
def test_words_are_plain_and_carry_the_reference(name: str) -> None:
    words = pack().updates[name]

    assert UNKIND.search(words.body) is None
    assert "{reference}" in words.body
    assert "{full_name}" not in words.body


def test_every_state_has_words_and_a_next_step() -> None:
    assert [name for name, state in pack().journey.states.items() if not (state.update and state.next)] == []


@pytest.mark.parametrize("case", HEARD, ids=lambda each: f"{each['question']}: {each['said']}")
def test_words_that_a_question_suggests_are_understood(case: dict[str, Any]) -> None:
    reading = read_said(question=pack().form.question(case["question"]), text=case["said"], today=RECEIVED)

    assert reading == Answer(case["answer"])


def test_every_kind_of_problem_stands_under_a_heading() -> None:
    groups = Counter(option.group for option in pack().form.question("category").options)

    assert "" not in groups
    assert max(groups.values()) <= 12


def test_questions_are_short_enough_to_be_heard() -> None:
    questions = [question for section in pack().form.sections for question in section.questions]

    assert [each.id for each in questions if len(each.say or each.ask) > 130] == []
    assert [each.id for each in questions if len(each.ask.split()) > 17] == []


def test_a_claim_is_an_article_of_its_own_and_no_report() -> None:
    article = pack().articles["claim-for-damage"]

    assert article.enquiry == "claim"
    assert "Reporting a problem is not a claim" in article.body


def test_articles_serve_customers_and_staff_and_are_in_date() -> None:
    articles = pack().articles.values()

    assert {each.reader for each in articles} == {Reader.CUSTOMERS, Reader.STAFF}
    assert all(each.review_by > RECEIVED and each.source for each in articles)
