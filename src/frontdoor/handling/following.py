"""Follow somebody else's report instead of making the same one again."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.moving import lock_case
from frontdoor.cases.actions.working import follow_case, link_cases
from frontdoor.cases.models import CaseLink, Follower
from frontdoor.cases.permissions import require_handling
from frontdoor.cases.policies import require_open
from frontdoor.contacts.actions import Introduction, know_customer, start_conversation, take_contact
from frontdoor.handling.people import customer, staff
from frontdoor.journal.actions import record
from frontdoor.staff.models import User


@transaction.atomic
def follow_report(
    *, case_id: UUID, introduction: Introduction, channel: str, at: datetime, rng: Random
) -> Follower:
    """This person also saw it and wants its news. Counted as a contact of their own. Raises CaseClosed."""
    case = lock_case(case_id=case_id)
    require_open(case)
    person = know_customer(introduction=introduction, at=at, rng=rng)
    conversation = start_conversation(customer=person, service=case.service, at=at, rng=rng)
    contact = take_contact(conversation=conversation, channel=channel, enquiry="follow", at=at, rng=rng)
    follower = follow_case(case=case, customer=person, at=at)
    record(
        at=at,
        by=customer(person.pk).actor,
        event="report followed",
        case=case.pk,
        contact=contact.pk,
        customer=person.pk,
        service=case.service,
    )
    return follower


@transaction.atomic
def link_report(*, case_id: UUID, other_id: UUID, user: User, at: datetime) -> CaseLink:
    """An officer says that two reports are about the same thing. Neither is merged; both customers keep
    hearing.
    """
    case, other = lock_case(case_id=case_id), lock_case(case_id=other_id)
    require_handling(user, case)
    require_handling(user, other)
    link = link_cases(case=case, other=other, relation="same problem", at=at)
    facts = {"other": str(other.pk)}
    record(at=at, by=staff(user).actor, event="cases linked", case=case.pk, service=case.service, facts=facts)
    return link
