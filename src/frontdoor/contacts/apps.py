"""The Django app of the contacts room."""

from __future__ import annotations

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Contacts."""

    name = "frontdoor.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
