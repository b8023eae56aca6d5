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
        from frontdoor.catalogue.published import (
            our_council,
        )  # rooms with models can be imported from here on
        from frontdoor.config.wiring import ports_for
        from frontdoor.handling.ports import plug

        council = our_council()
        plug(
            ports_for(
                settings.ENVIRONMENT, council_name=council.name, council_email=council.contact.email or ""
            )
        )
