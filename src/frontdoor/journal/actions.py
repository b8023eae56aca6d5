"""Writes to the journal: record an event, and seal what was recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from frontdoor.journal.models import JournalEntry, Seal
from frontdoor.journal.sealing import GENESIS, LATE_BY, digest_of
from frontdoor.kernel.entries import Actor, Entry, Subject

SEALER_LOCK = 7_310_552


def record(
    *,
    at: datetime,
    by: Actor,
    event: str,
    case: UUID | None = None,
    contact: UUID | None = None,
    customer: UUID | None = None,
    service: str | None = None,
    facts: Mapping[str, object] | None = None,
    shown: bool = False,
) -> JournalEntry:
    """Record one event, in the caller's transaction. `shown`: the customer sees it on their own timeline.

    Raises BadEntry where the facts hold free text: names and words belong in the records the entry points at.
    """
    subject = Subject(case=case, contact=contact, customer=customer, service=service)
    entry = Entry(at=at, actor=by, event=event, subject=subject, facts=dict(facts or {}), shown=shown)
    return JournalEntry.objects.create(
        at=entry.at,
        actor_kind=entry.actor.kind,
        actor_id=entry.actor.id,
        event=entry.event,
        case_id=case,
        contact_id=contact,
        customer_id=customer,
        service=service or "",
        facts_json=json.dumps(entry.facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        shown=shown,
    )


@transaction.atomic
def seal_entries(*, at: datetime, limit: int = 1000, is_thorough: bool = False) -> int:
    """Chain up to `limit` entries that bear no seal yet; returns how many. Only one worker seals at a time.

    An entry's number is drawn when it is written and shows when its transaction ends, so a lower number may
    come late: each
    run looks `LATE_BY` numbers behind the highest sealed one, and a thorough run looks at the whole journal.
    """
    _take_turns()
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number, last.digest) if last else (0, GENESIS)
    seals: list[Seal] = []
    for entry in _unsealed(limit, is_thorough):
        number += 1
        previous = digest_of(previous=previous, entry=entry, number=number)
        seals.append(Seal(number=number, entry_id=entry.pk, digest=previous, sealed_at=at))
    Seal.objects.bulk_create(seals)
    return len(seals)


def _unsealed(limit: int, is_thorough: bool) -> list[JournalEntry]:
    highest = Seal.objects.aggregate(top=Max("entry_id"))["top"] or 0
    start = 0 if is_thorough else highest - LATE_BY
    seals = Seal.objects.filter(entry_id=OuterRef("pk"))
    return list(JournalEntry.objects.filter(~Exists(seals), pk__gt=start).order_by("pk")[:limit])


def _take_turns() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])
