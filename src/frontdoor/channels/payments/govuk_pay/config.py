"""Settings of the GOV.UK Pay adapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdoor.channels.settings import BadSetting, needed, web_address, whole_number

PAY_URL = "https://publicapi.payments.service.gov.uk"


@dataclass(frozen=True, kw_only=True)
class PayConfig:
    """The key ('api_test_…' takes no money, 'api_live_…' does) and where to call. `timeout` is in seconds."""

    api_key: str = field(repr=False)
    url: str = PAY_URL
    timeout: int = 20

    @property
    def takes_money(self) -> bool:
        return self.api_key.startswith("api_live_")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> PayConfig:
        """Reads FRONTDOOR_PAY_API_KEY, FRONTDOOR_PAY_URL, FRONTDOOR_PAY_TIMEOUT. Raises BadSetting."""
        name = "FRONTDOOR_PAY_API_KEY"
        key = needed(environ, name, remedy="Make a key in GOV.UK Pay under API keys and give it here.")
        if not key.startswith(("api_test_", "api_live_")) or not key.isascii() or any(map(str.isspace, key)):
            raise BadSetting(
                name, "is not a GOV.UK Pay key", "It begins with api_test_ or api_live_. Copy it again."
            )
        return cls(
            api_key=key,
            url=web_address(environ, "FRONTDOOR_PAY_URL", default=PAY_URL),
            timeout=whole_number(environ, "FRONTDOOR_PAY_TIMEOUT", default=20, least=1, most=120),
        )
