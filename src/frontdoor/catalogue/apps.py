"""The Django app of the catalogue room."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue of services."""

    name = "frontdoor.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
