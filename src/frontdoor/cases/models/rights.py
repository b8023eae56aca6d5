"""What protects people: looks at restricted cases in an emergency, copies made for the person concerned, and holds."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.contacts.models import Customer
from frontdoor.staff.models import User


class EmergencyAccess(models.Model):
    """Somebody outside its team may read one restricted case, from `opened_at` until `ends_at`, for a reason they gave.
    Each is looked at by a manager afterwards.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="emergency_accesses")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergency_accesses")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="accesses_reviewed"
    )
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("opened_at")) & ~models.Q(reason=""),
                name="cases_emergency_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | models.Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                & ~models.Q(reviewed_by=models.F("user")),
                name="cases_emergency_reviewed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="cases_emergency_user")]


class CopyMade(models.Model):
    """A copy of everything we hold of a customer, made for them. The copy itself is not kept: its digest is."""

    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="copies_made")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="copies_made")
    reason = models.TextField()
    made_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)


class Hold(models.Model):
    """A case that must not be erased, whatever its age: an inquiry or a court may ask for it. Nobody's name stands with
    what was done from the command line.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="holds_placed")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="holds_lifted")
    lifted_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(lifted_at__isnull=True), name="cases_hold_runs_once"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=False)
                | models.Q(lifted_by__isnull=True, lifted_because=""),
                name="cases_hold_lifted_whole",
            ),
        ]
