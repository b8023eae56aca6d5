"""Journal entries about a case: the same subject every time, so it is put together in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from frontdoor.cases.models import Case
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
