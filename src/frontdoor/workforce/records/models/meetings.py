"""Briefings and one-to-ones that rotas are to hold."""

from __future__ import annotations

from django.db import models

from frontdoor.staff.models import Team, User
from frontdoor.workforce.records.models.rota import PartKind

MEETINGS = (PartKind.BRIEFING, PartKind.ONE_TO_ONE)


class Meeting(models.Model):
    """What a rota is to hold in the week of `since_on` (a Monday) and every `every_weeks` after it: a briefing for all at
    once or in so many `groups`, each at a time of its own; or a one-to-one with each, whose turns are spread over those
    weeks. For those planned who are in the `team`, for one `user`, or for everybody planned; on a `weekday` (Monday 0;
    null: any), not before or after these hours of London.
    """

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    minutes = models.PositiveSmallIntegerField()
    every_weeks = models.PositiveSmallIntegerField(default=1)
    groups = models.PositiveSmallIntegerField(default=1)
    since_on = models.DateField()
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="meetings")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="meetings")
    weekday = models.PositiveSmallIntegerField(null=True)
    earliest = models.TimeField(null=True)
    latest = models.TimeField(null=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="meetings_noted")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[each.value for each in MEETINGS]), name="workforce_meeting_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    minutes__gte=15,
                    minutes__lte=240,
                    every_weeks__gte=1,
                    every_weeks__lte=26,
                    groups__gte=1,
                    groups__lte=10,
                ),
                name="workforce_meeting_numbers",
            ),
            models.CheckConstraint(
                condition=models.Q(team__isnull=True) | models.Q(user__isnull=True),
                name="workforce_meeting_for_a_team_or_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__isnull=True) | models.Q(weekday__lte=6),
                name="workforce_meeting_weekday",
            ),
            models.CheckConstraint(
                condition=models.Q(earliest__isnull=True)
                | models.Q(latest__isnull=True)
                | models.Q(earliest__lt=models.F("latest")),
                name="workforce_meeting_hours",
            ),
        ]
