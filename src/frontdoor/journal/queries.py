"""Reads of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from frontdoor.journal.models import JournalEntry, Seal
from frontdoor.journal.sealing import Break, first_break

CHUNK = 2000


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
    broken = first_break(_links())
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


def _links() -> Iterator[tuple[int, int, str, JournalEntry | None]]:
    start = 0
    while True:
        seals = list(Seal.objects.filter(number__gt=start).order_by("number")[:CHUNK])
        if not seals:
            return
        entries = JournalEntry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            yield seal.number, seal.entry_id, seal.digest, entries.get(seal.entry_id)
        start = seals[-1].number
