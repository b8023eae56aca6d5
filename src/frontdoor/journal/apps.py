"""The Django app of the journal room."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal."""

    name = "frontdoor.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
