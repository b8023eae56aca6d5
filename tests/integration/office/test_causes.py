"""Avoidable contact: proposed when an enquiry is closed, and confirmed with one key."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.cases.models import Case, Cause, DemandType, Enquiry, Promise, Update
from frontdoor.contacts.actions import keep_message
from frontdoor.contacts.models import Contact, Direction
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, User
from tests.integration.office.conftest import NewUser, SignIn

pytestmark = pytest.mark.any_database

DESK = "/staff/desk/"


def told(desk: Client, case: Case) -> Enquiry:
    """Somebody rings and asks how their case stands."""
    page = desk.post(f"{DESK}begin/", {"q": "", "way": "phone"})["Location"]
    desk.post(f"{page}who/", {"customer": str(case.customer_id)})
    desk.post(f"{page}told/", {"case": str(case.pk), "words": "Told them.", "then": "end"})
    return Enquiry.objects.latest("began_at")


@pytest.mark.both_databases
def test_chasing_days_after_news_says_the_news_was_not_clear(case: Case, desk: Client) -> None:
    enquiry = told(desk, case)
    news = Update.objects.filter(case=case).latest("made_at")
    assert (enquiry.proposed_type, enquiry.proposed_cause) == ("failure", "WRONG_OR_UNCLEAR_ADVICE")
    assert enquiry.because[0]["id"] == str(news.pk)


@pytest.mark.both_databases
def test_chasing_after_the_promised_date_says_that_news_was_missing(case: Case, desk: Client) -> None:
    long_ago = timezone.now() - timedelta(days=30)
    Update.objects.filter(case=case).update(made_at=long_ago)
    Promise.objects.filter(case=case).update(due_at=long_ago + timedelta(days=10))
    enquiry = told(desk, case)
    assert (enquiry.proposed_type, enquiry.proposed_cause) == ("failure", "NO_PROACTIVE_UPDATE")


def test_message_that_nobody_answered_comes_first(case: Case, desk: Client, rng: Random) -> None:
    said = keep_message(
        conversation=case.conversation,
        direction=Direction.IN,
        said_by="customer",
        sayer=str(case.customer_id),
        words="When will you look at it?",
        at=timezone.now() - timedelta(days=6),
        rng=rng,
    )
    enquiry = told(desk, case)
    assert enquiry.proposed_cause == "NO_RESPONSE"
    assert enquiry.because[0]["id"] == str(said.pk)


@pytest.mark.both_databases
def test_one_key_agrees(case: Case, desk: Client, dora: User) -> None:
    enquiry = told(desk, case)
    page = desk.get(f"{DESK}causes/").content.decode()
    assert "Wrong or unclear advice" in page
    assert "autofocus" in page
    desk.post(f"{DESK}causes/{enquiry.pk}/", {"is": "right", "cause": ""})
    enquiry.refresh_from_db()
    assert (enquiry.type, enquiry.cause, enquiry.confirmed_by) == (
        "failure",
        "WRONG_OR_UNCLEAR_ADVICE",
        dora,
    )
    assert JournalEntry.objects.get(event="cause confirmed").facts["as proposed"] is True
    assert "Nothing to look at" in desk.get(f"{DESK}causes/").content.decode()


@pytest.mark.parametrize(
    ("chosen", "kind", "cause"),
    [
        ("value", DemandType.VALUE, ""),
        ("not_ours", DemandType.NOT_OURS, Cause.NOT_COUNCIL_RESPONSIBILITY),
        ("POLICY_DISPUTE", DemandType.FAILURE, Cause.POLICY_DISPUTE),
    ],
)
def test_advisor_corrects(case: Case, desk: Client, chosen: str, kind: str, cause: str) -> None:
    enquiry = told(desk, case)
    desk.post(f"{DESK}causes/{enquiry.pk}/", {"is": "other", "cause": chosen})
    enquiry.refresh_from_db()
    assert (enquiry.type, enquiry.cause) == (kind, cause)
    assert JournalEntry.objects.get(event="cause confirmed").facts["as proposed"] is False


@pytest.mark.parametrize("chosen", ["", "nonsense"])
def test_nothing_chosen_changes_nothing(case: Case, desk: Client, chosen: str) -> None:
    enquiry = told(desk, case)
    desk.post(f"{DESK}causes/{enquiry.pk}/", {"is": "other", "cause": chosen})
    enquiry.refresh_from_db()
    assert enquiry.confirmed_at is None


def test_contact_of_somebody_else_is_not_hers_to_judge(
    case: Case, desk: Client, new_user: NewUser, sign_in: SignIn
) -> None:
    enquiry = told(desk, case)
    other = sign_in(new_user("Ed Eastwood", role=Role.ADVISOR))
    other.post(f"{DESK}causes/{enquiry.pk}/", {"is": "right"})
    enquiry.refresh_from_db()
    assert enquiry.confirmed_at is None


def test_nobody_is_asked_about_a_call_of_five_weeks_ago(case: Case, desk: Client) -> None:
    enquiry = told(desk, case)
    Contact.objects.filter(pk=enquiry.contact_id).update(answered_at=timezone.now() - timedelta(days=35))
    assert "Nothing to look at" in desk.get(f"{DESK}causes/").content.decode()
