"""Journal entries about a case, a contact or an enquiry: the same subject every time, put together in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from frontdoor.cases.models import Case, Enquiry
from frontdoor.contacts.models import Contact
from frontdoor.journal.actions import record
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.entries import Actor


def record_of_case(
    *,
    case: Case,
    event: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    contact: UUID | None = None,
    shown: bool = False,
) -> JournalEntry:
    """Record what happened to a case, in the caller's transaction. `shown`: the customer sees it on their timeline.

    Raises BadEntry where the facts hold free text.
    """
    return record(
        at=at,
        by=by,
        event=event,
        case=case.pk,
        contact=contact,
        customer=case.customer_id,
        service=case.service,
        facts=facts,
        shown=shown,
    )


def record_of_contact(
    *, contact: Contact, event: str, by: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> JournalEntry:
    """Record what happened to a contact, in the caller's transaction. Raises BadEntry where the facts hold free text."""
    return record(
        at=at,
        by=by,
        event=event,
        contact=contact.pk,
        customer=contact.customer_id,
        service=contact.service or None,
        facts=facts,
    )


def record_of_enquiry(
    *, enquiry: Enquiry, event: str, by: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> JournalEntry:
    """Record what happened to an enquiry, in the caller's transaction. Its id stands in the facts.

    Raises BadEntry where the facts hold free text.
    """
    return record(
        at=at,
        by=by,
        event=event,
        case=enquiry.case_id,
        contact=enquiry.contact_id,
        customer=enquiry.contact.customer_id,
        service=enquiry.service or None,
        facts={"enquiry": str(enquiry.pk), **(facts or {})},
    )
