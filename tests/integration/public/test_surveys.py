"""The page behind the link of a survey, without scripts; and where to complain and praise."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from frontdoor.cases.actions.surveying import open_survey, plan_survey
from frontdoor.cases.models import Survey
from frontdoor.contacts.actions import start_conversation, take_contact
from frontdoor.contacts.models import Customer, DeliveryChannel
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.ids import uuid7
from tests.integration.public.conftest import Browser, text


@pytest.fixture
def token(alice: Browser) -> str:
    """The secret of a link that Alice has just been sent."""
    at, rng = now_utc(), Random(7)
    person = Customer.objects.create(id=uuid7(at=at, rng=rng), full_name="Alice Example", created_at=at)
    conversation = start_conversation(customer=person, service="street-problem", at=at, rng=rng)
    contact = take_contact(conversation=conversation, channel="web", enquiry="report", at=at, rng=rng)
    survey = plan_survey(of=contact, customer=person, ask_at=at, at=at, rng=rng)
    within = timedelta(days=30)
    return open_survey(survey=survey, by=DeliveryChannel.EMAIL, answers_within=within, at=at, rng=rng)


def test_looking_uses_nothing_up_and_answering_does(alice: Browser, token: str) -> None:
    for _ in range(2):
        assert "How did we do?" in text(alice.go(f"/survey/{token}"))
    thanks = alice.go(f"/survey/{token}", rating="5", words="Lovely")
    assert "Thank you" in text(thanks)
    survey = Survey.objects.get()
    assert (survey.rating, survey.words) == (5, "Lovely")
    assert alice.get(f"/survey/{token}").status_code == 410
    assert alice.post(f"/survey/{token}", {"rating": "1", "words": ""}).status_code == 410
    survey.refresh_from_db()
    assert survey.rating == 5


@pytest.mark.parametrize("rating", ["", "0", "6", "12", "five"])
def test_an_answer_without_one_of_the_five_points_is_asked_again(
    alice: Browser, token: str, rating: str
) -> None:
    shown = alice.go(f"/survey/{token}", rating=rating, words="I wrote all this")
    assert shown.status_code == 400
    assert "Select how we did" in text(shown)
    assert "I wrote all this" in text(shown)


def test_do_not_ask_me_again(alice: Browser, token: str) -> None:
    assert "We do not ask you again." in text(alice.go(f"/survey/{token}/no-more", yes="1"))
    assert Survey.objects.get().no_more_at is not None
    assert alice.get(f"/survey/{token}/no-more").status_code == 405


def test_a_link_that_nobody_was_sent_opens_nothing(alice: Browser) -> None:
    assert alice.get(f"/survey/{'A' * 32}").status_code == 410


def test_complain_or_praise_leads_to_our_own_services(alice: Browser) -> None:
    page = text(alice.go("/complain"))
    assert '/services/complaint/"' in page
    assert '/services/compliment-and-feedback/"' in page
