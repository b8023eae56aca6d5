"""GOV.UK Pay: settings, the operator's check, and what it calls us with."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from frontdoor.channels.loopback import Fault
from frontdoor.channels.payments.govuk_pay.callbacks import (
    NotPaymentNews,
    PaymentNews,
    is_from_pay,
    read_news,
)
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


NEWS = {
    "id": "123abc",
    "resource_id": "hu20sqlact",
    "resource_type": "PAYMENT",
    "event_type": "CARD_PAYMENT_SUCCEEDED",
    "resource": {"payment_id": "hu20sqlact", "state": {"status": "success"}},
}
SECRET = "a-signing-secret"


def signed(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_signed_call_is_from_pay_while_a_secret_is_replaced() -> None:
    body = json.dumps(NEWS).encode()
    assert is_from_pay(signed(body), body, ["a-newer-secret", SECRET])


def test_signature_is_as_documented() -> None:
    """Computed once with openssl: printf 'words' | openssl dgst -sha256 -hmac a-signing-secret"""
    right = "2777ccaaceb506818e286d2d7e3c500aee860e49153423722d98d3901b121b46"
    assert is_from_pay(right, b"words", [SECRET])


@pytest.mark.parametrize("signature", [None, "", "0" * 64, "é"])
def test_call_without_the_right_signature_is_not_from_pay(signature: str | None) -> None:
    assert not is_from_pay(signature, b"{}", [SECRET])


def test_changed_body_wrong_case_and_no_secret_are_not_from_pay() -> None:
    right = signed(b"{}")
    assert not is_from_pay(right, b"{ }", [SECRET])
    assert not is_from_pay(right.upper(), b"{}", [SECRET])
    assert not is_from_pay(signed(b"{}", ""), b"{}", [""])
    assert not is_from_pay(right, b"{}", [])


@pytest.mark.parametrize("id_name", ["id", "webhook_message_id"])
def test_news_is_read(id_name: str) -> None:
    body = {**NEWS, id_name: "123abc"}
    assert read_news(json.dumps(body).encode()) == PaymentNews(
        message_id="123abc", payment_id="hu20sqlact", event="card_payment_succeeded"
    )


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000, b'{"id": "1", "resource": 5}']
)
def test_body_that_is_no_news_is_refused(body: bytes) -> None:
    with pytest.raises(NotPaymentNews):
        read_news(body)
