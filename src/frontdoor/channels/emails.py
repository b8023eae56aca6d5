"""One email as it goes over the wire, made the same way for every adapter that sends mail itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from frontdoor.channels.messages import OutgoingMessage, one_line


@dataclass(frozen=True, kw_only=True)
class From:
    """Who mail comes from: the council's name and its address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def message_id(own_id: str, domain: str) -> str:
    """The Message-ID for one of our ids: always the same, so that mail stores recognise a repeat."""
    return f"<{own_id}@{domain}>"


def build_email(message: OutgoingMessage, *, sender: From, at: datetime) -> EmailMessage:
    """The email for a message that `sendable` has passed: plain words, HTML beside them if given,
    attachments.

    It says that it was made by software (RFC 3834), so that automatic replies do not answer it.
    """
    email = EmailMessage(policy=SMTP)
    _write_headers(email, message, sender=sender, at=at)
    email.set_content(message.body.rstrip("\n") + "\n", charset="utf-8")
    if message.html is not None:
        email.add_alternative(message.html, subtype="html", charset="utf-8")
    for attachment in message.attachments:
        kind, _, detail = attachment.content_type.partition("/")
        email.add_attachment(attachment.data, maintype=kind, subtype=detail, filename=attachment.name)
    return email


def _write_headers(email: EmailMessage, message: OutgoingMessage, *, sender: From, at: datetime) -> None:
    email["From"] = Address(display_name=one_line(sender.name), addr_spec=sender.address)
    email["To"] = message.to
    if message.reply_to:
        email["Reply-To"] = message.reply_to
    email["Subject"] = message.subject
    email["Date"] = format_datetime(at)
    email["Message-ID"] = message_id(message.id, sender.domain)
    if message.in_reply_to:
        email["In-Reply-To"] = message.in_reply_to
        email["References"] = message.in_reply_to
    email["Auto-Submitted"] = "auto-generated"
    if message.reference:
        email["X-Reference"] = message.reference
