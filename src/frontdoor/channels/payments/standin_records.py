"""What the stand-in of GOV.UK Pay remembers of a payment."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Ending:
    """How a payment ends: its state, Pay's code and words for it, and the button that does it ('' for
    none).
    """

    status: str
    code: str = ""
    words: str = ""
    button: str = ""


ENDINGS = {
    "pay": Ending("success", button="Pay"),
    "decline": Ending("failed", "P0010", "Payment method rejected", "Have the card declined"),
    "cancel": Ending("failed", "P0030", "Payment was cancelled by the user", "Cancel"),
    "expire": Ending("failed", "P0020", "Payment expired"),
    "cancel by service": Ending("cancelled", "P0040", "Payment was cancelled by the service"),
    "break": Ending("error", "P0050", "Payment provider returned an error"),
}


@dataclass(kw_only=True)
class Payment:
    """One payment. `asked` is what it was begun with; `token` is the secret of its next page."""

    asked: dict[str, Any]
    key: str
    id: str = field(default_factory=lambda: secrets.token_hex(13))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    status: str = "created"
    ending: Ending | None = None
    refunded: int = 0

    @property
    def is_finished(self) -> bool:
        return self.ending is not None

    @property
    def can_refund(self) -> int:
        """Pence that may still be given back."""
        return int(self.asked["amount"]) - self.refunded if self.status == "success" else 0

    def end(self, choice: str) -> None:
        """Ends as one of ENDINGS says."""
        self.ending = ENDINGS[choice]
        self.status = self.ending.status

    def as_json(self, url: str) -> dict[str, Any]:
        """As Pay tells it."""
        state: dict[str, Any] = {"status": self.status, "finished": self.is_finished}
        if self.ending is not None and self.ending.code:
            state |= {"code": self.ending.code, "message": self.ending.words}
        next_url = None if self.is_finished else {"href": f"{url}/pay/{self.token}", "method": "GET"}
        return {
            "payment_id": self.id,
            "amount": self.asked["amount"],
            "reference": self.asked["reference"],
            "description": self.asked["description"],
            "return_url": self.asked["return_url"],
            "state": state,
            "payment_provider": "sandbox",
            "refund_summary": {
                "status": "available" if self.can_refund else "unavailable",
                "amount_available": self.can_refund,
                "amount_submitted": self.refunded,
            },
            "_links": {
                "self": {"href": f"{url}/v1/payments/{self.id}", "method": "GET"},
                "next_url": next_url,
            },
        }
