"""Settings of the GOV.UK Notify adapter."""

from __future__ import annotations

import pytest

from frontdoor.channels.notify.config import NotifyConfig
from frontdoor.channels.settings import BadSetting

UUID = "11111111-2222-4333-8444-555555555555"
GOOD = {
    "FRONTDOOR_NOTIFY_API_KEY": f"frontdoor-{UUID}-{UUID}",
    "FRONTDOOR_NOTIFY_EMAIL_TEMPLATE": UUID,
    "FRONTDOOR_NOTIFY_TEXT_TEMPLATE": UUID,
    "FRONTDOOR_NOTIFY_CALLBACK_TOKENS": "first-long-token, second-long-token",
}


def test_settings_are_read() -> None:
    config = NotifyConfig.from_environment(GOOD)
    assert (config.service_id, config.callback_tokens) == (UUID, ("first-long-token", "second-long-token"))
    assert config.url == "https://api.notifications.service.gov.uk"
    assert UUID not in repr(config).replace(f"'{UUID}'", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FRONTDOOR_NOTIFY_API_KEY", ""),
        ("FRONTDOOR_NOTIFY_API_KEY", UUID),
        ("FRONTDOOR_NOTIFY_EMAIL_TEMPLATE", ""),
        ("FRONTDOOR_NOTIFY_TEXT_TEMPLATE", "generic"),
        ("FRONTDOOR_NOTIFY_URL", "http://notify.example"),
        ("FRONTDOOR_NOTIFY_URL", "https://"),
        ("FRONTDOOR_NOTIFY_POSTAGE", "pigeon"),
        ("FRONTDOOR_NOTIFY_CALLBACK_TOKENS", "short"),
    ],
)
def test_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        NotifyConfig.from_environment({**GOOD, name: value})
