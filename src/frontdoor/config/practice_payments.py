"""Payments for practice: a stand-in of GOV.UK Pay on this machine, begun with the first payment. No money moves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from frontdoor.channels.payments.provider import PaymentStatus, Refund, Started

if TYPE_CHECKING:
    from frontdoor.channels.payments.govuk_pay.adapter import GovukPay


@cache
def _provider() -> GovukPay:
    from frontdoor.channels.payments.govuk_pay.adapter import (
        GovukPay,
    )  # all three are loaded with the first payment
    from frontdoor.channels.payments.govuk_pay.config import PayConfig
    from frontdoor.channels.payments.standin import PayStandIn

    stand_in = PayStandIn()
    stand_in.start()
    return GovukPay(PayConfig(api_key=stand_in.api_key, url=stand_in.url))


class PracticePayments:
    """A payment provider that asks for no card. It forgets its payments when the process ends."""

    def start(
        self, *, amount_pence: int, reference: str, description: str, return_url: str, key: str
    ) -> Started:
        """Begin a payment on the practice page."""
        return _provider().start(
            amount_pence=amount_pence,
            reference=reference,
            description=description,
            return_url=return_url,
            key=key,
        )

    def status(self, payment_id: str) -> PaymentStatus:
        """What has become of a payment."""
        return _provider().status(payment_id)

    def refund(self, payment_id: str, *, amount_pence: int, can_refund: int) -> Refund:
        """Give practice money back."""
        return _provider().refund(payment_id, amount_pence=amount_pence, can_refund=can_refund)

    def cancel(self, payment_id: str) -> None:
        """End a payment that is not finished."""
        _provider().cancel(payment_id)
