"""The Django app of the staff room."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Staff."""

    name = "frontdoor.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
