"""Contacts, conversations, messages, and the files that come with them."""

from __future__ import annotations

from typing import Final

from django.db import models

from frontdoor.contacts.models.helping import Helper
from frontdoor.contacts.models.people import Customer
from frontdoor.staff.models import User

AS_ARRANGED: Final = "appointment"
"""What a contact counts as in which we rang the customer at a time they chose."""


class Channel(models.TextChoices):
    """The ways in."""

    WEB = "web", "Web"
    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"
    TEXT = "text", "Text message"
    CHAT = "chat", "Webchat"
    SOCIAL = "social", "Social media"
    POST = "post", "Post"
    COUNTER = "counter", "In person"


WRITTEN = (Channel.EMAIL, Channel.TEXT, Channel.SOCIAL, Channel.POST)
"""What is written to us and waits to be answered; a call, a chat or a visit waits with a person."""


class Direction(models.TextChoices):
    """Who said it to whom."""

    IN = "in", "From the customer"
    OUT = "out", "To the customer"


class Conversation(models.Model):
    """Contacts that belong together."""

    id = models.UUIDField(primary_key=True)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="conversations")
    service = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()


class Contact(models.Model):
    """One approach on one channel.

    `came_from` is the number or address it came from, as it is compared. A contact that a person takes bears who
    `taken_by`, and when it was answered, when it ended, and when the work after it was done (`wrapped_at`); one that
    nobody took in time was `abandoned_at`. `transfers` counts how often it was passed on. `helper`: who
    speaks, where that is not the customer.
    """

    id = models.UUIDField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="contacts")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="contacts")
    helper = models.ForeignKey(Helper, null=True, on_delete=models.SET_NULL, related_name="contacts")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    service = models.CharField(max_length=60, blank=True)
    enquiry = models.CharField(max_length=60, blank=True)
    is_assisted = models.BooleanField(default=False)
    counts_as = models.CharField(max_length=20, blank=True)
    supplier_id = models.CharField(max_length=200, null=True, blank=True)
    came_from = models.CharField(max_length=254, blank=True)
    received_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="contacts_taken")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)
    wrapped_at = models.DateTimeField(null=True, blank=True)
    transfers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "supplier_id"], name="contacts_supplier_once"),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="contacts_channel_known"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(abandoned_at__isnull=True),
                name="contacts_answered_or_abandoned",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "received_at"], name="contacts_service_time"),
            models.Index(fields=["received_at"], name="contacts_received"),
            models.Index(
                fields=["answered_at"],
                condition=models.Q(answered_at__isnull=False),
                name="contacts_answered",
            ),
            models.Index(
                fields=["came_from", "received_at"],
                condition=~models.Q(came_from=""),
                name="contacts_came_from",
            ),
            models.Index(fields=["taken_by", "answered_at"], name="contacts_taken_time"),
            models.Index(
                fields=["taken_by", "answered_at"],
                condition=models.Q(answered_at__isnull=False, wrapped_at__isnull=True),
                name="contacts_in_hand",
            ),
        ]


class StoredFile(models.Model):
    """A file as it is kept: judged by its content, images re-encoded without their hidden data."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    scanned = models.CharField(max_length=12, default="not scanned")
    stored_at = models.DateTimeField()


class Message(models.Model):
    """One thing said within a contact, or by us. `said_by` is the actor's kind, `sayer` their id."""

    id = models.UUIDField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    said_by = models.CharField(max_length=12)
    sayer = models.CharField(max_length=64, blank=True)
    words = models.TextField(blank=True)
    files = models.ManyToManyField(StoredFile, related_name="messages")
    said_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(direction__in=Direction.values), name="contacts_direction_known"
            )
        ]
        indexes = [models.Index(fields=["conversation", "said_at"], name="contacts_message_time")]
