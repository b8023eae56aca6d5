"""The supplier's own client, made from our settings."""

from __future__ import annotations

from typing import Any

from notifications_python_client.notifications import NotificationsAPIClient

from frontdoor.channels.notify.config import NotifyConfig


def client_for(config: NotifyConfig) -> Any:
    """A client for one thread: the library shares a session and is not safe for several. It has no types."""
    return NotificationsAPIClient(  # type: ignore[no-untyped-call]
        config.api_key, base_url=config.url, timeout=config.timeout
    )
