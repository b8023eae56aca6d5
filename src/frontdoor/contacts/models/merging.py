"""Two records of one person made one, so that it can be undone exactly."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from frontdoor.contacts.models.people import Customer


class Merge(models.Model):
    """Two customers whom a person found to be one. `other` stays, points at `keep`, and is found by its name.

    `moved`: the rows that went over (table and column, primary keys). `filled`: what `keep` took over from `other`,
    with what stood there before. `closed`: ids of contact points that are no longer used since one of the two said
    so, and of likenesses settled by it.
    """

    id = models.UUIDField(primary_key=True)
    keep = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges_as_other")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merges")
    because = models.CharField(max_length=400)
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=dict)
    closed = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="merges_undone"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["other"], condition=models.Q(undone_at__isnull=True), name="contacts_merged_once"
            ),
            models.CheckConstraint(condition=~models.Q(keep=models.F("other")), name="contacts_merge_of_two"),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="contacts_merge_undone_by_somebody",
            ),
        ]
