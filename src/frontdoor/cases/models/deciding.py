"""Facts that staff recorded, and decisions."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.staff.models import User


class RecordedFact(models.Model):
    """A fact a member of staff recorded, with who and when. The newest of a name counts; older ones stay."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recorded_facts")
    name = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="recorded_facts")
    at = models.DateTimeField()


class DecisionRecord(models.Model):
    """A decision: outcome, reasons, the whole sheet as it stood, the version of the rules, and who."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=80)
    move = models.CharField(max_length=80)
    reasons = models.JSONField(default=list)
    words = models.TextField(blank=True)
    sheet = models.JSONField()
    pack_version = models.CharField(max_length=64)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="decisions_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(by__isnull=True)
                | ~models.Q(confirmed_by=models.F("by")),
                name="cases_second_pair_of_eyes",
            )
        ]
        indexes = [models.Index(fields=["at"], name="cases_decided")]
