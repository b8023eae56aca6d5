"""One sender made of several: email one way, texts and letters another, as a council has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from frontdoor.channels.messages import CannotSendEver, Channel, MessageSender, OutgoingMessage, Sent, Status


class SendByChannel:
    """Hands each message to the sender for its channel. Supplier ids get the channel in front, as in
    'text:…'.
    """

    def __init__(self, senders: Mapping[Channel, MessageSender]) -> None:
        """Raises ValueError when a sender does not carry the channel it is given for."""
        wrong = [channel for channel, sender in senders.items() if channel not in sender.carries]
        if wrong:
            raise ValueError(f"The sender given for {', '.join(wrong)} does not carry it. Choose another.")
        self._senders = dict(senders)

    @property
    def carries(self) -> frozenset[Channel]:
        return frozenset(self._senders)

    @property
    def attaches(self) -> frozenset[str]:
        """What may go with an email, as its own sender has it."""
        email = self._senders.get("email")
        return email.attaches if email else frozenset()

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        """Sends by the channel's own sender. CannotSendEver when the council has none for this channel."""
        sender = self._senders.get(message.channel)
        if sender is None:
            raise CannotSendEver(f"This council sends nothing by {message.channel}. Choose another way.")
        sent = sender.send(message, at)
        return Sent(supplier_id=f"{message.channel}:{sent.supplier_id}", status=sent.status, at=sent.at)

    def status(self, supplier_id: str) -> Status:
        """Asks the sender that the id names. LookupError when it names none."""
        name, _, own_id = supplier_id.partition(":")
        for channel, sender in self._senders.items():
            if channel == name:
                return sender.status(own_id)
        raise LookupError("This id names no channel we send by.")
