"""The outbox: what we send, written in the transaction of what caused it, sent at least once and told apart
by its key.
"""

from __future__ import annotations

from django.db import models

from frontdoor.contacts.models.people import Customer
from frontdoor.contacts.models.talk import Conversation, StoredFile


class DeliveryChannel(models.TextChoices):
    """How a delivery goes out."""

    EMAIL = "email", "Email"
    TEXT = "text", "Text message"
    LETTER = "letter", "Letter"


class DeliveryStatus(models.TextChoices):
    """Where a delivery stands, in GOV.UK Notify's words; `held` is our own: the address must not be used."""

    CREATED = "created", "Waiting to be sent"
    SENDING = "sending", "On its way"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    ACCEPTED = "accepted", "Accepted for printing"
    RECEIVED = "received", "Posted"
    TEMPORARY_FAILURE = "temporary-failure", "Could not be delivered for now"
    PERMANENT_FAILURE = "permanent-failure", "The address does not work"
    TECHNICAL_FAILURE = "technical-failure", "Could not be sent"
    HELD = "held", "Kept back"


class Delivery(models.Model):
    """One message to one address. `key` makes it happen once: a second row for the same occasion is refused
    by the database. `calendar`: an iCalendar file that goes with an email where its supplier takes one.
    """

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=200, unique=True)
    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=DeliveryChannel.choices)
    to = models.CharField(max_length=400)
    address = models.JSONField(null=True, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    letter = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="letters")
    calendar = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=DeliveryStatus.choices, default=DeliveryStatus.CREATED)
    supplier = models.CharField(max_length=20, blank=True)
    supplier_id = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel__in=DeliveryChannel.values), name="contacts_delivery_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=DeliveryStatus.values), name="contacts_delivery_status"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(done_at__isnull=True), name="contacts_delivery_due"
            ),
            models.Index(fields=["supplier_id"], name="contacts_delivery_supplier"),
        ]
