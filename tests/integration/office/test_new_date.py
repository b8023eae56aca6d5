"""A date that may be moved once, on the officer's page: how far is said in words, and a second time is refused."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from django.test import Client

from frontdoor.cases.models import Case, Promise, Update
from frontdoor.catalogue.published import publish
from frontdoor.handling.allotting import give_case
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.opening import Application, open_case
from frontdoor.handling.people import staff
from frontdoor.handling.wording import date_in_words
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.staff.models import Team
from tests.integration.office.conftest import NewUser, SignIn

SAID: dict[str, Json] = {
    "at_risk": "none",
    "about": "contact",
    "what_happened": "Nobody rang back.",
    "told_before": "no",
    "legal": "no",
    "wanted": ["sorry"],
    "full_name": "Moira Example",
    "contact_by": "email",
    "email": "moira@customer.example",
}
DEFINED: dict[str, Json] = {
    "complaint_definition": "That nobody rang back.",
    "outcome_wanted": "An apology.",
    "looked_into_by": "Dana Example",
}


@pytest.fixture
def complaint(db: None, now: datetime, rng: random.Random, new_user: NewUser) -> Case:
    """Dana's complaint, acknowledged."""
    dana = new_user(
        "Dana Example", Team.objects.create(name="Customer relations team", services=["complaint"])
    )
    pack = publish(service="complaint", at=now)
    case = open_case(application=Application(pack=pack, answers=SAID, channel="web"), at=now, rng=rng)
    case = give_case(case_id=case.pk, revision=None, to=dana, by=dana, at=now)
    return move_case(
        case_id=case.pk,
        move="acknowledge",
        revision=None,
        given=Given(answers=DEFINED),
        person=staff(dana),
        at=now,
        rng=rng,
    )


def give(client: Client, case: Case, day: str) -> tuple[int, str]:
    case.refresh_from_db()
    typed = {"day": day, "words": "A witness is away.", "revision": case.revision}
    answer = client.post(f"/staff/cases/{case.reference}/promise/answer/", typed)
    return answer.status_code, answer.content.decode()


def test_the_date_of_an_answer_is_moved_once_and_not_too_far(complaint: Case, sign_in: SignIn) -> None:
    promise = Promise.objects.get(case=complaint, name="answer")
    assert complaint.owner is not None
    client, last = sign_in(complaint.owner), ENGLAND.add_working_days(day_of(promise.due_at), 10)

    status, page = give(client, complaint, (last + timedelta(days=1)).isoformat())
    assert (status, f"Choose a day no later than {date_in_words(last)}" in page) == (400, True)

    assert give(client, complaint, last.isoformat())[0] == 302
    assert Update.objects.filter(case=complaint, words_name="answer takes longer").count() == 1

    status, page = give(client, complaint, (last + timedelta(days=1)).isoformat())
    assert (status, "may not be moved again" in page) == (400, True)
    promise.refresh_from_db()
    assert day_of(promise.due_at) == last
