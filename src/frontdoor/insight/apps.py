"""The Django app of the insight room."""

from __future__ import annotations

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Measures."""

    name = "frontdoor.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
