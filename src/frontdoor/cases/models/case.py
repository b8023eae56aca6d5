"""The case and those who belong to it."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.draft import Draft
from frontdoor.catalogue.models import PackVersion
from frontdoor.contacts.models import Channel, Conversation, Customer
from frontdoor.staff.models import Team, User


class CaseKind(models.TextChoices):
    """The kinds of case."""

    APPLICATION = "application", "Application"
    REPORT = "report", "Report"
    REFERRAL = "referral", "Referral"
    COMPLAINT = "complaint", "Complaint"
    REQUEST = "request", "Request"
    FEEDBACK = "feedback", "Compliment, comment or suggestion"


class Case(models.Model):
    """A piece of work for a customer. `revision` rises with every change, so that two officers cannot
    overwrite each other.

    `due_at` repeats the earliest running promise and `waits_for` the state's, so that a work list is one
    indexed read.
    """

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=20, unique=True)
    draft = models.OneToOneField(Draft, null=True, on_delete=models.PROTECT, related_name="case")
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="case")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="cases")
    service = models.CharField(max_length=60)
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="cases")
    authority = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=CaseKind.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    is_restricted = models.BooleanField(default=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="cases")
    answers = models.JSONField(default=dict)
    helper = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=80)
    state_since_at = models.DateTimeField()
    waits_for = models.CharField(max_length=16)
    due_at = models.DateTimeField(null=True)
    clock_stopped_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=CaseKind.values), name="cases_kind_known"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, ended_as="")
                | models.Q(closed_at__isnull=False) & ~models.Q(ended_as=""),
                name="cases_end_is_named",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "due_at"], condition=models.Q(closed_at__isnull=True), name="cases_open"
            ),
            models.Index(fields=["kind", "received_at"], name="cases_kind"),
            models.Index(fields=["owner", "closed_at", "due_at"], name="cases_mine"),
            models.Index(fields=["service", "state"], name="cases_service_state"),
            models.Index(
                fields=["service", "lat", "lon"], condition=models.Q(lat__isnull=False), name="cases_place"
            ),
            models.Index(fields=["received_at"], name="cases_received"),
            models.Index(
                fields=["closed_at"], condition=models.Q(closed_at__isnull=False), name="cases_closed"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the case still goes on."""
        return self.closed_at is None


class CaseLink(models.Model):
    """Two cases that belong together. Reports are linked, never merged."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_as_other")
    relation = models.CharField(max_length=20)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other", "relation"], name="cases_link_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="cases_link_of_two"),
        ]


class Follower(models.Model):
    """A customer who wants the news of somebody else's report."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followers")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="follows")
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "customer"], name="cases_follower_once")]


class Interest(models.Model):
    """A member of staff who is, or is close to, a customer: they never handle that customer's cases."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="interests")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="interests")
    relation = models.CharField(max_length=40)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "customer"], name="cases_interest_once")]


class Note(models.Model):
    """What a member of staff wrote on a case, for staff only."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notes")
    words = models.TextField()
    written_at = models.DateTimeField()
