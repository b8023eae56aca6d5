"""What a customer wrote in a survey, passed on as a compliment or, with the customer's say, as a complaint."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.surveying import lock_survey
from frontdoor.cases.models import Case, Survey
from frontdoor.catalogue.published import publish
from frontdoor.contacts.models import Contact, PointKind
from frontdoor.contacts.safety import points_to_write_to
from frontdoor.handling.opening import Application, open_case
from frontdoor.handling.people import staff
from frontdoor.journal.actions import record
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may


class PassedAs(StrEnum):
    """What the words of a survey are."""

    COMPLIMENT = "compliment"
    COMPLAINT = "complaint"


class MayNotPassOn(Exception):
    """Your role does not read surveys. Ask your supervisor; nothing was changed."""


class NothingToPassOn(Exception):
    """There are no words in this survey, or they were passed on before. Nothing was changed."""


SERVICES = {PassedAs.COMPLIMENT: "compliment-and-feedback", PassedAs.COMPLAINT: "complaint"}


@transaction.atomic
def pass_on(*, survey_id: UUID, passed_as: PassedAs, by: User, at: datetime, rng: Random) -> Case:
    """Open a case with the words of a survey. A compliment bears no name; a complaint is the customer's, who must want it
    (Complaint Handling Code: dissatisfaction in a survey is no complaint until they say so). No contact is counted.

    Raises MayNotPassOn, NothingToPassOn.
    """
    if not may(by, May.READ_SURVEYS):
        raise MayNotPassOn
    survey = lock_survey(survey_id=survey_id)
    if not survey.words or survey.passed_to_id is not None:
        raise NothingToPassOn
    application = Application(
        pack=publish(service=SERVICES[passed_as], at=at),
        answers=_compliment(survey) if passed_as is PassedAs.COMPLIMENT else _complaint(survey),
        channel=survey.channel,
        is_assisted=True,
        taken_by=staff(by),
        during=_contact(survey),
    )
    case = open_case(application=application, at=at, rng=rng)
    survey.passed_to = case
    survey.save(update_fields=["passed_to"])
    record(
        at=at,
        by=staff(by).actor,
        event="survey passed on",
        case=case.pk,
        customer=survey.customer_id,
        service=survey.service or None,
        facts={"survey": str(survey.pk), "as": passed_as.value},
    )
    return case


def _contact(survey: Survey) -> Contact | None:
    """The contact that the survey was about: the last of the case where it was about one."""
    if survey.contact is not None:
        return survey.contact
    assert survey.case is not None  # a survey is about one of the two
    return Contact.objects.filter(conversation=survey.case.conversation_id).order_by("-received_at").first()


def _compliment(survey: Survey) -> dict[str, Json]:
    return {
        "kind": "compliment",
        "about": "other",
        "words": survey.words,
        "may_quote": "no",
        "wants_answer": False,
    }


def _complaint(survey: Survey) -> dict[str, Json]:
    points = points_to_write_to(customer_id=survey.customer_id)
    by_kind = {point.kind: point.value for point in points.order_by("added_at")}
    email, phone = by_kind.get(PointKind.EMAIL, ""), by_kind.get(PointKind.PHONE, "")
    way: dict[str, Json] = (
        {"contact_by": "email", "email": email} if email else {"contact_by": "text", "phone": phone}
    )
    about: dict[str, Json] = {"at_risk": "none", "about": "other", "what_happened": survey.words}
    return {**about, "full_name": survey.customer.full_name, **(way if email or phone else {})}
