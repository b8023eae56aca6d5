"""What a supplier handed us: one message from outside, whatever way it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Way = Literal["email", "text", "letter", "call", "webchat", "social"]


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One message that arrived. The same `supplier_id` on the same `way` is the same message, however often
    it comes.

    `thread_hints` are whatever may tie it to an earlier conversation: message ids replied to, tokens in a
    subject.
    """

    way: Way
    supplier_id: str
    sender: str
    recipient: str
    text: str
    received_at: datetime
    thread_hints: tuple[str, ...] = ()
