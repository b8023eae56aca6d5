"""Takes payments through GOV.UK Pay's public interface."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import requests

from frontdoor.channels.messages import one_line
from frontdoor.channels.payments.govuk_pay.config import PayConfig
from frontdoor.channels.payments.provider import (
    MOST_PENCE,
    CannotPayEver,
    CannotPayNow,
    PaymentStatus,
    Refund,
    RefundState,
    Started,
    State,
)

_MOST_LETTERS = 255
_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,255}")


class GovukPay:
    """Payments through GOV.UK Pay."""

    def __init__(self, config: PayConfig) -> None:
        self._config = config

    def start(
        self, *, amount_pence: int, reference: str, description: str, return_url: str, key: str
    ) -> Started:
        """Begins a payment and says where to send the customer. A repeat with the same `key` is the same
        payment.
        """
        _check_amount(amount_pence)
        _check_start(reference, return_url, key)
        asked = {
            "amount": amount_pence,
            "reference": reference,
            "description": one_line(description)[:_MOST_LETTERS],
            "return_url": return_url,
        }
        answer = self._call("POST", "/v1/payments", asked, headers={"Idempotency-Key": key})
        next_url = _next_url(answer)
        if not next_url:
            raise CannotPayEver(
                "This payment has been begun before and cannot be continued. Begin a new one."
            )
        return Started(id=str(answer["payment_id"]), next_url=next_url)

    def status(self, payment_id: str) -> PaymentStatus:
        """What GOV.UK Pay says of a payment: the only thing that proves it is paid."""
        answer = self._call("GET", _path(payment_id))
        state = answer["state"]
        return PaymentStatus(
            id=str(answer["payment_id"]),
            state=State(state["status"]),
            amount_pence=int(answer["amount"]),
            reference=str(answer["reference"]),
            next_url=_next_url(answer),
            code=str(state.get("code") or ""),
            words=str(state.get("message") or ""),
            can_refund=int((answer.get("refund_summary") or {}).get("amount_available") or 0),
        )

    def refund(self, payment_id: str, *, amount_pence: int, can_refund: int) -> Refund:
        """Gives back `amount_pence`, if `can_refund` is still what may be given back."""
        _check_amount(amount_pence)
        asked = {"amount": amount_pence, "refund_amount_available": can_refund}
        answer = self._call("POST", f"{_path(payment_id)}/refunds", asked)
        return Refund(
            id=str(answer["refund_id"]),
            amount_pence=int(answer["amount"]),
            state=RefundState(answer["status"]),
        )

    def cancel(self, payment_id: str) -> None:
        """Ends a payment the customer has not finished."""
        self._call("POST", f"{_path(payment_id)}/cancel")

    def _call(
        self,
        method: str,
        path: str,
        asked: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        try:
            answer = requests.request(
                method,
                f"{self._config.url}{path}",
                json=asked,
                headers={"Authorization": f"Bearer {self._config.api_key}", **(headers or {})},
                timeout=self._config.timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise CannotPayNow(f"GOV.UK Pay cannot be reached ({type(error).__name__}).") from error
        if not answer.ok:
            raise _refusal(answer)
        return _content(answer)


def _content(answer: requests.Response) -> Any:
    if answer.status_code == 204:
        return {}
    try:
        return answer.json()
    except ValueError as error:
        raise CannotPayNow("GOV.UK Pay's answer could not be read.") from error


def _refusal(answer: requests.Response) -> Exception:
    """Too many requests and faults on their side: later. An unknown id: LookupError. All else is ours to
    correct.
    """
    try:
        code = str(answer.json().get("code", ""))
    except (ValueError, AttributeError):
        code = ""
    if answer.status_code == 429:
        return CannotPayNow(
            "GOV.UK Pay takes no more requests this second.", retry_after=timedelta(seconds=2)
        )
    if answer.status_code >= 500:
        return CannotPayNow(f"GOV.UK Pay is not answering properly (code {answer.status_code}).")
    if answer.status_code == 404:
        return LookupError("GOV.UK Pay has no payment under this id.")
    if answer.status_code == 401:
        return CannotPayNow(
            "GOV.UK Pay refused our key. Check FRONTDOOR_PAY_API_KEY.", retry_after=timedelta(minutes=15)
        )
    return CannotPayEver(f"GOV.UK Pay refused the request (code {code or answer.status_code}).")


def _check_amount(amount_pence: int) -> None:
    if not 1 <= amount_pence <= MOST_PENCE:
        raise CannotPayEver("The amount is not between 1p and £100,000.")


def _check_start(reference: str, return_url: str, key: str) -> None:
    if not 1 <= len(reference) <= _MOST_LETTERS or one_line(reference) != reference:
        raise CannotPayEver("The payment reference is empty, too long or has a line break in it.")
    if not re.fullmatch(r"https://\S+|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?", return_url):
        raise CannotPayEver("The address to return to is not a safe web address.")
    if not _KEY.fullmatch(key):
        raise CannotPayEver("The key that makes a payment unique is not one we make.")


def _path(payment_id: str) -> str:
    if not _ID.fullmatch(payment_id):
        raise LookupError("This is not an id that GOV.UK Pay gives.")
    return f"/v1/payments/{payment_id}"


def _next_url(answer: Any) -> str:
    link = answer.get("_links", {}).get("next_url") or {}
    return str(link.get("href") or "")
