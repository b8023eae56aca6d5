"""How did we do? Customers are asked once a case is closed or a contact has ended, and at most once a month."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from frontdoor.cases.actions.surveying import (
    RATINGS,
    ask_no_more,
    keep_answer,
    leave_out,
    lock_survey,
    open_survey,
    plan_survey,
)
from frontdoor.cases.models import Case, Enquiry, NotAsked, Survey
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.contacts.models import Channel, Contact, Customer, DeliveryChannel
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.contacts.safety import is_reached_with_care
from frontdoor.handling.people import SYSTEM, customer
from frontdoor.handling.ports import ports
from frontdoor.handling.updates import Route, next_quiet_end, routes_of
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.ids import digest

ASK_AFTER = timedelta(days=1)
ASK_NO_LATER_THAN = timedelta(days=7)
AT_MOST_EVERY = timedelta(days=30)
ANSWERS_WITHIN = timedelta(days=30)
CONTACTS_AT_ONCE = 200
BY_TEXT = (Channel.TEXT, Channel.PHONE)
CARRIES_A_LINK = (DeliveryChannel.EMAIL, DeliveryChannel.TEXT)


class SurveyClosed(Exception):
    """This link no longer opens anything: it was used, or it is too old. There is nothing to try again."""


class NotARating(ValueError):
    """Choose one of the five answers, and send them again."""


def plan_survey_of_case(*, case: Case, at: datetime, rng: Random) -> Survey | None:
    """The customer of a case that has just ended is to be asked; None where nobody is. In the caller's transaction."""
    if case.is_restricted or case.customer is None:
        return None
    return plan_survey(of=case, customer=case.customer, ask_at=at + ASK_AFTER, at=at, rng=rng)


def plan_surveys_of_contacts(*, at: datetime, rng: Random) -> int:
    """Contacts that members of staff took and finished, and that led to no case: their customers are to be asked.

    Returns how many were planned; 0 where none is left.
    """
    in_a_case = Enquiry.objects.filter(case__isnull=False).values("contact_id")
    finished = Contact.objects.filter(
        wrapped_at__gt=at - ASK_NO_LATER_THAN, wrapped_at__lte=at, customer__isnull=False, survey__isnull=True
    ).exclude(pk__in=in_a_case)
    contacts = finished.select_related("customer").order_by("wrapped_at", "pk")[:CONTACTS_AT_ONCE]
    with transaction.atomic():
        planned = [
            plan_survey(of=contact, customer=contact.customer, ask_at=at + ASK_AFTER, at=at, rng=rng)
            for contact in contacts
            if contact.customer is not None
        ]
    return len(planned)


@transaction.atomic
def ask_how_it_went(*, survey_id: UUID, at: datetime, rng: Random) -> Survey:
    """Send the customer a link, by email or text message, or note why they are not asked. Done twice it asks once."""
    survey = lock_survey(survey_id=survey_id)
    if survey.asked_at is not None or survey.not_asked:
        return survey
    because, route = _why_not(survey, at), _route(survey)
    if because is not None or route is None:
        return leave_out(survey=survey, because=because or NotAsked.NO_WAY, at=at)
    token = open_survey(survey=survey, by=route.channel, answers_within=ANSWERS_WITHIN, at=at, rng=rng)
    outgoing = _message(survey, route, token)
    queue_delivery(
        outgoing=outgoing,
        customer=survey.customer,
        conversation=None,
        not_before=next_quiet_end(at),
        at=at,
        rng=rng,
    )
    _record(survey, "survey sent", SYSTEM.actor, at, {"by": route.channel.value})
    return survey


def _why_not(survey: Survey, at: datetime) -> NotAsked | None:
    same = _records_of(survey.customer)
    asked = Survey.objects.filter(customer__in=same)
    reasons = {
        NotAsked.RESTRICTED: _is_restricted(survey),
        NotAsked.DIED: any(each.died_on is not None for each in same),
        NotAsked.GOES_ON: survey.case is not None and survey.case.closed_at is None,
        NotAsked.TOO_LATE: survey.next_try_at is not None
        and at - survey.planned_at > ASK_AFTER + ASK_NO_LATER_THAN,
        NotAsked.NOT_SAFE: is_reached_with_care(ids=[each.pk for each in same]),
        NotAsked.SAID_NO: asked.filter(no_more_at__isnull=False).exists(),
        NotAsked.ASKED_LATELY: asked.filter(asked_at__gt=at - AT_MOST_EVERY).exists(),
    }
    return next((because for because, holds in reasons.items() if holds), None)


def _records_of(person: Customer) -> list[Customer]:
    """Every record of this person, those included that were found to be the same."""
    root = person.merged_into_id or person.pk
    return list(Customer.objects.filter(Q(pk=root) | Q(merged_into=root)))


def _is_restricted(survey: Survey) -> bool:
    """Whether anything it is about is restricted, also within a contact about several things."""
    about = {survey.service}
    if survey.contact is not None:
        about |= set(Enquiry.objects.filter(contact=survey.contact).values_list("service", flat=True))
    restricted = {each.id for each in our_catalogue().services.values() if each.is_restricted}
    return bool(about & restricted) or (survey.case is not None and survey.case.is_restricted)


def _route(survey: Survey) -> Route | None:
    """By the channel of the contact where that carries a link; nobody who prefers letters is asked."""
    routes = routes_of(customer=survey.customer, allows_letter=True)
    if not routes or routes[0].channel is DeliveryChannel.LETTER:
        return None
    wanted = DeliveryChannel.TEXT if survey.channel in BY_TEXT else DeliveryChannel.EMAIL
    carrying = [route for route in routes if route.channel in CARRIES_A_LINK]
    return next((route for route in carrying if route.channel is wanted), next(iter(carrying), None))


def _message(survey: Survey, route: Route, token: str) -> Outgoing:
    words = {"council": our_council().name, "link": f"{ports().public_url}/survey/{token}"}
    is_text = route.channel is DeliveryChannel.TEXT
    return Outgoing(
        key=f"survey:{survey.pk}",
        channel=route.channel,
        to=route.point.value,
        subject="How did we do?",
        body=(TEXT if is_text else EMAIL).format(**words),
    )


TEXT = "{council}: how did we do? Tell us in a minute: {link}"
EMAIL = """You have been in touch with us lately. How did we do?

It takes a minute: {link}

The link works for 30 days. If you do not want to be asked again, you can say so there.

{council}
"""


def survey_of_link(*, token: str, at: datetime) -> Survey:
    """The survey that a link opens. Looking at it uses nothing up. Raises SurveyClosed."""
    found = Survey.objects.filter(token_digest=digest(token), closes_at__gt=at).first() if token else None
    if found is None or found.answered_at is not None:
        raise SurveyClosed
    return found


@transaction.atomic
def answer_survey(*, token: str, rating: int, words: str, at: datetime) -> Survey:
    """Keep what the customer said; the link opens nothing afterwards. Raises SurveyClosed, NotARating."""
    survey = lock_survey(survey_id=survey_of_link(token=token, at=at).pk)
    if survey.answered_at is not None:
        raise SurveyClosed
    if rating not in RATINGS:
        raise NotARating
    keep_answer(survey=survey, rating=rating, words=words.strip(), at=at)
    _record(survey, "survey answered", customer(survey.customer_id).actor, at, {"rating": rating})
    return survey


@transaction.atomic
def decline_surveys(*, token: str, at: datetime) -> Survey:
    """The customer does not want to be asked again, about anything. Raises SurveyClosed."""
    survey = lock_survey(survey_id=survey_of_link(token=token, at=at).pk)
    ask_no_more(survey=survey, at=at)
    _record(survey, "survey declined", customer(survey.customer_id).actor, at, {})
    return survey


def _record(survey: Survey, event: str, by: Actor, at: datetime, facts: dict[str, object]) -> None:
    """Never the words: the journal holds no free text of customers."""
    record(
        at=at,
        by=by,
        event=event,
        case=survey.case_id,
        contact=survey.contact_id,
        customer=survey.customer_id,
        service=survey.service or None,
        facts={"survey": str(survey.pk), **facts},
    )
