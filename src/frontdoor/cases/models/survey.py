"""Asking customers how it went, once a case is closed or a contact has ended."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.contacts.models import Contact, Customer, DeliveryChannel


class NotAsked(models.TextChoices):
    """Why a customer was not asked after all."""

    SAID_NO = "said no", "Does not want to be asked"
    ASKED_LATELY = "asked lately", "Was asked within the last month"
    NO_WAY = "no way", "Can be reached neither by email nor by text message, or prefers letters"
    NOT_SAFE = "not safe", "Told us that some ways to reach them are not safe"
    DIED = "died", "Has died"
    GOES_ON = "goes on", "The case was taken up again"
    TOO_LATE = "too late", "It could not be sent in time"
    RESTRICTED = "restricted", "About a restricted service"


class Survey(models.Model):
    """One asking, of a case or of a contact without one. It waits as a row for the worker until `next_try_at`.

    Then the customer is asked (`asked_at`, by `sent_by`) or is not (`not_asked`). The link they get holds a secret of
    which only the digest is kept; it opens the page until it is answered or `closes_at`. `rating` is 1 (very bad) to
    5 (very good). `no_more_at`: they do not want to be asked again, about anything. `passed_to`: the compliment or the
    complaint that was made of their words.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="surveys")
    contact = models.OneToOneField(Contact, null=True, on_delete=models.CASCADE, related_name="survey")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="surveys")
    service = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=8)
    planned_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    not_asked = models.CharField(max_length=12, blank=True, choices=NotAsked.choices)
    asked_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=8, blank=True, choices=DeliveryChannel.choices)
    token_digest = models.CharField(max_length=64, null=True, unique=True)
    closes_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    no_more_at = models.DateTimeField(null=True)
    passed_to = models.ForeignKey(
        Case, null=True, on_delete=models.SET_NULL, related_name="surveys_passed_on"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=False, contact__isnull=True)
                | models.Q(case__isnull=True, contact__isnull=False),
                name="cases_survey_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(not_asked__in=["", *NotAsked.values]), name="cases_survey_not_asked"
            ),
            models.CheckConstraint(
                condition=models.Q(asked_at__isnull=True, token_digest__isnull=True, closes_at__isnull=True)
                | models.Q(
                    asked_at__isnull=False,
                    token_digest__isnull=False,
                    closes_at__isnull=False,
                    not_asked="",
                ),
                name="cases_survey_asked_with_link",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, rating__isnull=True, words="")
                | models.Q(answered_at__isnull=False, asked_at__isnull=False, rating__gte=1, rating__lte=5),
                name="cases_survey_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(done_at__isnull=True),
                name="cases_survey_due",
            ),
            models.Index(fields=["customer", "asked_at"], name="cases_survey_customer"),
            models.Index(fields=["service", "asked_at"], name="cases_survey_service"),
            models.Index(fields=["asked_at"], name="cases_survey_asked"),
            models.Index(
                fields=["answered_at"],
                condition=models.Q(answered_at__isnull=False),
                name="cases_survey_answered",
            ),
        ]
