"""What was counted, how far the journal has been read, and what is aimed at."""

from __future__ import annotations

from django.db import models

from frontdoor.staff.models import User


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
        indexes = [
            models.Index(fields=["what", "on"], name="insight_tally_what"),
            models.Index(fields=["service", "on"], name="insight_tally_service"),
        ]


class MonthTally(models.Model):
    """The tallies of the days of a calendar month added up, so that a year is twelve rows of each kind and not 365.

    `month` is its first day; `rests_on` says how many people it is about (`resting`), so that what rests on a few need
    not be looked for while a page waits. Everything else is as in `Tally`.
    """

    month = models.DateField()
    service = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    what = models.CharField(max_length=100)
    count = models.PositiveIntegerField()
    total = models.BigIntegerField(default=0)
    rests_on = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "service", "channel", "what"], name="insight_month_tally_once"
            )
        ]
        indexes = [
            models.Index(fields=["what", "month"], name="insight_month_tally_what"),
            models.Index(fields=["service", "month"], name="insight_month_tally_service"),
        ]


class ReadUpTo(models.Model):
    """The last journal entry whose days have been counted, and by which rules; one row."""

    entry = models.BigIntegerField()
    rules = models.PositiveSmallIntegerField()
    at = models.DateTimeField()


class Target(models.Model):
    """What a figure is to come to, for all services (empty) or one, over a period; both days included.

    `value` is in the unit of the measure: a count, per cent, seconds, days, pence.
    """

    measure = models.CharField(max_length=30)
    service = models.CharField(max_length=60, blank=True)
    first = models.DateField()
    last = models.DateField()
    value = models.FloatField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="targets_set")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "service", "first", "last"], name="insight_target_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")), name="insight_target_period"
            ),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="insight_target_not_below_nothing"),
        ]
