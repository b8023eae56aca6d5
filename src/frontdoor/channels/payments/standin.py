"""A stand-in of GOV.UK Pay on this machine, with a small payment page, for tests and the demo. No card is
asked for.

It follows Pay's published contract: keys, idempotency, states, codes, refunds, and a next page that works
once.
"""

from __future__ import annotations

import html
import json
import re
import secrets
from typing import Any

from frontdoor.channels.loopback import Answer, Fault, Request, StandIn
from frontdoor.channels.payments.standin_records import ENDINGS, Payment

__all__ = ["Fault", "PayStandIn"]

_PAYMENT = re.compile(r"/v1/payments/([A-Za-z0-9]+)(/refunds|/cancel)?")
_NEXT = re.compile(r"/pay/([A-Za-z0-9_-]+)")
_STYLE = (
    "body{font:1.2rem/1.5 Arial,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}"
    "h1{font-size:1.8rem;line-height:1.2}button{font:inherit;min-height:2.8rem;min-width:15rem;padding:.4rem 1rem;"
    "border:2px solid #0b0c0c;background:#fff;text-align:left}button:focus{outline:4px solid #fd0}"
)
_ERRORS = {429: ("P0900", "Too many requests"), 500: ("P0998", "The payment system is having problems")}


class PayStandIn(StandIn):
    """GOV.UK Pay with one key. `settle(payment_id, choice)` does what a customer does on the payment page."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.api_key = f"api_test_{secrets.token_hex(16)}"
        self.payments: dict[str, Payment] = {}

    def settle(self, payment_id: str, choice: str) -> None:
        """The customer pays, is declined, cancels or lets it expire: one of the words in ENDINGS."""
        with self.lock:
            self.payments[payment_id].end(choice)

    def fault_answer(self, status: int) -> Answer:
        code, words = _ERRORS.get(status, ("P0999", "Set by the stand-in"))
        return _error(status, code, words)

    def answer(self, request: Request) -> Answer:
        with self.lock:
            if page := _NEXT.fullmatch(request.path):
                return self._page(page.group(1), request)
            if request.headers.get("authorization") != f"Bearer {self.api_key}":
                return _error(401, "P0920", "Credentials are required to access this resource")
            if request.method == "POST" and request.path == "/v1/payments":
                return self._create(request)
            if match := _PAYMENT.fullmatch(request.path):
                return self._existing(match.group(1), match.group(2) or "", request)
            return _error(404, "P0200", "Not found")

    def _create(self, request: Request) -> Answer:
        asked = _asked(request)
        fault = _fault_in(asked)
        if fault:
            return _error(422, "P0102", f"Invalid attribute value: {fault}")
        key = request.headers.get("idempotency-key", "")
        known = next((payment for payment in self.payments.values() if key and payment.key == key), None)
        if known is not None:
            same = known.asked == asked
            return (
                self._told(known, 201)
                if same
                else _error(409, "P0191", "The Idempotency-Key was used before")
            )
        payment = Payment(asked=asked, key=key)
        self.payments[payment.id] = payment
        return self._told(payment, 201)

    def _existing(self, payment_id: str, what: str, request: Request) -> Answer:
        payment = self.payments.get(payment_id)
        if payment is None:
            return _error(404, "P0200", "Not found")
        if what == "/refunds" and request.method == "POST":
            return self._refund(payment, request)
        if what == "/cancel" and request.method == "POST":
            if payment.is_finished:
                return _error(400, "P0501", "Cancellation of payment failed")
            payment.end("cancel by service")
            return Answer(status=204, content=b"")
        return self._told(payment, 200) if not what else _error(404, "P0200", "Not found")

    def _refund(self, payment: Payment, request: Request) -> Answer:
        asked = _asked(request)
        if asked.get("refund_amount_available") != payment.can_refund:
            return _error(412, "P0604", "Refund amount available mismatch")
        if not isinstance(asked.get("amount"), int) or not 0 < asked["amount"] <= payment.can_refund:
            return _error(400, "P0603", "The payment is not available for refund")
        payment.refunded += asked["amount"]
        content = {"refund_id": secrets.token_hex(13), "amount": asked["amount"], "status": "submitted"}
        return Answer(status=202, content=content)

    def _told(self, payment: Payment, status: int) -> Answer:
        return Answer(status=status, content=payment.as_json(self.url))

    def _page(self, token: str, request: Request) -> Answer:
        payment = next((found for found in self.payments.values() if found.token == token), None)
        if payment is None or payment.is_finished:
            return _html(410, "<h1>This payment link has been used or has run out</h1>")
        if request.method == "POST":
            choice = request.form().get("choice", "")
            if choice not in ENDINGS:
                return _html(400, "<h1>Choose what happens</h1>")
            payment.end(choice)
            return Answer(status=303, content=b"", headers={"Location": str(payment.asked["return_url"])})
        payment.status = "started"
        return _html(200, _page_of(payment))


def _asked(request: Request) -> dict[str, Any]:
    try:
        asked = json.loads(request.body)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _fault_in(asked: dict[str, Any]) -> str:
    amount = asked.get("amount")
    if not isinstance(amount, int) or not 1 <= amount <= 10_000_000:
        return "amount"
    for name in ("reference", "description"):
        if not isinstance(asked.get(name), str) or not 1 <= len(asked[name]) <= 255:
            return name
    return "" if str(asked.get("return_url", "")).startswith(("https://", "http://")) else "return_url"


def _error(status: int, code: str, words: str) -> Answer:
    return Answer(status=status, content={"code": code, "description": words})


def _html(status: int, body: str) -> Answer:
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Practice payment page</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>"
    )
    return Answer(
        status=status,
        content=page.encode(),
        content_type="text/html; charset=utf-8",
        headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"},
    )


def _page_of(payment: Payment) -> str:
    words = html.escape(str(payment.asked["description"]))
    pounds = f"£{payment.asked['amount'] / 100:,.2f}"
    buttons = "".join(
        f'<p><button name="choice" value="{choice}">{html.escape(ending.button)}</button></p>'
        for choice, ending in ENDINGS.items()
        if ending.button
    )
    return f'<h1>Practice payment: no money is taken</h1><p>{words}: {pounds}</p><form method="post">{buttons}</form>'
