"""What the database says that a link covers is what the entry says."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from frontdoor.journal.actions import record, seal_entries
from frontdoor.journal.chaining import chain_so_far, next_links, stored_links
from frontdoor.journal.models import JournalEntry, Seal
from frontdoor.journal.queries import verify
from frontdoor.journal.sealing import sealed_form
from frontdoor.kernel.entries import Actor


@pytest.fixture
def entries(db: None, at: datetime) -> list[JournalEntry]:
    """Entries with and without each column, whole seconds and parts of one, and letters of more than one byte."""
    key = UUID("0190f5a0-0000-7000-8000-0000000000ff")
    return [
        record(at=at, by=Actor("system", "clock"), event="checked"),
        record(
            at=at + timedelta(microseconds=120),
            by=Actor("staff", "7"),
            event="case moved",
            case=key,
            contact=key,
            customer=key,
            service="blue-badge",
            facts={"to": "größer \\ 'x'", "number": 1},
            shown=True,
        ),
        record(at=at.replace(microsecond=0), by=Actor("staff", "7"), event="read", customer=key),
    ]


def test_links_made_for_many_are_those_of_the_worker(entries: list[JournalEntry], at: datetime) -> None:
    made = [digest for _, _, digest in next_links(chain_so_far(), limit=10)[1]]
    assert seal_entries(at=at) == len(entries)
    assert list(Seal.objects.order_by("number").values_list("digest", flat=True)) == made
    assert next_links(chain_so_far(), limit=10)[1] == []


def test_what_a_stored_link_covers_is_the_whole_entry(entries: list[JournalEntry], at: datetime) -> None:
    seal_entries(at=at)
    covered = [text.encode() for *_, text in stored_links() if text is not None]
    assert covered == [sealed_form(each).as_bytes() for each in JournalEntry.objects.order_by("pk")]
    assert verify().broken is None
