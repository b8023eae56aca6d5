"""The Django app of the top floor: at start-up it plugs the adapters into their ports."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class WiringConfig(AppConfig):
    """Runs last, when every room is loaded."""

    name = "frontdoor.config"
    label = "config"

    def ready(self) -> None:
        """Plug this installation's adapters in. Raises BadEnvironment."""
        from frontdoor.config.wiring import ports_for  # rooms with models can be imported from here on
        from frontdoor.handling.ports import plug

        look = settings.FRONTDOOR_LOOK
        plug(ports_for(settings.ENVIRONMENT, council_name=look["name"], council_email=look["email"]))
