"""Surveys: planned, asked or not, answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from frontdoor.cases.models import Case, NotAsked, Survey
from frontdoor.contacts.models import Contact, Customer, DeliveryChannel
from frontdoor.kernel.ids import digest, new_token, uuid7

LONGEST_WORDS = 2000
RATINGS = range(1, 6)


def plan_survey(
    *, of: Case | Contact, customer: Customer, ask_at: datetime, at: datetime, rng: Random
) -> Survey:
    """A row that waits until the customer is to be asked."""
    return Survey.objects.create(
        id=uuid7(at=at, rng=rng),
        case=of if isinstance(of, Case) else None,
        contact=of if isinstance(of, Contact) else None,
        customer=customer,
        service=of.service,
        channel=of.channel,
        planned_at=at,
        next_try_at=ask_at,
    )


def lock_survey(*, survey_id: UUID) -> Survey:
    """The survey, locked for this transaction together with its customer, so that nobody is asked twice at once."""
    customer_id = Survey.objects.values_list("customer_id", flat=True).get(pk=survey_id)
    Customer.objects.select_for_update().get(pk=customer_id)
    rows = Survey.objects.select_for_update(of=("self",)).select_related("case", "contact", "customer")
    return rows.get(pk=survey_id)


def leave_out(*, survey: Survey, because: NotAsked, at: datetime) -> Survey:
    """The customer is not asked, and why."""
    survey.not_asked, survey.done_at = because, at
    survey.save(update_fields=["not_asked", "done_at"])
    return survey


def open_survey(
    *, survey: Survey, by: DeliveryChannel, answers_within: timedelta, at: datetime, rng: Random
) -> str:
    """The customer is asked now. Returns the secret of the link; it is kept nowhere."""
    token = new_token(rng)
    survey.asked_at, survey.sent_by, survey.token_digest = at, by, digest(token)
    survey.closes_at, survey.done_at = at + answers_within, at
    survey.save(update_fields=["asked_at", "sent_by", "token_digest", "closes_at", "done_at"])
    return token


def keep_answer(*, survey: Survey, rating: int, words: str, at: datetime) -> Survey:
    """What the customer said. The link opens nothing any more."""
    survey.rating, survey.words, survey.answered_at = rating, words[:LONGEST_WORDS], at
    survey.save(update_fields=["rating", "words", "answered_at"])
    return survey


def ask_no_more(*, survey: Survey, at: datetime) -> Survey:
    """The customer does not want to be asked again."""
    survey.no_more_at = survey.no_more_at or at
    survey.save(update_fields=["no_more_at"])
    return survey
