"""Settings of the ClamAV adapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from frontdoor.channels.settings import BadSetting, needed, whole_number

_NAME = "FRONTDOOR_CLAMAV"


@dataclass(frozen=True, kw_only=True)
class ClamavConfig:
    """Where clamd listens: the path of its socket, or host and port. `timeout` is in seconds for each
    step.
    """

    socket_path: str = ""
    host: str = ""
    port: int = 3310
    timeout: int = 30

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> ClamavConfig:
        """Reads FRONTDOOR_CLAMAV ('unix:/run/clamav/clamd.ctl' or 'tcp://host:3310') and
        FRONTDOOR_CLAMAV_TIMEOUT.

        Raises BadSetting.
        """
        value = needed(environ, _NAME, remedy="Give unix:/path/of/clamd.ctl or tcp://host:3310.")
        timeout = whole_number(environ, "FRONTDOOR_CLAMAV_TIMEOUT", default=30, least=1, most=300)
        if value.startswith("unix:/"):
            return cls(socket_path=value.removeprefix("unix:"), timeout=timeout)
        host, port = _host_and_port(value)
        return cls(host=host, port=port, timeout=timeout)


def _host_and_port(value: str) -> tuple[str, int]:
    wrong = BadSetting(
        _NAME, "is not a place clamd can listen", "Give unix:/path/of/clamd.ctl or tcp://host:3310."
    )
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port or 3310
    except ValueError:
        raise wrong from None
    if parts.scheme != "tcp" or not host:
        raise wrong
    return host, port
