"""The outgoing port: one message to one person by email, text or letter.

`MessageSender` is what the rest of Front Door knows. An adapter either hands the message to its supplier and
returns `Sent`, or raises `CannotSendNow` (keep it, try again) or `CannotSendEver` (trying again is no use).
It never loses a message silently and never sends one id as two messages where its supplier lets it find out.

Statuses are GOV.UK Notify's words, because councils know them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Protocol

Channel = Literal["email", "text", "letter"]

CALENDAR = "text/calendar"
PDF = "application/pdf"

MOST_IN_A_TEXT = 918
"""Characters in one text message: six fragments of 153, the most that Notify accepts."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[^\s@<>\"(),:;\[\]\\]+\.[^\s@<>\"(),:;\[\]\\.]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{5,24}")


class Status(StrEnum):
    """Where a message has got to, in Notify's words. Texts add `pending` and `sent`; letters the second
    half.
    """

    CREATED = "created"
    SENDING = "sending"
    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    PERMANENT_FAILURE = "permanent-failure"
    TEMPORARY_FAILURE = "temporary-failure"
    TECHNICAL_FAILURE = "technical-failure"
    ACCEPTED = "accepted"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    PENDING_VIRUS_CHECK = "pending-virus-check"
    VIRUS_SCAN_FAILED = "virus-scan-failed"
    VALIDATION_FAILED = "validation-failed"

    @property
    def is_final(self) -> bool:
        """No further news will come."""
        return self in _FINAL

    @property
    def has_failed(self) -> bool:
        """It did not and will not reach the person by this attempt."""
        return self in _FAILED


_FAILED = frozenset(
    {
        Status.PERMANENT_FAILURE,
        Status.TEMPORARY_FAILURE,
        Status.TECHNICAL_FAILURE,
        Status.CANCELLED,
        Status.VIRUS_SCAN_FAILED,
        Status.VALIDATION_FAILED,
    }
)
_FINAL = _FAILED | {Status.DELIVERED, Status.SENT, Status.RECEIVED}


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with an email. `content_type` is like 'application/pdf'."""

    name: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class OutgoingMessage:
    """One message to one person.

    `id` is ours, unique for ever, and carries no personal data: it is how a repeat is recognised. `body` is
    plain words with light markdown (headings, lists, links). `to` is an email address or a phone number; a
    letter goes to `address` (name first, at most seven lines) and may bring its own `pdf`. `first_try` says
    that nothing can have been sent under this id before, so an adapter need not ask its supplier.
    """

    id: str
    channel: Channel
    to: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    body: str = field(default="", repr=False)
    html: str | None = field(default=None, repr=False)
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = field(default=None, repr=False)
    in_reply_to: str | None = None
    reference: str = ""
    template: str = ""
    address: tuple[str, ...] = field(default=(), repr=False)
    pdf: bytes | None = field(default=None, repr=False)
    first_try: bool = False


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The supplier has taken the message over. `supplier_id` is its name for it, `at` when it did."""

    supplier_id: str
    status: Status
    at: datetime


class CannotSend(Exception):
    """A message was not sent. The words name no person; `reason` is fit for a log and for an officer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CannotSendNow(CannotSend):
    """The supplier cannot take the message at the moment. Trying again helps, after `retry_after` when it is
    known.
    """

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class CannotSendEver(CannotSend):
    """This message cannot be sent as it is. Trying again does not help; a person must correct or choose
    another way.
    """


class MessageSender(Protocol):
    """What an adapter for outgoing messages can do."""

    @property
    def carries(self) -> frozenset[Channel]:
        """The channels this adapter can send on."""

    @property
    def attaches(self) -> frozenset[str]:
        """The content types of files that may go with an email; an email is sent without any other."""

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        """Hand over one message. Raises CannotSendNow or CannotSendEver; a repeat of an id sends nothing
        new.
        """

    def status(self, supplier_id: str) -> Status:
        """Where a message has got to. Raises CannotSendNow when the supplier cannot be asked, LookupError if
        unknown.
        """


def sendable(message: OutgoingMessage, *, carries: frozenset[Channel]) -> OutgoingMessage:
    """The message as it may go out: header fields cleaned and everything checked that no supplier would
    accept.

    Line breaks in a subject become spaces (it may quote a customer); in an address or an id they are an
    attack or a fault, and are refused. Raises CannotSendEver with the reason.
    """
    if message.channel not in carries:
        raise CannotSendEver(
            f"This way of sending does not carry messages by {message.channel}. Use another."
        )
    if not _ID.fullmatch(message.id):
        raise CannotSendEver(
            "The message id is not one we make: letters, digits, dot, dash and underscore only."
        )
    _refuse_broken_fields(message)
    _CHECKS[message.channel](message)
    return replace(message, subject=one_line(message.subject), body=_clean_body(message.body))


def one_line(text: str) -> str:
    """The text on a single line: line breaks, tabs and control characters become single spaces."""
    spaced = "".join(" " if _breaks_a_header(letter) else letter for letter in text)
    return re.sub(r"\s+", " ", spaced).strip()


def _breaks_a_header(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Cs"}


def _clean_body(text: str) -> str:
    """Line breaks as one kind; other control characters and half characters (lone surrogates) gone."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(x for x in unified if x in "\n\t" or unicodedata.category(x) not in {"Cc", "Cs"})


def _refuse_broken_fields(message: OutgoingMessage) -> None:
    names = [attachment.name for attachment in message.attachments]
    kinds = [attachment.content_type for attachment in message.attachments]
    fields = [
        message.to,
        message.reply_to or "",
        message.in_reply_to or "",
        message.reference,
        *names,
        *kinds,
    ]
    if any(_breaks_a_header(letter) for text in [*fields, *message.address] for letter in text):
        raise CannotSendEver(
            "An address, reference or file name has a line break or control character in it."
        )
    if any(not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", kind) for kind in kinds):
        raise CannotSendEver("An attachment has no proper content type.")


def _check_email(message: OutgoingMessage) -> None:
    for address in filter(None, (message.to, message.reply_to)):
        if len(address) > 254 or not _EMAIL.fullmatch(address) or ".." in address:
            raise CannotSendEver("The email address is not complete or not valid.")
    if not message.to:
        raise CannotSendEver("There is no email address to send to.")
    if not one_line(message.subject):
        raise CannotSendEver("The email has no subject.")


def _check_text(message: OutgoingMessage) -> None:
    if not _PHONE.fullmatch(message.to):
        raise CannotSendEver("The phone number is not one that can be texted.")
    if not message.body.strip():
        raise CannotSendEver("The text message is empty.")
    if len(message.body) > MOST_IN_A_TEXT:
        raise CannotSendEver(f"The text message is longer than {MOST_IN_A_TEXT} characters. Shorten it.")


def _check_letter(message: OutgoingMessage) -> None:
    if not 3 <= len(message.address) <= 7 or not all(line.strip() for line in message.address):
        raise CannotSendEver("A letter needs an address of three to seven lines, the name first.")
    if message.pdf is not None and not message.pdf.startswith(b"%PDF-"):
        raise CannotSendEver("The letter is not a PDF.")
    if message.pdf is None and not message.body.strip():
        raise CannotSendEver("The letter is empty.")


_CHECKS = {"email": _check_email, "text": _check_text, "letter": _check_letter}
