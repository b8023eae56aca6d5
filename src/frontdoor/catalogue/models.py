"""Versions of packs, kept whole: a case finishes on the version it began with."""

from __future__ import annotations

from django.db import models


class PackVersion(models.Model):
    """The files of a pack as they stood. `version` is the hash of their content; `files` maps a file's name
    to its text.
    """

    service = models.CharField(max_length=60)
    version = models.CharField(max_length=64)
    files = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "version"], name="catalogue_version_once")]
