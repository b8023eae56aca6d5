"""Who works when, what they do within it, and what they do in truth."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from frontdoor.staff.models import User

LONGEST_SHIFT = timedelta(hours=13)
"""A day's rest is 11 hours (Working Time Regulations 1998, regulation 10), so that no shift is longer than this."""


class PartKind(models.TextChoices):
    """What a part of a shift is, where it is not work on contacts."""

    BREAK = "break", "Break"
    LUNCH = "lunch", "Lunch"
    TRAINING = "training", "Training"
    BRIEFING = "briefing", "Briefing"
    ONE_TO_ONE = "one-to-one", "One-to-one"


class Rota(models.Model):
    """A rota as it was published, for the days from `first_on` to `last_on`."""

    first_on = models.DateField()
    last_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="rotas_published"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="workforce_rota_ends_after_it_began",
            )
        ]


class Shift(models.Model):
    """When somebody works on a London day. No two of one person overlap: the database refuses it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shifts")
    rota = models.ForeignKey(Rota, null=True, on_delete=models.SET_NULL, related_name="shifts")
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)  # counts its changes, for calendars
    written_at = models.DateTimeField()
    is_in_office = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="workforce_shift_length"
            )
        ]
        indexes = [models.Index(fields=["on", "user"], name="workforce_shift_on")]


class Part(models.Model):
    """A part of a shift that is not work on contacts. No two of one shift overlap: the database refuses it."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="workforce_part_length"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=PartKind.values), name="workforce_part_kind"),
        ]


class Doing(models.TextChoices):
    """What somebody does just now."""

    CONTACTS = "contacts", "Taking contacts"
    WRITTEN = "written", "Written work"
    BREAK = "break", "Break"
    LUNCH = "lunch", "Lunch"
    TRAINING = "training", "Training"
    MEETING = "meeting", "Briefing or one-to-one"


AT_WORK = frozenset({Doing.CONTACTS, Doing.WRITTEN})
"""What counts as work on contacts."""


class Presence(models.Model):
    """What somebody did from an instant to another; null: still does. One thing at a time: the database refuses two."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presences")
    doing = models.CharField(max_length=8, choices=Doing.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ends_at__isnull=True), name="workforce_present_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="workforce_presence_length",
            ),
            models.CheckConstraint(condition=models.Q(doing__in=Doing.values), name="workforce_doing"),
        ]
        indexes = [models.Index(fields=["user", "starts_at"], name="workforce_presence_when")]


class Feed(models.Model):
    """The secret link of a person's calendar, kept as its digest. A new one ends the old one."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
