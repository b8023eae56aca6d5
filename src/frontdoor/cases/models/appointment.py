"""Appointments: a time and place at which a customer is seen, or a time at which we ring them; and the room there is.

How many may be booked at once is kept by the database: a booking takes one numbered place in each quarter of an hour for
each skill it needs, and no place can be taken twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.cases.models.draft import Draft
from frontdoor.contacts.models import Contact, Customer
from frontdoor.staff.models import Skill, User

PHONE: Final = "phone"
"""The kind of an appointment at which we ring the customer. Other kinds are named by the journeys of packs."""
MOST_PLACES: Final = 99


class Outcome(models.TextChoices):
    """What came of an appointment."""

    KEPT = "kept", "Kept"
    MISSED = "missed", "Missed"


class Cancelled(models.TextChoices):
    """Why an appointment will not take place."""

    CUSTOMER = "customer", "The customer cancelled it"
    US = "us", "We had to cancel it"
    NOT_NEEDED = "not needed", "It was no longer needed"


class Appointment(models.Model):
    """A time and place at which the customer is seen or rung.

    One by phone bears a reference of its own, the number to ring, and where it was booked (`contact`). `told_in` are the
    contact points given for it, as they are compared: they come first when the customer is told. `draft` is the form to
    finish together, `instead_of` the missed one it makes up for. `sequence` counts its changes, for calendars.
    `attempts` counts how often we rang in vain; `taken_by` rings, or rang, this time.
    """

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=20, null=True, unique=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="appointments")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="appointments")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="appointments")
    draft = models.ForeignKey(Draft, null=True, on_delete=models.SET_NULL, related_name="appointments")
    instead_of = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="made_up_by")
    service = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    where = models.CharField(max_length=300)
    with_whom = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    told_in = models.JSONField(default=list)
    words = models.TextField(blank=True)
    booked_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="appointments_booked"
    )
    booked_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="appointments_taken")
    taken_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=12, blank=True, choices=Cancelled.choices)
    outcome = models.CharField(max_length=20, blank=True, choices=Outcome.choices)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", ended_at__isnull=True)
                | models.Q(outcome__in=Outcome.values, ended_at__isnull=False, cancelled_at__isnull=True),
                name="cases_appointment_ends_once",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=True, cancelled_because="")
                | models.Q(cancelled_at__isnull=False, cancelled_because__in=Cancelled.values)
                | ~models.Q(kind=PHONE),
                name="cases_appointment_cancelled_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=PHONE) & models.Q(case__isnull=False)
                | models.Q(kind=PHONE, reference__isnull=False, customer__isnull=False)
                & ~models.Q(phone="")
                & ~models.Q(service=""),
                name="cases_appointment_whole",
            ),
            models.UniqueConstraint(
                fields=["draft"],
                condition=models.Q(draft__isnull=False, cancelled_at__isnull=True, outcome=""),
                name="cases_appointment_once_for_a_form",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(kind=PHONE, cancelled_at__isnull=True, outcome=""),
                name="cases_appointment_to_ring",
            )
        ]

    @property
    def ends_at(self) -> datetime:
        """The instant at which it should be over."""
        return self.at + timedelta(minutes=self.minutes)

    @property
    def is_to_come(self) -> bool:
        """Whether it still stands: not cancelled, and nothing has come of it."""
        return self.cancelled_at is None and not self.outcome


class AppointmentPlace(models.Model):
    """One of `of` places in a quarter of an hour, taken by an appointment for one skill. No place is taken twice, and
    none beyond those there are.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="places")
    skill = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    number = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["skill", "starts_at", "number"], name="cases_place_taken_once"),
            models.CheckConstraint(
                condition=models.Q(number__lt=models.F("of")), name="cases_place_of_those"
            ),
        ]


class Places(models.Model):
    """How many appointments may run at once for a skill, in an hour of a weekday (Monday 0; London time)."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="places")
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["skill", "weekday", "hour"], name="cases_places_once"),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, hour__lte=23, places__lte=MOST_PLACES),
                name="cases_places_in_a_week",
            ),
        ]


class ClosedDay(models.Model):
    """A day on which no call can be booked: for one skill, or (null) for every one."""

    on = models.DateField()
    skill = models.ForeignKey(Skill, null=True, on_delete=models.CASCADE, related_name="closed_days")
    because = models.CharField(max_length=200, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="days_closed")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "skill"], name="cases_closed_day_once"),
            models.UniqueConstraint(
                fields=["on"], condition=models.Q(skill__isnull=True), name="cases_closed_day_for_all_once"
            ),
        ]


class ReminderKind(models.TextChoices):
    """When a customer is reminded of a call."""

    DAY_BEFORE = "day", "The day before"
    HOUR_BEFORE = "hour", "An hour before"


class CallReminder(models.Model):
    """A reminder that waits as a row for the worker. `sequence`: the state of the appointment it belongs to; one of an
    earlier state says nothing.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=4, choices=ReminderKind.choices)
    sequence = models.PositiveSmallIntegerField()
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "kind", "sequence"], name="cases_call_reminder_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ReminderKind.values), name="cases_call_reminder_kind"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(done_at__isnull=True),
                name="cases_call_reminder_due",
            )
        ]
