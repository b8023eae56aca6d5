"""What a customer said about contacting them safely: above every contact, and in no message."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from frontdoor.cases.models import Case
from frontdoor.catalogue.published import publish
from frontdoor.contacts.models import Delivery, Message
from frontdoor.handling.allotting import give_case
from frontdoor.handling.opening import Application, open_case
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import Team, User
from tests.integration.office.conftest import NewUser, SignIn

TIMES, WORD = "Weekdays from 10 to 2, no messages", "Bluebell"
ANSWERS: dict[str, Json] = {
    "needs": ["food"],
    "runs_out": "today",
    "not_safe_now": "not_always",
    "safe_contact": ["call", "email"],
    "safe_times": TIMES,
    "code_word": WORD,
    "home": "for_now",
    "here_now": True,
    "weeks_here": "six_or_more",
    "what_happened": ["job"],
    "money_now": "nothing",
    "income": ["nothing"],
    "public_funds": "no_limit",
    "full_name": "Moira O’Brien",
    "born_on": "1987-03-27",
    "contact_by": "email",
    "email": "moira@customer.example",
    "phone": "07700 900123",
}
PAGES = ("", "answers/", "messages/", "history/", "record/", "do/start/")


@pytest.fixture
def dora(new_user: NewUser, db: None) -> User:
    """An officer of the team for crisis support."""
    return new_user("Dora Dunn", Team.objects.create(name="Crisis support team"))


def request_of(dora: User, at: datetime, rng: random.Random, **answers: Json) -> Case:
    application = Application(
        pack=publish(service="crisis-support", at=at), answers={**ANSWERS, **answers}, channel="web"
    )
    case = open_case(application=application, at=at, rng=rng)
    return give_case(case_id=case.pk, revision=None, to=dora, by=dora, at=at)


@pytest.mark.parametrize("page", PAGES)
def test_safe_ways_times_and_the_code_word_stand_at_the_top(
    now: datetime, rng: random.Random, dora: User, sign_in: SignIn, page: str
) -> None:
    case = request_of(dora, now, rng)
    shown = sign_in(dora).get(f"/staff/cases/{case.reference}/{page}").content.decode()
    top = shown.split("Before you contact this customer")[1].split("For staff only")[0]
    assert "A call" in top
    assert TIMES in top
    assert WORD in top


def test_answers_that_no_longer_count_are_no_caution(
    now: datetime, rng: random.Random, dora: User, sign_in: SignIn
) -> None:
    case = request_of(dora, now, rng, not_safe_now="safe")
    shown = sign_in(dora).get(f"/staff/cases/{case.reference}/").content.decode()
    assert "Before you contact this customer" not in shown
    assert WORD not in shown


def test_no_message_says_the_code_word_or_the_times(
    now: datetime, rng: random.Random, dora: User, sign_in: SignIn
) -> None:
    case = request_of(dora, now, rng)
    sign_in(dora).post(
        f"/staff/cases/{case.reference}/do/start/", {"do": "confirm", "revision": case.revision}
    )
    words = [
        *Delivery.objects.values_list("body", flat=True),
        *Message.objects.values_list("words", flat=True),
    ]
    assert words
    assert not any(WORD in each or TIMES in each for each in words)
