"""GOV.UK Pay has news: only a signed call is heard, and only the provider's own status counts."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from frontdoor.cases.models import Payment
from frontdoor.channels.loopback import Fault
from frontdoor.channels.payments.standin import PayStandIn
from frontdoor.handling.paying import settle_left
from frontdoor.journal.models import JournalEntry

SECRET = "a-signing-secret"


@pytest.fixture(autouse=True)
def _secrets(settings: Settings) -> None:
    settings.PAY_SIGNING_SECRETS = ("an-older-secret", SECRET)


def tell(payment_id: str, *, secret: str = SECRET) -> int:
    """News of a payment as GOV.UK Pay posts it; the status of our answer."""
    body = json.dumps(
        {"id": "n1", "resource_id": payment_id, "event_type": "card_payment_captured", "resource": {}}
    ).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"pay-signature": signature}
    return Client().post("/hooks/pay", body, content_type="application/json", headers=headers).status_code


def status_of(payment: Payment) -> str:
    payment.refresh_from_db()
    return payment.status


def test_a_paid_payment_is_noted_once(payment: Payment, pay_desk: PayStandIn) -> None:
    pay_desk.settle(payment.provider_id, "pay")
    assert [tell(payment.provider_id), tell(payment.provider_id)] == [204, 204]
    assert status_of(payment) == "paid"
    assert JournalEntry.objects.filter(event="payment taken").count() == 1


def test_news_alone_is_no_payment(payment: Payment) -> None:
    assert tell(payment.provider_id) == 204
    assert status_of(payment) == "started"


def test_a_forged_call_is_not_heard(payment: Payment, pay_desk: PayStandIn) -> None:
    pay_desk.settle(payment.provider_id, "pay")
    assert tell(payment.provider_id, secret="guessed") == 403
    assert status_of(payment) == "started"


def test_news_of_a_payment_of_others_is_no_fault(payment: Payment) -> None:
    assert tell("none-of-ours") == 204


def test_while_the_provider_is_down_it_is_asked_to_call_again(payment: Payment, pay_desk: PayStandIn) -> None:
    pay_desk.fail_with(Fault(kind="status", status=503))
    assert tell(payment.provider_id) == 503


def test_somebody_who_never_came_back_has_paid_all_the_same(
    payment: Payment, pay_desk: PayStandIn, at: datetime, rng: random.Random
) -> None:
    pay_desk.settle(payment.provider_id, "pay")
    assert settle_left(at=at, rng=rng) == 1
    assert status_of(payment) == "paid"
    assert settle_left(at=at, rng=rng) == 0
