"""Swaps and leave, as they are asked for and answered."""

from __future__ import annotations

from django.db import models

from frontdoor.staff.models import User
from frontdoor.workforce.records.models.rota import Shift


class Answerer(models.TextChoices):
    """Who must answer a swap."""

    COLLEAGUE = "colleague", "The colleague"
    SUPERVISOR = "supervisor", "A supervisor or planner"


class Swap(models.Model):
    """Somebody asks a colleague to work `give` for them, in exchange for `take`, or for nothing (null).

    `ended_at`: when it was refused, done or taken back.
    """

    give = models.ForeignKey(Shift, null=True, on_delete=models.SET_NULL, related_name="swaps_away")
    take = models.ForeignKey(Shift, null=True, on_delete=models.SET_NULL, related_name="swaps_for")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="swaps_asked")
    colleague = models.ForeignKey(User, on_delete=models.CASCADE, related_name="swaps_offered")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("colleague")), name="workforce_swap_of_two"
            ),
            models.UniqueConstraint(
                fields=["give", "colleague"],
                condition=models.Q(ended_at__isnull=True, give__isnull=False),
                name="workforce_swap_asked_once",
            ),
        ]


class SwapAnswer(models.Model):
    """An answer to a swap; each who must answer does so once."""

    swap = models.ForeignKey(Swap, on_delete=models.CASCADE, related_name="answers")
    answerer = models.CharField(max_length=10, choices=Answerer.choices)
    is_yes = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="swaps_answered")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["swap", "answerer"], name="workforce_swap_answered_once"),
            models.CheckConstraint(
                condition=models.Q(answerer__in=Answerer.values), name="workforce_swap_answerer"
            ),
        ]


class LeaveKind(models.TextChoices):
    """Why somebody is away."""

    ANNUAL = "annual", "Annual leave"
    LIEU = "lieu", "Time off in lieu"
    UNPAID = "unpaid", "Unpaid leave"
    SICK = "sick", "Sickness"


class Leave(models.Model):
    """Whole days away, both ends included, as asked for; it is granted by its answer."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="leaves")
    kind = models.CharField(max_length=6, choices=LeaveKind.choices)
    first_on = models.DateField()
    last_on = models.DateField()
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="workforce_leave_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=LeaveKind.values), name="workforce_leave_kind"
            ),
        ]


class LeaveAnswer(models.Model):
    """The one answer to a request for leave."""

    leave = models.OneToOneField(Leave, on_delete=models.CASCADE, related_name="answer")
    is_yes = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves_answered")
    at = models.DateTimeField()
