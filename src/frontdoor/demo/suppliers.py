"""Stand-ins for the world outside while the demo council's past is made: post that arrives, a till that is paid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from frontdoor.channels.messages import CALENDAR, Channel, OutgoingMessage, Sent, Status
from frontdoor.channels.payments.provider import PaymentStatus, Refund, RefundState, Started, State
from frontdoor.handling.ports import plug, ports

ARRIVES = {"email": Status.DELIVERED, "text": Status.DELIVERED, "letter": Status.RECEIVED}


class QuietPost:
    """Takes every message and keeps none: what was sent is on record in the outbox."""

    carries: frozenset[Channel] = frozenset({"email", "text", "letter"})
    attaches: frozenset[str] = frozenset({CALENDAR})

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        """It has arrived."""
        return Sent(supplier_id=message.id, status=ARRIVES[message.channel], at=at)

    def status(self, supplier_id: str) -> Status:
        """Where it stands."""
        return Status.DELIVERED


class Till:
    """A payment page at which everybody pays."""

    def __init__(self) -> None:
        self._begun: dict[str, PaymentStatus] = {}

    def start(
        self, *, amount_pence: int, reference: str, description: str, return_url: str, key: str
    ) -> Started:
        """Begin, and pay."""
        paid = PaymentStatus(
            id=f"demo-{reference}-{len(self._begun)}",
            state=State.SUCCESS,
            amount_pence=amount_pence,
            reference=reference,
            can_refund=amount_pence,
        )
        self._begun[paid.id] = paid
        return Started(id=paid.id, next_url=return_url)

    def status(self, payment_id: str) -> PaymentStatus:
        """Paid."""
        return self._begun[payment_id]

    def refund(self, payment_id: str, *, amount_pence: int, can_refund: int) -> Refund:
        """Given back at once."""
        return Refund(id=f"refund-{payment_id}", amount_pence=amount_pence, state=RefundState.SUCCESS)

    def cancel(self, payment_id: str) -> None:
        """A payment that is made at once cannot be ended before."""


@contextmanager
def quiet_suppliers() -> Iterator[None]:
    """Nothing leaves this machine meanwhile; the installation's own adapters are back afterwards."""
    own = ports()
    post = QuietPost()
    names = dict.fromkeys(("email", "text", "letter"), "console")
    plug(
        replace(
            own,
            senders=dict.fromkeys(("email", "text", "letter"), post),
            scanner=None,
            payments=Till(),
            supplier_names=names,
        )
    )
    try:
        yield
    finally:
        plug(own)
