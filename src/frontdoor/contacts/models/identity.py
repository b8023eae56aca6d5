"""How a customer proves who they are, step by step, and how guessing is slowed down."""

from __future__ import annotations

from django.db import models

from frontdoor.contacts.models.people import ContactPoint


class AccessCode(models.Model):
    """A code sent to a contact point already known, or (`point` is null) to the helper that what it opens names.
    `subject` is the id of what it opens. Only the digest is kept.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField(db_index=True)
    point = models.ForeignKey(ContactPoint, null=True, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """A try at something that must not be guessed; `key` is a digest of what was tried or by whom."""

    what = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["what", "key", "at"], name="contacts_attempt_recent")]
