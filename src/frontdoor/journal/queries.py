"""Reads of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from frontdoor.journal.chaining import stored_links
from frontdoor.journal.models import JournalEntry, Seal
from frontdoor.journal.sealing import LATE_BY, Break, first_break

EVENT_NAMES = """
WITH RECURSIVE named (event) AS (
    SELECT min(event) FROM journal_journalentry
    UNION ALL
    SELECT (SELECT min(event) FROM journal_journalentry WHERE event > named.event) FROM named WHERE event IS NOT NULL
)
SELECT event FROM named WHERE event IS NOT NULL ORDER BY event
"""


def entries_of_case(*, case_id: UUID) -> QuerySet[JournalEntry]:
    """Every entry of a case, oldest first."""
    return JournalEntry.objects.filter(case_id=case_id).order_by("pk")


@dataclass(frozen=True)
class Verified:
    """What verifying found. `head` is the last digest: keep it elsewhere, and a later run can prove that no
    tail was cut off.
    """

    entries: int
    sealed: int
    unsealed: int
    head: str
    broken: Break | None


def verify(*, expected_head: str | None = None) -> Verified:
    """Walk the whole chain. `expected_head` is a digest noted earlier: it must still be part of the chain."""
    broken = first_break(stored_links(), lambda entry_id: JournalEntry.objects.get(pk=entry_id))
    total, sealed = JournalEntry.objects.count(), Seal.objects.count()
    last = Seal.objects.order_by("-number").first()
    if broken is None and expected_head and not Seal.objects.filter(digest=expected_head).exists():
        broken = Break(
            sealed + 1,
            0,
            "the digest noted earlier is no longer in the chain: the end of the journal was cut off",
        )
    return Verified(
        total,
        sealed,
        total - sealed if broken is None else max(total - sealed, 0),
        last.digest if last else "",
        broken,
    )


def unsealed_now() -> int:
    """How many entries wait for their seal; looks as far back as the worker that seals does."""
    return _unsealed().count()


def unsealed_before(at: datetime) -> int:
    """How many entries of before `at` still wait for their seal: among the newest, where no index of instants helps."""
    return _unsealed().alias(came_at=Coalesce("at", "at")).filter(came_at__lt=at).count()


def last_of(*, event: str) -> datetime | None:
    """When an event was last recorded; None where it never was."""
    entries = JournalEntry.objects.filter(event=event).order_by("-at")
    return entries.values_list("at", flat=True).first()


@dataclass(frozen=True)
class LookedFor:
    """What somebody looks for in the journal; empty means anything. `since` and `until` are instants, until excluded."""

    case_id: UUID | None = None
    actor_id: str = ""
    event: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries_like(looked_for: LookedFor) -> QuerySet[JournalEntry]:
    """Entries of every kind that fit, newest first: by their instants where an index finds them by these, else by their
    numbers, which follow the instants but for what came in at once.
    """
    is_dated = looked_for.event or looked_for.since or looked_for.until
    found = JournalEntry.objects.order_by("-at", "-pk") if is_dated else JournalEntry.objects.order_by("-pk")
    if looked_for.case_id is not None:
        found = found.filter(case_id=looked_for.case_id)
    if looked_for.actor_id:
        found = found.filter(actor_kind="staff", actor_id=looked_for.actor_id)
    if looked_for.event:
        found = found.filter(event=looked_for.event)
    if looked_for.since is not None:
        found = found.filter(at__gte=looked_for.since)
    if looked_for.until is not None:
        found = found.filter(at__lt=looked_for.until)
    return found


def event_names() -> list[str]:
    """Every event there has been, by name: each is looked up as the next after the one before, whatever their number."""
    with connection.cursor() as cursor:
        cursor.execute(EVENT_NAMES)
        return [str(name) for (name,) in cursor.fetchall()]


def _unsealed() -> QuerySet[JournalEntry]:
    start = (Seal.objects.aggregate(top=Max("entry_id"))["top"] or 0) - LATE_BY
    seals = Seal.objects.filter(entry_id=OuterRef("pk"))
    return JournalEntry.objects.filter(~Exists(seals), pk__gt=start)
