"""What somebody is contracted to work, and long work that is done in the background while one watches."""

from __future__ import annotations

from django.db import models

from frontdoor.staff.models import User


class Contract(models.Model):
    """From a day on, so many paid minutes a week on so many `days` of these weekdays (Monday 0; empty: the usual five),
    not before or after these hours of London. In the office on the `office_weekdays`, and on `office_days` in all;
    `prefers`: the start liked best; `fixed`: shifts that stand every week, each as weekday, from and to, such as
    [1, "08:00", "13:00"].
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="contracts")
    since_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    weekdays = models.JSONField(default=list)
    earliest = models.TimeField(null=True)
    latest = models.TimeField(null=True)
    office_days = models.PositiveSmallIntegerField(default=0)
    office_weekdays = models.JSONField(default=list)
    prefers = models.TimeField(null=True)
    fixed = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "since_on"], name="workforce_contract_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=15, minutes__lte=2880, days__gte=1, days__lte=7),
                name="workforce_contract_of_a_week",
            ),
            models.CheckConstraint(
                condition=models.Q(office_days__lte=models.F("days")), name="workforce_contract_office_days"
            ),
            models.CheckConstraint(
                condition=models.Q(earliest__isnull=True)
                | models.Q(latest__isnull=True)
                | models.Q(earliest__lt=models.F("latest")),
                name="workforce_contract_hours_of_a_day",
            ),
        ]


class WorkKind(models.TextChoices):
    """What sort of long work it is."""

    FORECAST = "forecast", "Forecast"
    ROTA = "rota", "Rota"
    WHAT_IF = "what if", "What-ifs"
    NEED = "need", "Need by skill"


class LongWork(models.Model):
    """Work that takes a while, as a row that a worker takes: how far it is, whether it is to stop, and what came of it.

    `progress` runs from 0 to 1; `words` say where it is, or what was wrong. `result` is what is kept of it.
    """

    kind = models.CharField(max_length=8, choices=WorkKind.choices)
    asked = models.JSONField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="long_works")
    asked_at = models.DateTimeField()
    progress = models.FloatField(default=0)
    words = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    stop_at = models.DateTimeField(null=True)
    is_fault = models.BooleanField(default=False)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=WorkKind.values), name="workforce_work_kind"),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="workforce_work_progress"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(done_at__isnull=True), name="workforce_work_due"
            )
        ]
