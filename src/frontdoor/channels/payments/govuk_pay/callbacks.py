"""What GOV.UK Pay calls us with: news that something has happened to a payment.

The call is signed. It may come late, twice or in another order than things happened, so it is only a
reason to ask for the status: nothing is taken from it but which payment to ask about.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass


class NotPaymentNews(ValueError):
    """The body is not what GOV.UK Pay sends. Trying again does not help; answer 400."""


@dataclass(frozen=True, kw_only=True)
class PaymentNews:
    """Something happened to `payment_id`: ask for its status. The same `message_id` is the same news."""

    message_id: str
    payment_id: str
    event: str


def is_from_pay(signature: str | None, body: bytes, secrets: Sequence[str]) -> bool:
    """Is the Pay-Signature header right for these very bytes, by one of our signing secrets? With no
    secrets, never.

    HMAC with SHA-256 in lower-case hex, as Pay documents it; compared in constant time.
    """
    given = (signature or "").encode()
    expected = [
        hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode() for secret in secrets if secret
    ]
    matches = [hmac.compare_digest(given, right) for right in expected]
    return any(matches)


def read_news(body: bytes) -> PaymentNews:
    """What the call says. Raises NotPaymentNews."""
    try:
        news = json.loads(body)
        resource = news.get("resource") or {}
        return PaymentNews(
            message_id=str(news.get("webhook_message_id") or news["id"]),
            payment_id=str(resource.get("payment_id") or news["resource_id"]),
            event=str(news["event_type"]).lower(),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotPaymentNews(f"The call is not one GOV.UK Pay makes ({type(error).__name__}).") from error
