"""What was counted, and how far the journal has been read."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """How many of one thing there were on one London day, for one service and channel.

    `what` is named in `counting`, some with a part after a slash (`wait/20`, `demand/failure/NO_RESPONSE`). `total` adds
    up what each of them took, in seconds or days, where it took any time. Empty service: not known, or none of ours.
    """

    on = models.DateField()
    service = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    what = models.CharField(max_length=100)
    count = models.PositiveIntegerField()
    total = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "service", "channel", "what"], name="insight_tally_once")
        ]
        indexes = [models.Index(fields=["what", "on"], name="insight_tally_what")]


class ReadUpTo(models.Model):
    """The last journal entry whose days have been counted, and by which rules; one row."""

    entry = models.BigIntegerField()
    rules = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
