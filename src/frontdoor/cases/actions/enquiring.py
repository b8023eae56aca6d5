"""Enquiries of a contact: opened, closed, handed on, settled."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from frontdoor.cases.models import Case, Enquiry, EnquiryOutcome, ToldHow
from frontdoor.contacts.models import Contact
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Team, User


class EnquiryClosed(Exception):
    """This enquiry was closed already. Open a new one if there is more to it; nothing was changed."""


class NotHandedOn(Exception):
    """This enquiry does not wait for anybody: it was not handed on, or it was settled already."""


class TakenBySomebody(Exception):
    """A colleague took this a moment ago. Take another one, or ask them for it; nothing was changed."""


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


def take_given(*, enquiry: Enquiry, user: User, at: datetime) -> Enquiry:
    """Somebody takes for themselves what waits for their team. Raises NotHandedOn, TakenBySomebody."""
    _require_waiting(enquiry)
    if enquiry.to_user_id not in (None, user.pk):
        raise TakenBySomebody
    enquiry.to_user, enquiry.taken_at = user, at
    enquiry.save(update_fields=["to_user", "taken_at"])
    return enquiry


def put_back_given(*, enquiry: Enquiry) -> Enquiry:
    """It waits for the team as a whole again. Raises NotHandedOn."""
    _require_waiting(enquiry)
    enquiry.to_user, enquiry.taken_at = None, None
    enquiry.save(update_fields=["to_user", "taken_at"])
    return enquiry


def settle_given(*, enquiry: Enquiry, told: ToldHow, words: str, by: User, at: datetime) -> Enquiry:
    """What was handed on is done, and this is how the customer heard of it. Raises NotHandedOn."""
    _require_waiting(enquiry)
    enquiry.settled_by, enquiry.settled_at = by, at
    enquiry.told_how, enquiry.told_words = told, words
    enquiry.save(update_fields=["settled_by", "settled_at", "told_how", "told_words"])
    return enquiry


def _require_waiting(enquiry: Enquiry) -> None:
    if enquiry.to_team_id is None or enquiry.settled_at is not None:
        raise NotHandedOn


def link_case(*, enquiry: Enquiry, case: Case) -> Enquiry:
    """Say which case it is about, or which came of it."""
    enquiry.case = case
    enquiry.save(update_fields=["case"])
    return enquiry
