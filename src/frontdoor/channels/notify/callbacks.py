"""What GOV.UK Notify calls us with: news of delivery, texts from customers, letters that came back.

Notify proves itself by a bearer token we chose, and calls again every five minutes, up to five times, until
it is answered with 2xx: take the same news twice as once.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from frontdoor.channels.inbound import Inbound
from frontdoor.channels.messages import Channel, Status

T = TypeVar("T")

_CHANNELS: dict[str, Channel] = {"email": "email", "sms": "text", "letter": "letter"}


class NotACallback(ValueError):
    """The body is not what GOV.UK Notify sends. Trying again does not help; answer 400."""


@dataclass(frozen=True, kw_only=True)
class DeliveryReceipt:
    """How a message ended. `message_id` is our own id, None for a message that we did not send under one."""

    supplier_id: str
    message_id: str | None
    channel: Channel
    status: Status
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReturnedLetter:
    """A letter that came back: the address is not good any more."""

    supplier_id: str
    message_id: str | None


def is_from_notify(authorization: str | None, tokens: Sequence[str]) -> bool:
    """Does the Authorization header carry one of our tokens? Compared in constant time; with no tokens,
    never.
    """
    kind, _, given = (authorization or "").partition(" ")
    matches = [hmac.compare_digest(given.encode(), token.encode()) for token in tokens if token]
    return kind.lower() == "bearer" and any(matches)


def read_receipt(body: bytes) -> DeliveryReceipt:
    """A delivery receipt. Raises NotACallback."""
    return _read(body, _receipt)


def read_text(body: bytes) -> Inbound:
    """A text message from a customer. Raises NotACallback."""
    return _read(body, _text)


def read_returned_letter(body: bytes) -> ReturnedLetter:
    """A letter that the post brought back. Raises NotACallback."""
    return _read(
        body,
        lambda news: ReturnedLetter(
            supplier_id=news["notification_id"], message_id=news["reference"] or None
        ),
    )


def _receipt(news: dict[str, Any]) -> DeliveryReceipt:
    return DeliveryReceipt(
        supplier_id=str(news["id"]),
        message_id=str(news["reference"]) if news["reference"] else None,
        channel=_CHANNELS[news["notification_type"]],
        status=Status(news["status"]),
        at=_instant(news.get("completed_at") or news.get("sent_at") or news["created_at"]),
    )


def _text(news: dict[str, Any]) -> Inbound:
    return Inbound(
        way="text",
        supplier_id=str(news["id"]),
        sender=str(news["source_number"]),
        recipient=str(news["destination_number"]),
        text=str(news["message"]),
        received_at=_instant(news["date_received"]),
    )


def _instant(text: object) -> datetime:
    at = datetime.fromisoformat(str(text))
    if at.tzinfo is None:
        raise NotACallback("An instant in the call has no time zone.")
    return at


def _read(body: bytes, make: Callable[[dict[str, Any]], T]) -> T:
    try:
        news = json.loads(body)
        return make(news)
    except NotACallback:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotACallback(f"The call is not one GOV.UK Notify makes ({type(error).__name__}).") from error
