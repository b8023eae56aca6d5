"""Enquiries: the things that one contact is about, what came of each, and whether it could have been avoided."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.contacts.models import Contact
from frontdoor.staff.models import Team, User


class EnquiryOutcome(models.TextChoices):
    """What came of an enquiry."""

    ANSWERED = "answered", "Answered"
    FORM_FILLED = "form filled", "Form filled in together"
    BOOKED = "booked", "Appointment booked"
    HANDED_ON = "handed on", "Handed on"
    CALL_BACK = "call back", "Promised a call back"
    NOT_OURS = "not ours", "Not ours: told them whose it is"
    CUT_OFF = "cut off", "Cut off"
    ONLINE = "online", "Done online"


class DemandType(models.TextChoices):
    """Whether the contact was of value, was caused by a failure of ours, or is not ours at all (domain 7.3)."""

    VALUE = "value", "Value"
    FAILURE = "failure", "Failure"
    NOT_OURS = "not_ours", "Not ours"


class Cause(models.TextChoices):
    """Why a contact could have been avoided: the Leicestershire list and the four added to it (domain 7.3)."""

    WRONG_OR_UNCLEAR_ADVICE = "WRONG_OR_UNCLEAR_ADVICE", "Wrong or unclear advice"
    NOT_ENOUGH_UPFRONT_INFO = "NOT_ENOUGH_UPFRONT_INFO", "Not enough information to begin with"
    NO_RESPONSE = "NO_RESPONSE", "We did not answer"
    NO_PROACTIVE_UPDATE = "NO_PROACTIVE_UPDATE", "We did not send news"
    UNSTRUCTURED_CHANNEL = "UNSTRUCTURED_CHANNEL", "A way in without a form"
    SELF_SERVICE_GAP = "SELF_SERVICE_GAP", "It cannot be done online"
    NOT_COUNCIL_RESPONSIBILITY = "NOT_COUNCIL_RESPONSIBILITY", "Somebody else’s job"
    MISROUTED = "MISROUTED", "Sent to the wrong place"
    PROCESS_ERROR = "PROCESS_ERROR", "We did something wrong"
    POLICY_DISPUTE = "POLICY_DISPUTE", "They disagree with the rule"
    OTHER = "OTHER", "Another cause"


class ToldHow(models.TextChoices):
    """How the customer heard what came of an enquiry that was handed on."""

    SPOKE = "spoke", "Spoke with them"
    WROTE = "wrote", "Wrote to them"
    NO_NEED = "no need", "There was nothing to tell"


class Enquiry(models.Model):
    """One thing a contact is about; a contact may have several.

    `service` is empty while it is not known what it is about. `outcome` and `ended_at` are set together when it is
    closed. `proposed_*` is what the record says of its cause, `because` the rules that say so, each
    {rule, facts: ids and dates}; `type` and `cause` are what the advisor confirmed. One that was handed on waits with
    `to_team`, or with `to_user` in person, until `settled_at`; `promised_for_at` is by when the customer will hear.
    `told_how` and `told_words` say what they heard when it was done; `taken_at` when somebody took it for themselves.
    """

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="enquiries")
    service = models.CharField(max_length=60, blank=True)
    enquiry = models.CharField(max_length=60, blank=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="enquiries")
    outcome = models.CharField(max_length=12, choices=EnquiryOutcome.choices, blank=True)
    words = models.TextField(blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    proposed_type = models.CharField(max_length=8, choices=DemandType.choices, blank=True)
    proposed_cause = models.CharField(max_length=30, choices=Cause.choices, blank=True)
    because = models.JSONField(default=list)
    type = models.CharField(max_length=8, choices=DemandType.choices, blank=True)
    cause = models.CharField(max_length=30, choices=Cause.choices, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="enquiries_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    to_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="enquiries")
    to_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="enquiries_given")
    promised_for_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="enquiries_settled"
    )
    told_how = models.CharField(max_length=8, choices=ToldHow.choices, blank=True)
    told_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", ended_at__isnull=True)
                | models.Q(outcome__in=EnquiryOutcome.values, ended_at__isnull=False),
                name="cases_enquiry_end_is_named",
            ),
            models.CheckConstraint(
                condition=models.Q(told_how="")
                | models.Q(told_how__in=ToldHow.values, settled_at__isnull=False),
                name="cases_enquiry_told_when_settled",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True) | models.Q(to_user__isnull=False),
                name="cases_enquiry_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_type__in=["", *DemandType.values])
                & models.Q(type__in=["", *DemandType.values]),
                name="cases_enquiry_type_known",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_cause__in=["", *Cause.values])
                & models.Q(cause__in=["", *Cause.values]),
                name="cases_enquiry_cause_known",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True, type="", cause="")
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~models.Q(type=""),
                name="cases_enquiry_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    to_team__isnull=True, promised_for_at__isnull=True, settled_at__isnull=True
                )
                | models.Q(to_team__isnull=False, promised_for_at__isnull=False),
                name="cases_enquiry_handed_on_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "began_at"], name="cases_enquiry_service"),
            models.Index(fields=["began_at"], name="cases_enquiry_began"),
            models.Index(
                fields=["contact"], condition=models.Q(ended_at__isnull=True), name="cases_enquiry_open"
            ),
            models.Index(
                fields=["to_team", "promised_for_at"],
                condition=models.Q(to_team__isnull=False, settled_at__isnull=True),
                name="cases_enquiry_waiting",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still has to be closed."""
        return self.ended_at is None
