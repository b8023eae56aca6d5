"""Forms that are being filled in at the desk: of this contact, and half-filled ones taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from frontdoor.cases.models import Draft, Enquiry
from frontdoor.contacts.models import Customer
from frontdoor.handling.applying import (
    DraftGone,
    KnownDraft,
    draft_of,
    known_draft,
    locked_draft,
    touch_draft,
)
from frontdoor.handling.desk.enquiring import About, add_enquiry, enquiry_in_work
from frontdoor.handling.desk.seeing import is_kept_from, restricted_to
from frontdoor.handling.desk.taking import contact_in_work, note
from frontdoor.staff.models import User

MOST_UNFINISHED = 5
STILL_TYPING = timedelta(minutes=15)


class NotLeftYet(Exception):
    """A colleague has this form open with the customer now. Ask them, or take it up once their contact has ended."""


@dataclass(frozen=True)
class Unfinished:
    """A form that was left half-filled: of which service, with whom it was begun, and how many questions are open."""

    draft: Draft
    service_name: str
    begun_with: str
    left: int


def draft_together(*, enquiry: Enquiry, at: datetime) -> Draft | None:
    """The form that is being filled in during this enquiry's contact, if one is."""
    begun = _open_drafts(at).filter(contact=enquiry.contact_id, service=enquiry.service)
    newest = begun.order_by("-started_at").first()
    return draft_of(draft_id=newest.pk, at=at) if newest else None


def draft_in_work(*, enquiry_id: UUID, by: User, at: datetime) -> KnownDraft:
    """What is known of that form, for who took the contact. Raises MayNotTake, NotYourContact, ContactOver, DraftGone."""
    draft = draft_together(enquiry=enquiry_in_work(enquiry_id=enquiry_id, by=by), at=at)
    if draft is None:
        raise DraftGone
    return known_draft(draft=draft, at=at)


def unfinished_of(*, customer: Customer, but_not: UUID, user: User, at: datetime) -> list[Unfinished]:
    """Forms of this customer that were left half-filled in other contacts than `but_not`, the newest first."""
    drafts = list(
        _left_by(customer, user, at).exclude(contact=but_not).order_by("-touched_at")[:MOST_UNFINISHED]
    )
    if not drafts or is_kept_from(customer=customer, user=user):
        return []
    return [_unfinished(draft, at) for draft in drafts]


@transaction.atomic
def take_up_form(*, contact_id: UUID, draft_id: UUID, by: User, at: datetime, rng: Random) -> Enquiry:
    """Go on with a half-filled form in this contact, whoever began it; everything that was kept is there.

    Raises MayNotTake, NotYourContact, ContactOver, DraftGone, NotLeftYet.
    """
    contact = contact_in_work(contact_id, by)
    if contact.customer is None or is_kept_from(customer=contact.customer, user=by):
        raise DraftGone
    if not _left_by(contact.customer, by, at).filter(pk=draft_id).exists():
        raise DraftGone
    draft = locked_draft(draft_id, at)
    before = draft.contact
    if before is not None and before.ended_at is None and draft.touched_at > at - STILL_TYPING:
        raise NotLeftYet
    about = About(subject=draft.service)
    enquiry = add_enquiry(contact_id=contact.pk, about=about, by=by, at=at, rng=rng)
    draft.contact, draft.channel = contact, contact.channel
    touch_draft(draft, at)
    facts = {"enquiry": str(enquiry.pk), "begun in": str(before.pk) if before else ""}
    note(contact, "form taken up", by, at, facts)
    return enquiry


def _open_drafts(at: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(case__isnull=True, expires_at__gt=at, stopped_by="")


def _left_by(customer: Customer, user: User, at: datetime) -> QuerySet[Draft]:
    theirs = Q(contact__customer=customer) | Q(contact__customer__merged_into=customer)
    drafts = _open_drafts(at).filter(theirs).exclude(service__in=restricted_to(user))
    return drafts.select_related("pack", "contact__taken_by").defer("pack__files")


def _unfinished(draft: Draft, at: datetime) -> Unfinished:
    known = known_draft(draft=draft, at=at)
    taken_by = draft.contact.taken_by if draft.contact else None
    return Unfinished(
        draft,
        known.pack.service.name,
        taken_by.full_name if taken_by else "",
        len(known.pages_missing()),
    )
