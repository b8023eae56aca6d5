"""The journal's two tables, both append-only: the entries, and the seals that chain them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import models


class JournalEntry(models.Model):
    """One event. `facts_json` is canonical JSON text, so that a single changed byte shows."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64, blank=True)
    event = models.CharField(max_length=60)
    case_id = models.UUIDField(null=True)
    contact_id = models.UUIDField(null=True)
    customer_id = models.UUIDField(null=True)
    service = models.CharField(max_length=60, blank=True)
    facts_json = models.TextField(default="{}")
    shown = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "id"], name="journal_case"),
            models.Index(fields=["customer_id", "id"], name="journal_customer"),
            models.Index(fields=["event", "at"], name="journal_event"),
            models.Index(fields=["at"], name="journal_at"),
            models.Index(
                fields=["actor_id", "id"], condition=models.Q(actor_kind="staff"), name="journal_by_staff"
            ),
        ]

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts of the event, by name."""
        facts: dict[str, object] = json.loads(self.facts_json)
        return facts


class Seal(models.Model):
    """One link of the hash chain. `number` counts from 1 without gaps; `digest` covers the entry and the
    digest before.
    """

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
