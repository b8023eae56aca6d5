"""The journal cannot be changed through the database, and where somebody goes round it, verifying names the entry."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from frontdoor.journal.actions import record, seal_entries
from frontdoor.journal.models import JournalEntry, Seal
from frontdoor.journal.queries import verify
from frontdoor.kernel.entries import Actor

SYSTEM = Actor("system", "clock")
STATEMENTS = [
    "UPDATE journal_journalentry SET event = 'case closed'",
    "DELETE FROM journal_journalentry",
    "UPDATE journal_seal SET digest = ''",
    "DELETE FROM journal_seal",
]


@pytest.fixture
def sealed(transactional_db: None, at: datetime) -> list[JournalEntry]:
    """Six entries, sealed."""
    entries = [
        record(at=at + timedelta(minutes=n), by=SYSTEM, event="case opened", facts={"number": n})
        for n in range(6)
    ]
    assert seal_entries(at=at) == len(entries)
    return entries


def behind_its_back(*statements: str) -> None:
    """What only somebody with the keys of the database can do: lift the guard, change, and put it back."""
    guard = import_module("frontdoor.journal.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        guard.allow(apps, editor)
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        with connection.schema_editor() as editor:
            guard.refuse(apps, editor)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_or_remove(sealed: list[JournalEntry], statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (JournalEntry.objects.count(), Seal.objects.count(), verify().broken) == (6, 6, None)


@pytest.mark.django_db(transaction=True)
def test_one_changed_byte_is_found_and_named(sealed: list[JournalEntry]) -> None:
    victim = sealed[3]
    changed = victim.facts_json.replace("3", "4")
    behind_its_back(f"UPDATE journal_journalentry SET facts_json = '{changed}' WHERE id = {victim.pk}")
    broken = verify().broken
    assert broken is not None
    assert (broken.number, broken.entry_id) == (4, victim.pk)
    assert "was changed" in broken.problem


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event", "'case closed'"),
        ("actor_id", "'somebody'"),
        ("service", "'other'"),
        ("shown", "NOT shown"),
        ("at", "'2020-01-01 00:00:00+00:00'"),
    ],
)
def test_a_change_in_any_column_is_found(sealed: list[JournalEntry], column: str, value: str) -> None:
    behind_its_back(f"UPDATE journal_journalentry SET {column} = {value} WHERE id = {sealed[0].pk}")
    broken = verify().broken
    assert broken is not None
    assert broken.entry_id == sealed[0].pk


@pytest.mark.django_db(transaction=True)
def test_a_removed_entry_is_found_and_named(sealed: list[JournalEntry]) -> None:
    behind_its_back(f"DELETE FROM journal_journalentry WHERE id = {sealed[2].pk}")
    broken = verify().broken
    assert broken is not None
    assert (broken.number, broken.problem) == (3, f"entry {sealed[2].pk} was removed")


@pytest.mark.django_db(transaction=True)
def test_an_entry_removed_with_its_seal_is_found(sealed: list[JournalEntry]) -> None:
    victim = sealed[2].pk
    behind_its_back(
        f"DELETE FROM journal_journalentry WHERE id = {victim}",
        f"DELETE FROM journal_seal WHERE entry_id = {victim}",
    )
    broken = verify().broken
    assert broken is not None
    assert broken.number == 3


@pytest.mark.django_db(transaction=True)
def test_a_cut_tail_is_found_by_the_digest_noted_earlier(sealed: list[JournalEntry]) -> None:
    head = verify().head
    last = sealed[-1].pk
    behind_its_back(
        f"DELETE FROM journal_journalentry WHERE id = {last}",
        f"DELETE FROM journal_seal WHERE entry_id = {last}",
    )
    assert verify().broken is None  # the rest holds by itself
    broken = verify(expected_head=head).broken
    assert broken is not None
    assert "cut off" in broken.problem


@pytest.mark.django_db(transaction=True)
def test_sealing_in_parts_makes_one_chain(sealed: list[JournalEntry], at: datetime) -> None:
    for number in range(5):
        record(at=at, by=SYSTEM, event="case moved", facts={"number": number})
        seal_entries(at=at, limit=1)
    found = verify()
    assert (found.entries, found.sealed, found.unsealed, found.broken) == (11, 11, 0, None)


@pytest.mark.django_db(transaction=True)
def test_a_late_number_is_sealed_after_a_higher_one(sealed: list[JournalEntry], at: datetime) -> None:
    late = sealed[-1].pk + 5
    JournalEntry.objects.create(pk=late + 1, at=at, actor_kind="system", event="case opened")
    seal_entries(at=at)
    JournalEntry.objects.create(pk=late, at=at, actor_kind="system", event="case opened")
    assert seal_entries(at=at) == 1
    assert verify().broken is None
