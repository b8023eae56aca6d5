"""The Django app of the jobs room: signs of life, and the triggers that wake workers."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work."""

    name = "frontdoor.jobs"
    label = "jobs"
