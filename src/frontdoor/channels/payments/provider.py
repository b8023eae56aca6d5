"""The port for card payments. Amounts are whole pence; card numbers never come here.

Coming back to `return_url` proves nothing: whether it is paid is what `status` says, asked by our own
payment id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

MOST_PENCE = 10_000_000
"""£100,000, the most GOV.UK Pay takes in one payment."""


class State(StrEnum):
    """Where a payment has got to, in GOV.UK Pay's words. 'capturable' is paid once it has been captured."""

    CREATED = "created"
    STARTED = "started"
    SUBMITTED = "submitted"
    CAPTURABLE = "capturable"
    SUCCESS = "success"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ERROR = "error"

    @property
    def is_final(self) -> bool:
        """No further change will come."""
        return self in {State.SUCCESS, State.FAILED, State.CANCELLED, State.ERROR}


@dataclass(frozen=True, kw_only=True)
class Started:
    """A payment that waits for the customer. `next_url` works once and is a secret: redirect, never store
    or log.
    """

    id: str
    next_url: str


@dataclass(frozen=True, kw_only=True)
class PaymentStatus:
    """What the supplier says of a payment. `next_url` is where an unfinished one can be resumed, '' if it
    cannot.

    `code` and `words` say why it did not succeed; `can_refund` is what may still be given back, in pence.
    """

    id: str
    state: State
    amount_pence: int
    reference: str
    next_url: str = ""
    code: str = ""
    words: str = ""
    can_refund: int = 0

    @property
    def is_paid(self) -> bool:
        return self.state == State.SUCCESS


class RefundState(StrEnum):
    """Where a refund has got to."""

    SUBMITTED = "submitted"
    SUCCESS = "success"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class Refund:
    """Money on its way back."""

    id: str
    amount_pence: int
    state: RefundState


class CannotPayNow(Exception):
    """The payment supplier cannot be asked at the moment. Nothing was charged by us; trying again helps."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class CannotPayEver(Exception):
    """The supplier refuses this request as it is. Trying again does not help until what it names is
    corrected.
    """


class PaymentProvider(Protocol):
    """What an adapter for payments can do. Every method may raise CannotPayNow and CannotPayEver."""

    def start(
        self, *, amount_pence: int, reference: str, description: str, return_url: str, key: str
    ) -> Started:
        """Begins a payment. The same `key` (ours, one for each intended payment) begins the same payment
        again.
        """

    def status(self, payment_id: str) -> PaymentStatus:
        """What has become of a payment. Raises LookupError when the supplier knows none under this id."""

    def refund(self, payment_id: str, *, amount_pence: int, can_refund: int) -> Refund:
        """Gives money back, in part or whole. `can_refund` is the sum the officer saw: if it has changed
        since, nothing is refunded and CannotPayEver says so.
        """

    def cancel(self, payment_id: str) -> None:
        """Ends a payment the customer has not finished."""
