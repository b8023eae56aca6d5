"""Enquiries of a contact: opened, closed, handed on, settled."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from frontdoor.cases.models import Case, Enquiry, EnquiryOutcome
from frontdoor.contacts.models import Contact
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Team, User


class EnquiryClosed(Exception):
    """This enquiry was closed already. Open a new one if there is more to it; nothing was changed."""


class NotHandedOn(Exception):
    """This enquiry does not wait for anybody: it was not handed on, or it was settled already."""


def open_enquiry(
    *, contact: Contact, service: str, enquiry: str, case: Case | None, at: datetime, rng: Random
) -> Enquiry:
    """One more thing that a contact is about."""
    return Enquiry.objects.create(
        id=uuid7(at=at, rng=rng), contact=contact, service=service, enquiry=enquiry, case=case, began_at=at
    )


def done_online(*, contact: Contact, case: Case | None, at: datetime, rng: Random) -> Enquiry:
    """What a contact on the web was about, done as it came; not stored yet."""
    return Enquiry(
        id=uuid7(at=at, rng=rng),
        contact=contact,
        service=contact.service,
        enquiry=contact.enquiry,
        case=case,
        outcome=EnquiryOutcome.ONLINE,
        began_at=at,
        ended_at=at,
    )


def lock_enquiry(*, enquiry_id: UUID) -> Enquiry:
    """The enquiry, locked for this transaction. Raises Enquiry.DoesNotExist."""
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("contact", "case")
    return rows.get(pk=enquiry_id)


def end_enquiry(*, enquiry: Enquiry, outcome: EnquiryOutcome, words: str, at: datetime) -> Enquiry:
    """Close it with its outcome and what was said and done. Raises EnquiryClosed."""
    if not enquiry.is_open:
        raise EnquiryClosed
    enquiry.outcome, enquiry.words, enquiry.ended_at = outcome, words.strip(), at
    enquiry.save(update_fields=["outcome", "words", "ended_at"])
    return enquiry


def give_enquiry(*, enquiry: Enquiry, team: Team, user: User | None, promised_for_at: datetime) -> Enquiry:
    """Whom it waits for from now on, and by when the customer will hear."""
    enquiry.to_team, enquiry.to_user, enquiry.promised_for_at = team, user, promised_for_at
    enquiry.save(update_fields=["to_team", "to_user", "promised_for_at"])
    return enquiry


def settle_given(*, enquiry: Enquiry, by: User, at: datetime) -> Enquiry:
    """What was handed on is done. Raises NotHandedOn."""
    if enquiry.to_team_id is None or enquiry.settled_at is not None:
        raise NotHandedOn
    enquiry.settled_by, enquiry.settled_at = by, at
    enquiry.save(update_fields=["settled_by", "settled_at"])
    return enquiry


def link_case(*, enquiry: Enquiry, case: Case) -> Enquiry:
    """Say which case it is about, or which came of it."""
    enquiry.case = case
    enquiry.save(update_fields=["case"])
    return enquiry
