"""The hash chain over journal entries: SHA-256 over the digest before, the link's number and the entry's own
bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from frontdoor.journal.models import JournalEntry

GENESIS = "0" * 64
LATE_BY = 5000
"""How many numbers behind the highest sealed entry one may still come that was begun before it."""


@dataclass(frozen=True)
class SealedEntry:
    """What the chain covers of one entry."""

    fields: tuple[str, ...]

    def as_bytes(self) -> bytes:
        """Each field preceded by its length, so that no two entries give the same bytes."""
        return b"".join(f"{len(field.encode())}:{field};".encode() for field in self.fields)


def sealed_form(entry: JournalEntry) -> SealedEntry:
    """The text of every column of the entry, in a fixed order; the instant in UTC to the microsecond."""
    return SealedEntry(
        fields=(
            str(entry.pk),
            entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            entry.actor_kind,
            entry.actor_id,
            entry.event,
            str(entry.case_id or ""),
            str(entry.contact_id or ""),
            str(entry.customer_id or ""),
            entry.service,
            entry.facts_json,
            "shown" if entry.shown else "not shown",
        )
    )


def digest_of(*, previous: str, entry: JournalEntry, number: int) -> str:
    """The digest of link `number`, in hexadecimal."""
    return link_digest(previous=previous, covered=sealed_form(entry).as_bytes(), number=number)


def link_digest(*, previous: str, covered: bytes, number: int) -> str:
    """The same from what the chain covers of the entry."""
    return hashlib.sha256(f"{previous}|{number}|".encode() + covered).hexdigest()


Read = Callable[[int], JournalEntry]
"""Reads an entry by its number."""


@dataclass(frozen=True)
class Break:
    """Where the chain no longer holds, and what that means."""

    number: int
    entry_id: int
    problem: str


def first_break(links: Iterable[tuple[int, int, str, str | None]], read: Read) -> Break | None:
    """The first link (number, entry id, digest, what the database says is covered) that does not hold, walking from the
    first; None if all hold. Where a digest differs, the entry is read by itself before anything is said.
    """
    previous, expected = GENESIS, 1
    for number, entry_id, digest, covered in links:
        if number != expected:
            return Break(expected, entry_id, f"link {expected} is missing: a seal was removed")
        if covered is None:
            return Break(number, entry_id, f"entry {entry_id} was removed")
        found = link_digest(previous=previous, covered=covered.encode(), number=number)
        if found != digest and digest_of(previous=previous, entry=read(entry_id), number=number) != digest:
            return Break(number, entry_id, f"entry {entry_id} was changed, or its seal was")
        previous, expected = digest, expected + 1
    return None
