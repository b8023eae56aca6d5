"""Lists that may be millions long are counted and turned over only so far."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from frontdoor.journal.models import JournalEntry
from frontdoor.journal.queries import LookedFor, entries_like, event_names
from frontdoor.staff.models import Role
from frontdoor.web import bounded
from frontdoor.web.bounded import BoundedPaginator
from tests.integration.office.conftest import NewUser, SignIn

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def _entries(count: int) -> None:
    events = ("thing came", "thing went", "another thing came")
    rows = (
        JournalEntry(at=NOON, actor_kind="staff", actor_id=str(n % 2), event=events[n % 3])
        for n in range(count)
    )
    JournalEntry.objects.bulk_create(rows)


@pytest.mark.django_db
def test_a_list_ends_after_so_many_pages_and_says_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_PAGES", 3)
    _entries(7)
    found = JournalEntry.objects.order_by("-pk")
    cut = BoundedPaginator(found, 2)
    assert (cut.count, cut.num_pages, cut.goes_on) == (6, 3, True)
    assert len(cut.get_page(99).object_list) == 2
    whole = BoundedPaginator(found, 3)
    assert (whole.count, whole.num_pages, whole.goes_on) == (7, 3, False)


@pytest.mark.django_db
def test_every_event_is_named_once_and_entries_come_newest_first_however_narrowed() -> None:
    _entries(6)
    assert event_names() == ["another thing came", "thing came", "thing went"]
    newest = [entry.pk for entry in entries_like(LookedFor())]
    assert newest == sorted(newest, reverse=True)
    assert [entry.pk for entry in entries_like(LookedFor(since=NOON))] == newest
    assert [entry.event for entry in entries_like(LookedFor(event="thing went"))] == ["thing went"] * 2
    assert {entry.actor_id for entry in entries_like(LookedFor(actor_id="1"))} == {"1"}


@pytest.mark.django_db
def test_without_any_entry_there_is_no_event() -> None:
    assert event_names() == []


@pytest.mark.django_db
def test_the_journal_says_that_older_entries_need_narrowing(
    new_user: NewUser, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST_PAGES", 1)
    auditor: Client = sign_in(new_user("Ada Auditor", role=Role.AUDITOR))
    assert "Narrow what you look for" not in auditor.get("/staff/journal/").content.decode()
    _entries(120)
    assert "Narrow what you look for" in auditor.get("/staff/journal/").content.decode()
