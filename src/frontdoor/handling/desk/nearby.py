"""Reports near the place that is being told of at the desk: follow one instead of making it again."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.enquiring import link_case
from frontdoor.cases.models import Case, Draft, EnquiryOutcome
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.taking import name_customer
from frontdoor.handling.applying import DraftGone, KnownDraft, drop_draft, pass_page
from frontdoor.handling.desk.drafts import draft_in_work
from frontdoor.handling.desk.enquiring import close_enquiry, enquiry_in_work
from frontdoor.handling.following import NotPublic, follow_in_contact, nearby_of_draft, nearby_page
from frontdoor.handling.reports import PublicReport
from frontdoor.staff.models import User

FOLLOWS = "Follows {reference} instead of reporting the same problem again."


class NoWayToTell(Exception):
    """Ask for an email address or a mobile number first, so that they hear what becomes of it. Nothing was changed."""


def nearby_now(known: KnownDraft) -> list[PublicReport]:
    """Open reports about the same place that they have not been asked about yet, nearest first."""
    page = nearby_page(known)
    return nearby_of_draft(known=known) if page and not known.has_passed(page) else []


@transaction.atomic
def pass_nearby(*, enquiry_id: UUID, by: User, at: datetime) -> Draft:
    """None of them is the same problem. Raises MayNotTake, NotYourContact, ContactOver, DraftGone."""
    known = draft_in_work(enquiry_id=enquiry_id, by=by, at=at)
    page = nearby_page(known)
    if page is None:
        raise DraftGone
    return pass_page(draft_id=known.draft.pk, page=page, at=at)


@transaction.atomic
def follow_instead(
    *, enquiry_id: UUID, case_id: UUID, reach: Introduction, by: User, at: datetime, rng: Random
) -> Case:
    """They hear of that report from now on; the form is dropped and the enquiry closed. `reach`: how, where we do not
    know the customer yet.

    Raises MayNotTake, NotYourContact, ContactOver, DraftGone, NotPublic, CaseClosed, NoWayToTell.
    """
    known = draft_in_work(enquiry_id=enquiry_id, by=by, at=at)
    enquiry = enquiry_in_work(enquiry_id=enquiry_id, by=by)
    if case_id not in {each.id for each in nearby_of_draft(known=known)}:
        raise NotPublic
    contact = enquiry.contact
    if contact.customer is None:
        if not (reach.email or reach.phone):
            raise NoWayToTell
        name_customer(contact=contact, customer=know_customer(introduction=reach, at=at, rng=rng))
    followed = follow_in_contact(case_id=case_id, contact=contact, by=by, at=at).case
    drop_draft(draft_id=known.draft.pk, at=at)
    link_case(enquiry=enquiry, case=followed)
    words = FOLLOWS.format(reference=followed.reference)
    close_enquiry(
        enquiry_id=enquiry.pk, outcome=EnquiryOutcome.ANSWERED, words=words, ends=False, by=by, at=at
    )
    return followed
