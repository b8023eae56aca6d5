"""GOV.UK Pay: settings and the operator's check."""

from __future__ import annotations

import pytest

from frontdoor.channels.loopback import Fault
from frontdoor.channels.payments.govuk_pay.checks import check_pay
from frontdoor.channels.payments.govuk_pay.config import PayConfig
from frontdoor.channels.payments.provider import State
from frontdoor.channels.payments.standin import PayStandIn
from frontdoor.channels.payments.standin_records import ENDINGS
from frontdoor.channels.settings import BadSetting


def test_settings_are_read_and_the_key_is_not_shown() -> None:
    config = PayConfig.from_environment({"FRONTDOOR_PAY_API_KEY": "api_live_hush"})
    assert (config.url, config.takes_money) == ("https://publicapi.payments.service.gov.uk", True)
    assert "hush" not in repr(config)


@pytest.mark.parametrize("key", ["", "hush", "api_test_a b", "api_test_é"])
def test_bad_key_is_named(key: str) -> None:
    with pytest.raises(BadSetting, match="FRONTDOOR_PAY_API_KEY"):
        PayConfig.from_environment({"FRONTDOOR_PAY_API_KEY": key})


def test_operator_is_told_how_it_stands() -> None:
    with PayStandIn() as supplier:
        good = PayConfig(api_key=supplier.api_key, url=supplier.url, timeout=5)
        assert check_pay(good).is_ready
        assert "no money" in check_pay(good).words
        assert check_pay(PayConfig(api_key="api_test_wrong", url=supplier.url)).found == "wrong"
        supplier.fail_with(Fault(kind="down"))
        assert check_pay(good).found == "not reachable"


def test_every_final_state_can_be_shown() -> None:
    assert {ending.status for ending in ENDINGS.values()} == {
        state.value for state in State if state.is_final
    }
