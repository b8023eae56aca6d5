"""Keep what the rules propose of an enquiry, and what the advisor makes of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.cases.actions.enquiring import done_online, lock_enquiry
from frontdoor.cases.models import Case, Cause, DemandType, Enquiry
from frontdoor.contacts.models import Channel, Contact
from frontdoor.handling.demand.rules import Proposal, propose
from frontdoor.handling.demand.seeing import Looked
from frontdoor.handling.people import staff
from frontdoor.handling.recording import record_of_enquiry
from frontdoor.staff.models import User

REMEMBERED = timedelta(days=28)


class NotYourEnquiry(LookupError):
    """This enquiry was not taken by you, or is gone. Go back to your desk."""


class CauseNotGiven(Exception):
    """A contact that was a failure has a cause. Choose the one that fits best."""


def propose_cause(*, enquiry: Enquiry, at: datetime) -> Proposal:
    """Work out why the contact came and keep it as a proposal, in the caller's transaction."""
    proposal = _proposed(enquiry, at)
    enquiry.save(update_fields=["proposed_type", "proposed_cause", "because"])
    return proposal


def note_online(*, contact: Contact, case: Case | None, at: datetime, rng: Random) -> Enquiry | None:
    """What a customer did by themselves on the web is an enquiry that is done, with why they came as the record says;
    nobody was there to confirm it. None on other channels. In the caller's transaction.
    """
    if contact.channel != Channel.WEB:
        return None
    enquiry = done_online(contact=contact, case=case, at=at, rng=rng)
    _proposed(enquiry, at)
    enquiry.save(force_insert=True)
    return enquiry


def _proposed(enquiry: Enquiry, at: datetime) -> Proposal:
    proposal = propose(Looked(enquiry=enquiry, at=at))
    enquiry.proposed_type = proposal.type
    enquiry.proposed_cause = proposal.cause or ""
    enquiry.because = [{"rule": proposal.rule, **proposal.evidence}]
    return proposal


def to_confirm(*, user: User, at: datetime) -> QuerySet[Enquiry]:
    """What this advisor closed and has not looked at yet, newest first; contacts of value need no look. Nobody remembers
    a call of more than four weeks ago: its cause stays as proposed.
    """
    closed = Enquiry.objects.filter(
        contact__taken_by=user,
        contact__answered_at__gte=at - REMEMBERED,
        ended_at__isnull=False,
        confirmed_at__isnull=True,
    )
    return (
        closed.exclude(proposed_type__in=["", DemandType.VALUE])
        .select_related("contact", "case")
        .order_by("-ended_at")
    )


@transaction.atomic
def confirm_cause(
    *, enquiry_id: UUID, type: DemandType, cause: Cause | None, by: User, at: datetime
) -> Enquiry:
    """The advisor says what it was: as proposed, or something else. Raises NotYourEnquiry, CauseNotGiven."""
    try:
        enquiry = lock_enquiry(enquiry_id=enquiry_id)
    except Enquiry.DoesNotExist:
        raise NotYourEnquiry from None
    if enquiry.contact.taken_by_id != by.pk or enquiry.is_open:
        raise NotYourEnquiry
    if type is DemandType.FAILURE and cause is None:
        raise CauseNotGiven
    enquiry.type, enquiry.cause = type, (cause or "") if type is not DemandType.VALUE else ""
    enquiry.confirmed_by, enquiry.confirmed_at = by, at
    enquiry.save(update_fields=["type", "cause", "confirmed_by", "confirmed_at"])
    facts = {
        "type": enquiry.type,
        "cause": enquiry.cause,
        "as proposed": (enquiry.type, enquiry.cause) == (enquiry.proposed_type, enquiry.proposed_cause),
    }
    record_of_enquiry(enquiry=enquiry, event="cause confirmed", by=staff(by).actor, at=at, facts=facts)
    return enquiry
