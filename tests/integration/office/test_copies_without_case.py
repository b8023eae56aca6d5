"""Copies for people without a case: those who only rang, and those who only helped somebody else."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from random import Random
from typing import Any

import pytest

from frontdoor.cases.models import Case, CopyMade
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Contact, Conversation, Customer, Direction, Message
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import User
from tests.integration.office.conftest import SignIn

REASON = "He wrote on 1 March; his passport was seen."
RANG = Introduction(full_name="Cal Caller", phone="01632 960123", email="cal@customer.example")
HELPER = {"full_name": "Hope Helper", "email": "hope@helper.example", "phone": "01632960777"}


@pytest.fixture
def caller(db: None, now: datetime, rng: Random) -> Customer:
    """Somebody who rang once, with a question."""
    customer = know_customer(introduction=RANG, at=now, rng=rng)
    key = uuid7(at=now, rng=rng)
    talk = Conversation.objects.create(id=key, customer=customer, started_at=now)
    contact = Contact.objects.create(
        id=key, conversation=talk, customer=customer, channel="phone", received_at=now
    )
    Message.objects.create(
        id=key, conversation=talk, contact=contact, direction=Direction.IN, said_by="customer",
        words="Which day is my bin?", said_at=now,
    )  # fmt: skip
    return customer


def ask(user: User, said: str, sign_in: SignIn) -> Any:
    """Ask for the copy."""
    return sign_in(user).post("/staff/copies/", {"reference": said, "reason": REASON})


def data_of(answer: Any) -> dict[str, Any]:
    """What the copy says."""
    assert answer.status_code == 200, answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
        told: dict[str, Any] = json.loads(files.read("data.json"))
        return told


@pytest.mark.parametrize("said", ["01632 960 123", "CAL@customer.example"])
def test_somebody_who_only_rang_gets_a_copy(caller: Customer, bob: User, said: str, sign_in: SignIn) -> None:
    told = data_of(ask(bob, said, sign_in))
    assert told["you"]["name"] == "Cal Caller"
    assert told["contacts"][0]["messages"][0]["words"] == "Which day is my bin?"
    assert CopyMade.objects.get().customer == caller


def test_several_people_of_one_number_are_told_apart_first(
    caller: Customer, bob: User, now: datetime, rng: Random, sign_in: SignIn
) -> None:
    know_customer(introduction=Introduction(full_name="Cleo Caller", phone=RANG.phone), at=now, rng=rng)
    answer = ask(bob, RANG.phone, sign_in)
    assert (answer.status_code, CopyMade.objects.count()) == (409, 0)
    assert "Several people" in answer.content.decode()
    assert data_of(ask(bob, RANG.email, sign_in))["you"]["name"] == "Cal Caller"


def test_helper_gets_what_they_gave_and_said_and_learns_of_nobody(
    case: Case, bob: User, now: datetime, rng: Random, sign_in: SignIn
) -> None:
    Case.objects.filter(pk=case.pk).update(helper=HELPER)
    for by, words in (("helper", "Moira O’Brien cannot walk far."), ("customer", "My knees hurt.")):
        Message.objects.create(
            id=uuid7(at=now, rng=rng), conversation=case.conversation, direction=Direction.IN, said_by=by,
            words=words, said_at=now,
        )  # fmt: skip
    answer = ask(bob, HELPER["email"], sign_in)
    told = data_of(answer)
    assert told["those you spoke for"] == [
        {
            "for": "[the person you helped]",
            "since": told["those you spoke for"][0]["since"],
            "you gave": HELPER,
            "you said": [
                {
                    "at": told["those you spoke for"][0]["you said"][0]["at"],
                    "words": "[the person you helped] cannot walk far.",
                }
            ],
        }
    ]
    assert "Moira" not in json.dumps(told)
    assert CopyMade.objects.get().customer is None


def test_who_told_us_in_confidence_or_is_hidden_is_nobody(
    case: Case, bob: User, charlie: User, sign_in: SignIn
) -> None:
    Case.objects.filter(pk=case.pk).update(helper=HELPER, is_restricted=True)
    for user, said in ((bob, HELPER["email"]), (charlie, "moira@customer.example"), (bob, "nobody")):
        answer = ask(user, said, sign_in)
        assert (answer.status_code, CopyMade.objects.count()) == (409, 0)


def test_nobody_copies_their_own_records(bob: User, now: datetime, rng: Random, sign_in: SignIn) -> None:
    own = Introduction(full_name="Robert B.", email=bob.email)
    know_customer(introduction=own, at=now, rng=rng)
    assert ask(bob, bob.email, sign_in).status_code == 409
    assert not CopyMade.objects.exists()
