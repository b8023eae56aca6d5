"""Evidence: what was asked for, what came, and what an officer made of it."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.contacts.models import StoredFile
from frontdoor.staff.models import User


class EvidenceStatus(models.TextChoices):
    """Where a piece of evidence stands."""

    ASKED = "asked", "Asked for"
    RECEIVED = "received", "Received, not yet looked at"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Not accepted"


class Evidence(models.Model):
    """One piece of evidence of one kind. Without a file it was asked for, or seen on paper or in another
    system.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=80)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="evidence")
    status = models.CharField(max_length=10, choices=EvidenceStatus.choices)
    dated_on = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="evidence_seen")
    seen_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=EvidenceStatus.values), name="cases_evidence_status"
            )
        ]
