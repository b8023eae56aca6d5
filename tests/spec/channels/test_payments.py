"""Card payments: what every adapter promises, shown with GOV.UK Pay's stand-in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from frontdoor.channels.loopback import Fault
from frontdoor.channels.payments.govuk_pay.adapter import GovukPay
from frontdoor.channels.payments.govuk_pay.config import PayConfig
from frontdoor.channels.payments.provider import (
    CannotPayEver,
    CannotPayNow,
    PaymentProvider,
    PaymentStatus,
    RefundState,
    Started,
    State,
)
from frontdoor.channels.payments.standin import PayStandIn

RETURN_URL = "https://council.example/pay/back"


@pytest.fixture
def supplier() -> Iterator[PayStandIn]:
    with PayStandIn() as stand_in:
        yield stand_in


@pytest.fixture
def provider(supplier: PayStandIn) -> PaymentProvider:
    return GovukPay(PayConfig(api_key=supplier.api_key, url=supplier.url, timeout=5))


def begin(provider: PaymentProvider, *, amount_pence: int = 1000, key: str = "payment-0001") -> Started:
    return provider.start(
        amount_pence=amount_pence,
        reference="BB-4T7K-92M",
        description="Blue Badge",
        return_url=RETURN_URL,
        key=key,
    )


@pytest.mark.parametrize(
    ("choice", "state", "code"),
    [
        ("pay", State.SUCCESS, ""),
        ("decline", State.FAILED, "P0010"),
        ("expire", State.FAILED, "P0020"),
        ("cancel", State.FAILED, "P0030"),
        ("cancel by service", State.CANCELLED, "P0040"),
        ("break", State.ERROR, "P0050"),
    ],
)
def test_payment_ends_as_the_supplier_says(
    provider: PaymentProvider, supplier: PayStandIn, choice: str, state: State, code: str
) -> None:
    started = begin(provider)
    supplier.settle(started.id, choice)

    status = provider.status(started.id)

    assert (status.state, status.code, status.next_url) == (state, code, "")
    assert status.state.is_final
    assert status.is_paid == (choice == "pay")


def test_payment_begun_is_not_paid_and_can_be_resumed(provider: PaymentProvider) -> None:
    started = begin(provider, amount_pence=1234)

    status = provider.status(started.id)

    assert status == PaymentStatus(
        id=started.id,
        state=State.CREATED,
        amount_pence=1234,
        reference="BB-4T7K-92M",
        next_url=started.next_url,
    )
    assert not status.state.is_final


def test_customer_pays_on_the_page_and_comes_back(provider: PaymentProvider, supplier: PayStandIn) -> None:
    started = begin(provider)
    page = requests.get(started.next_url, timeout=5)
    assert "£10.00" in page.text
    assert provider.status(started.id).state == State.STARTED

    back = requests.post(started.next_url, data={"choice": "pay"}, allow_redirects=False, timeout=5)

    assert (back.status_code, back.headers["Location"]) == (303, RETURN_URL)
    assert provider.status(started.id).is_paid
    assert requests.get(started.next_url, timeout=5).status_code == 410


def test_coming_back_without_paying_is_not_paid(provider: PaymentProvider) -> None:
    started = begin(provider)
    requests.get(started.next_url, timeout=5)

    assert not provider.status(started.id).is_paid


def test_same_key_is_the_same_payment(provider: PaymentProvider, supplier: PayStandIn) -> None:
    assert begin(provider) == begin(provider)
    assert len(supplier.payments) == 1


def test_same_key_for_another_amount_is_refused(provider: PaymentProvider) -> None:
    begin(provider, amount_pence=1000)
    with pytest.raises(CannotPayEver):
        begin(provider, amount_pence=2000)


def test_same_key_after_the_payment_ended_is_refused(provider: PaymentProvider, supplier: PayStandIn) -> None:
    supplier.settle(begin(provider).id, "cancel")
    with pytest.raises(CannotPayEver):
        begin(provider)


def test_lost_answer_does_not_begin_a_second_payment(provider: PaymentProvider, supplier: PayStandIn) -> None:
    supplier.fail_with(Fault(kind="lost answer"))
    with pytest.raises(CannotPayNow):
        begin(provider)

    begin(provider)

    assert len(supplier.payments) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="down"),
        Fault(kind="status", status=429),
        Fault(kind="status", status=500),
        Fault(kind="status", status=503),
    ],
    ids=["down", "429", "500", "503"],
)
def test_supplier_in_trouble_is_to_be_asked_again(
    provider: PaymentProvider, supplier: PayStandIn, fault: Fault
) -> None:
    started = begin(provider)
    supplier.fail_with(fault)
    with pytest.raises(CannotPayNow):
        provider.status(started.id)
    assert provider.status(started.id).state == State.CREATED


@pytest.mark.parametrize("amount_pence", [-1, 0, 10_000_001])
def test_amount_out_of_bounds_never_reaches_the_supplier(
    provider: PaymentProvider, supplier: PayStandIn, amount_pence: int
) -> None:
    with pytest.raises(CannotPayEver):
        begin(provider, amount_pence=amount_pence)
    assert supplier.requests == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reference", ""),
        ("reference", "x" * 256),
        ("reference", "BB-1\nX: 1"),
        ("return_url", "http://council.example/"),
        ("return_url", "javascript:alert(1)"),
        ("return_url", "https://council.example/ x"),
        ("key", ""),
        ("key", "a b"),
        ("key", "a\r\nX-Evil: 1"),
    ],
)
def test_broken_request_never_reaches_the_supplier(
    provider: PaymentProvider, supplier: PayStandIn, name: str, value: str
) -> None:
    good = {"reference": "BB-1", "description": "Badge", "return_url": RETURN_URL, "key": "k"}
    with pytest.raises(CannotPayEver):
        provider.start(amount_pence=1000, **{**good, name: value})
    assert supplier.requests == []


@pytest.mark.parametrize("payment_id", ["0" * 26, "../v1/agreements", "", "a/b", "a?b"])
def test_unknown_payment_is_a_lookup_error(provider: PaymentProvider, payment_id: str) -> None:
    with pytest.raises(LookupError):
        provider.status(payment_id)


def test_refund_in_parts_until_nothing_is_left(provider: PaymentProvider, supplier: PayStandIn) -> None:
    started = begin(provider, amount_pence=1000)
    supplier.settle(started.id, "pay")

    first = provider.refund(started.id, amount_pence=400, can_refund=1000)
    assert (first.amount_pence, first.state) == (400, RefundState.SUBMITTED)
    assert provider.status(started.id).can_refund == 600
    provider.refund(started.id, amount_pence=600, can_refund=600)

    with pytest.raises(CannotPayEver):
        provider.refund(started.id, amount_pence=1, can_refund=0)


def test_refund_is_refused_when_another_officer_was_first(
    provider: PaymentProvider, supplier: PayStandIn
) -> None:
    started = begin(provider)
    supplier.settle(started.id, "pay")
    provider.refund(started.id, amount_pence=1000, can_refund=1000)

    with pytest.raises(CannotPayEver):
        provider.refund(started.id, amount_pence=1000, can_refund=1000)


def test_cancelled_payment_cannot_be_paid(provider: PaymentProvider) -> None:
    started = begin(provider)
    provider.cancel(started.id)

    assert provider.status(started.id).state == State.CANCELLED
    assert requests.post(started.next_url, data={"choice": "pay"}, timeout=5).status_code == 410
    with pytest.raises(CannotPayEver):
        provider.cancel(started.id)


def test_wrong_key_is_the_operators_to_repair(supplier: PayStandIn) -> None:
    provider = GovukPay(PayConfig(api_key="api_test_wrong", url=supplier.url))
    with pytest.raises(CannotPayNow, match="refused our key"):
        begin(provider)
