"""Follow somebody else's report instead of making the same one again."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.moving import lock_case
from frontdoor.cases.actions.working import follow_case, link_cases
from frontdoor.cases.models import Case, CaseLink, Follower
from frontdoor.cases.permissions import require_handling
from frontdoor.cases.policies import require_open
from frontdoor.cases.queries import nearby_open_reports
from frontdoor.catalogue.schema.service import KindOfCase
from frontdoor.contacts.actions import Introduction, know_customer, start_conversation, take_contact
from frontdoor.contacts.models import Contact, Customer
from frontdoor.handling.applying import KnownDraft
from frontdoor.handling.demand.classifying import note_online
from frontdoor.handling.effects import SAME_PROBLEM
from frontdoor.handling.people import Person, customer, staff
from frontdoor.handling.reports import PublicReport, is_public, public_report
from frontdoor.journal.actions import record
from frontdoor.staff.models import User


class NotPublic(LookupError):
    """There is no open report of that kind that everybody may follow. Make a report of your own."""


def nearby_page(known: KnownDraft) -> str | None:
    """The name of the page that offers reports nearby, for the place as it is now; None where it cannot come yet.

    Another place or category is another page, so that it is offered again when the customer changes either.
    """
    category, place = known.facts.values.get("category"), _place_of(known)
    if known.pack.service.kind is not KindOfCase.REPORT or place is None or not isinstance(category, str):
        return None
    return f"nearby {category} {place[0]:.4f} {place[1]:.4f}"


def nearby_of_draft(*, known: KnownDraft) -> list[PublicReport]:
    """Open reports of the same kind about the place of this draft, nearest first; only their public parts."""
    category, place = known.facts.values.get("category"), _place_of(known)
    if place is None or not isinstance(category, str):
        return []
    found = nearby_open_reports(service=known.pack.id, category=category, lat=place[0], lon=place[1])
    return [public_report(each.case) for each in found if is_public(each.case)]


def _place_of(known: KnownDraft) -> tuple[float, float] | None:
    for value in known.facts.values.values():
        if isinstance(value, dict) and isinstance(value.get("lat"), int | float):
            return float(value["lat"]), float(value["lon"])
    return None


@transaction.atomic
def follow_report(
    *, case_id: UUID, introduction: Introduction, channel: str, at: datetime, rng: Random
) -> Follower:
    """This person also saw it and wants its news. Counted as a contact of their own. Raises CaseClosed, NotPublic."""
    case = lock_case(case_id=case_id)
    require_open(case)
    person = know_customer(introduction=introduction, at=at, rng=rng)
    conversation = start_conversation(customer=person, service=case.service, at=at, rng=rng)
    contact = take_contact(conversation=conversation, channel=channel, enquiry="follow", at=at, rng=rng)
    note_online(contact=contact, case=None, at=at, rng=rng)
    return _follow(case, person, contact, customer(person.pk), at)


@transaction.atomic
def follow_in_contact(*, case_id: UUID, contact: Contact, by: User, at: datetime) -> Follower:
    """The customer of a contact that a member of staff took wants the news of this report; no further contact is
    counted. Raises CaseClosed.
    """
    assert contact.customer is not None  # who it is was said before
    case = lock_case(case_id=case_id)
    require_open(case)
    return _follow(case, contact.customer, contact, staff(by), at)


def _follow(case: Case, person: Customer, contact: Contact, by: Person, at: datetime) -> Follower:
    follower = follow_case(case=case, customer=person, at=at)
    record(
        at=at,
        by=by.actor,
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
    link = link_cases(case=case, other=other, relation=SAME_PROBLEM, at=at)
    facts = {"other": str(other.pk)}
    record(at=at, by=staff(user).actor, event="cases linked", case=case.pk, service=case.service, facts=facts)
    return link
