"""The Django app of the records of workforce planning."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Workforce."""

    name = "frontdoor.workforce.records"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"
