"""Contacts, conversations, messages, and the files that come with them."""

from __future__ import annotations

from django.db import models

from frontdoor.contacts.models.people import Customer


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
    """One approach on one channel."""

    id = models.UUIDField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="contacts")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="contacts")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    service = models.CharField(max_length=60, blank=True)
    enquiry = models.CharField(max_length=60, blank=True)
    is_assisted = models.BooleanField(default=False)
    counts_as = models.CharField(max_length=20, blank=True)
    supplier_id = models.CharField(max_length=200, null=True, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "supplier_id"], name="contacts_supplier_once"),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="contacts_channel_known"
            ),
        ]
        indexes = [models.Index(fields=["service", "received_at"], name="contacts_service_time")]


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
