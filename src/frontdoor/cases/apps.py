"""The Django app of the cases room."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "frontdoor.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
