"""An application while it is being filled in."""

from __future__ import annotations

from django.db import models

from frontdoor.catalogue.models import PackVersion
from frontdoor.contacts.models import Contact, StoredFile


class Draft(models.Model):
    """Answers on their way to becoming a case. `token_digest` opens it again from a saved link; `case` is set
    once it was sent. `contact`: the call or visit during which a member of staff fills it in with the customer, and
    `papers_promised` the kinds of evidence that the customer said they would post.
    """

    id = models.UUIDField(primary_key=True)
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="drafts")
    service = models.CharField(max_length=60)
    channel = models.CharField(max_length=8)
    answers = models.JSONField(default=dict)
    helper = models.JSONField(null=True, blank=True)
    interrupts_seen = models.JSONField(default=list)
    saved_to = models.CharField(max_length=254, blank=True)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="drafts")
    papers_promised = models.JSONField(default=list)
    stopped_by = models.CharField(max_length=80, blank=True)


class DraftFile(models.Model):
    """A file uploaded to a draft, as evidence of a kind."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=80)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    added_at = models.DateTimeField()
