"""How did we do: asked once a month at most, never where it would hurt, and the answer kept out of the journal."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from frontdoor.cases.models import Case, NotAsked, Survey
from frontdoor.cases.queries.surveys import Response, responses
from frontdoor.contacts.actions import Introduction, know_customer, start_conversation
from frontdoor.contacts.models import Contact, ContactPoint, Customer, Delivery
from frontdoor.handling.moving import NOTHING, Given, move_case
from frontdoor.handling.people import customer, staff
from frontdoor.handling.surveys import (
    ASK_AFTER,
    NotARating,
    SurveyClosed,
    answer_survey,
    ask_how_it_went,
    decline_surveys,
    plan_surveys_of_contacts,
    survey_of_link,
)
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.ids import digest, uuid7
from frontdoor.staff.models import User
from tests.integration.handling.conftest import Apply

Officers = dict[str, list[User]]
POTHOLE: dict[str, Any] = {
    "category": "pothole",
    "danger": "none",
    "wants_news": True,
    "news_wanted": "all",
    "place": {"lat": 54.75, "lon": 2.32, "street": "Beck Lane", "words": "By the gate"},
}


@pytest.fixture
def closed(apply_for: Apply, at: datetime, rng: Random) -> Survey:
    """A case that its customer has just withdrawn, so that she is to be asked."""
    return close(apply_for("street-problem", **POTHOLE), at, rng)


def close(case: Case, at: datetime, rng: Random) -> Survey:
    person = customer(case.customer_id)
    move_case(case_id=case.pk, move="withdraw", revision=None, given=NOTHING, person=person, at=at, rng=rng)
    return Survey.objects.get(case=case)


def ask(survey: Survey, rng: Random, *, after: timedelta = ASK_AFTER) -> Survey:
    ask_how_it_went(survey_id=survey.pk, at=survey.planned_at + after, rng=rng)
    survey.refresh_from_db()
    return survey


def token_of(survey: Survey) -> str:
    body = Delivery.objects.get(key=f"survey:{survey.pk}").body
    found = re.search(r"/survey/(\S+)", body)
    assert found is not None
    return found[1]


@pytest.mark.django_db
def test_a_closed_case_is_asked_about_a_day_later_by_the_way_of_the_contact(
    closed: Survey, rng: Random
) -> None:
    assert closed.next_try_at == closed.planned_at + ASK_AFTER
    survey = ask(closed, rng)
    delivery = Delivery.objects.get(key=f"survey:{survey.pk}")
    assert (survey.sent_by, delivery.channel, delivery.to) == ("email", "email", "siobhan@customer.example")
    assert len(token_of(survey)) == 32
    assert digest(token_of(survey)) == survey.token_digest
    assert "Beck Lane" not in delivery.body


@pytest.mark.django_db
def test_asking_twice_sends_once(closed: Survey, rng: Random) -> None:
    first = ask(closed, rng).token_digest
    assert ask(closed, rng).token_digest == first
    assert Delivery.objects.filter(key__startswith="survey:").count() == 1


@pytest.mark.django_db
def test_who_came_by_phone_is_asked_by_text_message(closed: Survey, rng: Random) -> None:
    Survey.objects.filter(pk=closed.pk).update(channel="phone")
    ContactPoint.objects.get_or_create(
        customer=closed.customer,
        kind="phone",
        value_key="+447700900123",
        defaults={"value": "07700 900123", "added_at": closed.planned_at},
    )
    assert ask(closed, rng).sent_by == "text"


@pytest.mark.django_db
def test_an_answer_is_kept_once_and_its_words_stay_out_of_the_journal(closed: Survey, rng: Random) -> None:
    token = token_of(ask(closed, rng))
    later = closed.planned_at + timedelta(days=3)
    answered = answer_survey(token=token, rating=2, words=" Nobody rang me. ", at=later)
    assert (answered.rating, answered.words, answered.answered_at) == (2, "Nobody rang me.", later)
    with pytest.raises(SurveyClosed):
        answer_survey(token=token, rating=5, words="", at=later)
    entry = JournalEntry.objects.get(event="survey answered")
    assert entry.facts == {"survey": str(closed.pk), "rating": 2}
    assert not [each for each in JournalEntry.objects.values_list("facts_json", flat=True) if "rang" in each]


@pytest.mark.django_db
@pytest.mark.parametrize("rating", [0, 6, -1])
def test_only_five_points_are_points(closed: Survey, rng: Random, rating: int) -> None:
    token = token_of(ask(closed, rng))
    with pytest.raises(NotARating):
        answer_survey(token=token, rating=rating, words="", at=closed.planned_at + timedelta(days=2))
    closed.refresh_from_db()
    assert closed.answered_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "A" * 32, "ünï"])
def test_a_link_cannot_be_guessed(closed: Survey, rng: Random, token: str) -> None:
    ask(closed, rng)
    with pytest.raises(SurveyClosed):
        survey_of_link(token=token, at=closed.planned_at + timedelta(days=2))


@pytest.mark.django_db
def test_a_link_closes_after_a_month(closed: Survey, rng: Random) -> None:
    token = token_of(ask(closed, rng))
    assert survey_of_link(token=token, at=closed.planned_at + timedelta(days=30)).pk == closed.pk
    with pytest.raises(SurveyClosed):
        survey_of_link(token=token, at=closed.planned_at + timedelta(days=31))


@pytest.mark.django_db
def test_once_a_month_at_most(closed: Survey, apply_for: Apply, at: datetime, rng: Random) -> None:
    ask(closed, rng)
    second = close(apply_for("street-problem", **POTHOLE), at + timedelta(days=20), rng)
    third = close(apply_for("street-problem", **POTHOLE), at + timedelta(days=40), rng)
    assert second.customer == closed.customer
    assert (ask(second, rng).not_asked, second.asked_at) == (NotAsked.ASKED_LATELY, None)
    assert (ask(third, rng).not_asked, third.asked_at is None) == ("", False)


@pytest.mark.django_db
def test_the_other_record_of_the_same_person_counts(
    closed: Survey, apply_for: Apply, at: datetime, rng: Random
) -> None:
    ask(closed, rng)
    named = {"full_name": "Quite Another", "email": "other@customer.example", "phone": "07700 900999"}
    second = close(apply_for("street-problem", **POTHOLE, **named), at + timedelta(days=2), rng)
    assert second.customer != closed.customer
    Customer.objects.filter(pk=second.customer_id).update(merged_into=closed.customer)
    assert ask(second, rng).not_asked == NotAsked.ASKED_LATELY


@pytest.mark.django_db
def test_who_said_no_is_never_asked_again(
    closed: Survey, apply_for: Apply, at: datetime, rng: Random
) -> None:
    token = token_of(ask(closed, rng))
    decline_surveys(token=token, at=at + timedelta(days=2))
    much_later = at + timedelta(days=400)
    assert (
        ask(close(apply_for("street-problem", **POTHOLE), much_later, rng), rng).not_asked == NotAsked.SAID_NO
    )


@pytest.mark.django_db
def test_nobody_is_asked_after_a_death(
    apply_for: Apply, officers: Officers, at: datetime, rng: Random
) -> None:
    case = apply_for(owned=True)
    alice = officers["Blue Badge team"][0]
    move_case(
        case_id=case.pk,
        move="record death",
        revision=case.revision,
        given=Given(),
        person=staff(alice),
        at=at,
        rng=rng,
    )
    assert not Survey.objects.filter(case=case).exists()


@pytest.mark.django_db
def test_nobody_who_has_died_is_asked(closed: Survey, rng: Random) -> None:
    Customer.objects.filter(pk=closed.customer_id).update(died_on=closed.planned_at.date())
    assert ask(closed, rng).not_asked == NotAsked.DIED


@pytest.mark.django_db
def test_nobody_is_asked_about_a_restricted_service(apply_for: Apply, at: datetime, rng: Random) -> None:
    case = apply_for("crisis-support", not_safe_now="safe", needs=["food"], contact_by="email")
    assert case.is_restricted
    person = customer(case.customer_id)
    move_case(case_id=case.pk, move="withdraw", revision=None, given=NOTHING, person=person, at=at, rng=rng)
    assert not Survey.objects.exists()


@pytest.mark.django_db
def test_nobody_is_asked_where_a_way_is_not_safe(closed: Survey, rng: Random) -> None:
    ContactPoint.objects.filter(customer=closed.customer, kind="email").update(is_safe=False)
    assert ask(closed, rng).not_asked == NotAsked.NOT_SAFE


@pytest.mark.django_db
def test_who_prefers_letters_is_not_asked(closed: Survey, rng: Random) -> None:
    Customer.objects.filter(pk=closed.customer_id).update(prefers="letter")
    address = {"lines": ["14 Alder Rise"], "town": "Thornbeck", "postcode": "ZW3 4QP"}
    ContactPoint.objects.get_or_create(
        customer=closed.customer,
        kind="address",
        value_key="14 alder rise zw3 4qp",
        defaults={"value": "14 Alder Rise", "address": address, "added_at": closed.planned_at},
    )
    assert ask(closed, rng).not_asked == NotAsked.NO_WAY


@pytest.mark.django_db
def test_a_case_that_goes_on_is_not_asked_about(closed: Survey, rng: Random) -> None:
    Case.objects.filter(surveys=closed).update(closed_at=None, ended_as="")
    assert ask(closed, rng).not_asked == NotAsked.GOES_ON


@pytest.mark.django_db
def test_what_waited_too_long_is_not_asked_any_more(closed: Survey, rng: Random) -> None:
    assert ask(closed, rng, after=timedelta(days=9)).not_asked == NotAsked.TOO_LATE


@pytest.mark.django_db
def test_a_finished_contact_without_a_case_is_asked_about_once(
    officers: Officers, at: datetime, rng: Random
) -> None:
    introduction = Introduction(
        full_name="Alice Example", email="alice@customer.example", phone="", address=None
    )
    alice = know_customer(introduction=introduction, at=at, rng=rng)
    conversation = start_conversation(customer=alice, service="street-problem", at=at, rng=rng)
    common = {
        "conversation": conversation,
        "customer": alice,
        "channel": "phone",
        "service": "street-problem",
    }
    finished = Contact.objects.create(id=uuid7(at=at, rng=rng), received_at=at, wrapped_at=at, **common)
    Contact.objects.create(id=uuid7(at=at, rng=rng), received_at=at, **common)
    assert [plan_surveys_of_contacts(at=at, rng=rng) for _ in range(2)] == [1, 0]
    survey = Survey.objects.get()
    assert survey.contact == finished
    assert ask(survey, rng).sent_by == "email"


@pytest.mark.django_db
def test_the_response_rate_can_be_worked_out(
    closed: Survey, apply_for: Apply, at: datetime, rng: Random
) -> None:
    answer_survey(token=token_of(ask(closed, rng)), rating=4, words="", at=at + timedelta(days=2))
    named = {"full_name": "Quite Another", "email": "other@customer.example", "phone": "07700 900999"}
    ask(close(apply_for("street-problem", **POTHOLE, **named), at, rng), rng)
    found = responses(since=at, until=at + timedelta(days=7))
    assert found == {"street-problem": Response(asked=2, answered=1, mean=4.0)}
    assert found["street-problem"].rate == 0.5
    assert responses(since=at + timedelta(days=7), until=at + timedelta(days=14)) == {}
