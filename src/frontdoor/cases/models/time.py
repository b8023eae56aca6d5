"""What a case owes to time: promises, timers, tasks. Each is a row before it is a job."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.staff.models import Team, User


class Promise(models.Model):
    """By when we said we would do something. While the clock is stopped `paused_at` is set; `due_at` moves
    when it goes on.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    name = models.CharField(max_length=60)
    within = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "name"],
                condition=models.Q(kept_at__isnull=True, dropped_at__isnull=True),
                name="cases_promise_runs_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["kept_at"], condition=models.Q(kept_at__isnull=False), name="cases_promise_kept"
            )
        ]


class TimerKind(models.TextChoices):
    """What a timer does when its time has come."""

    MOVE = "move", "Make a move"
    REMIND = "remind", "Send a reminder"
    WARN = "warn", "Tell the customer before a promise is missed"
    MISS = "miss", "Note that a promise was missed"
    ISSUED = "issued", "Remind of something that will expire"
    APPOINTMENT = "appointment", "Remind of an appointment"
    WEIGH = "weigh", "Weigh the case, and do what software may do"


class Timer(models.Model):
    """Something that happens to a case at a time. `key` makes it happen once; a timer of a state lapses when
    the case leaves it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers")
    kind = models.CharField(max_length=12, choices=TimerKind.choices)
    what = models.CharField(max_length=120)
    key = models.CharField(max_length=200, unique=True)
    of_state = models.CharField(max_length=80, blank=True)
    next_try_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=TimerKind.values), name="cases_timer_kind")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(done_at__isnull=True, lapsed_at__isnull=True),
                name="cases_timer_due",
            )
        ]


class Task(models.Model):
    """A step a person must do on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=60)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="tasks")
    assignee = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="tasks")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="tasks_done")
