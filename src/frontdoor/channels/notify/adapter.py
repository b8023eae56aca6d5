"""Sends through GOV.UK Notify.

Notify has no idempotency key, so we keep our own: our id goes out as `reference`, and before anything that
may be a repeat the adapter asks Notify for messages under that reference and does not send again if there is
one. Notify keeps messages for seven days; an outbox must not retry longer than that without a person.
"""

from __future__ import annotations

import base64
import io
import threading
from datetime import datetime
from typing import Any

from notifications_python_client.errors import HTTPError, InvalidResponse

from frontdoor.channels.messages import (
    PDF,
    Attachment,
    CannotSendEver,
    CannotSendNow,
    Channel,
    OutgoingMessage,
    Sent,
    Status,
    sendable,
)
from frontdoor.channels.notify.client import client_for
from frontdoor.channels.notify.config import NotifyConfig
from frontdoor.channels.notify.refusals import why_not

_MOST_FILE_BYTES = 2 * 1024 * 1024
_TYPES: dict[Channel, str] = {"email": "email", "text": "sms", "letter": "letter"}


class NotifySender:
    """Carries email, text and letter. Safe to use from several threads: each has its own client."""

    carries: frozenset[Channel] = frozenset({"email", "text", "letter"})

    def __init__(self, config: NotifyConfig) -> None:
        self._config = config
        self._local = threading.local()

    @property
    def attaches(self) -> frozenset[str]:
        """Notify takes no calendar files: its list has documents and pictures only."""
        return frozenset({PDF} if self._config.email_with_file_template else ())

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        """Hands the message to Notify, unless Notify has one under our id already."""
        message = sendable(message, carries=self.carries)
        try:
            return (None if message.first_try else self._sent_before(message)) or self._post(message, at)
        except HTTPError as error:
            raise why_not(error, at) from error
        except InvalidResponse as error:
            raise CannotSendNow("GOV.UK Notify's answer could not be read.") from error

    def status(self, supplier_id: str) -> Status:
        """What Notify says of a message. LookupError when it knows none, as for smoke numbers and after seven
        days.
        """
        try:
            return Status(self._client().get_notification_by_id(supplier_id)["status"])
        except HTTPError as error:
            if error.status_code == 404:
                raise LookupError("GOV.UK Notify has no message under this id.") from error
            raise why_not(error) from error
        except InvalidResponse as error:
            raise CannotSendNow("GOV.UK Notify's answer could not be read.") from error

    def _sent_before(self, message: OutgoingMessage) -> Sent | None:
        kind = _TYPES[message.channel]
        found = self._client().get_all_notifications(reference=message.id, template_type=kind)[
            "notifications"
        ]
        if not found:
            return None
        first = min(found, key=lambda notification: str(notification["created_at"]))
        return Sent(
            supplier_id=str(first["id"]),
            status=Status(first["status"]),
            at=datetime.fromisoformat(str(first["created_at"])),
        )

    def _post(self, message: OutgoingMessage, at: datetime) -> Sent:
        posts = {"email": self._post_email, "text": self._post_text, "letter": self._post_letter}
        answer = posts[message.channel](message)
        first_status = Status.ACCEPTED if message.channel == "letter" else Status.CREATED
        if message.pdf is not None and message.channel == "letter":
            first_status = Status.PENDING_VIRUS_CHECK
        return Sent(supplier_id=str(answer["id"]), status=first_status, at=at)

    def _post_email(self, message: OutgoingMessage) -> Any:
        personalisation: dict[str, Any] = {"subject": message.subject, "body": message.body}
        template = self._config.email_template
        if message.attachments:
            template = self._config.email_with_file_template
            personalisation["file"] = _as_link(message.attachments, template)
        return self._client().send_email_notification(
            email_address=message.to,
            template_id=template,
            personalisation=personalisation,
            reference=message.id,
        )

    def _post_text(self, message: OutgoingMessage) -> Any:
        return self._client().send_sms_notification(
            phone_number=message.to,
            template_id=self._config.text_template,
            personalisation={"body": message.body},
            reference=message.id,
        )

    def _post_letter(self, message: OutgoingMessage) -> Any:
        if message.pdf is not None:
            return self._client().send_precompiled_letter_notification(
                reference=message.id, pdf_file=io.BytesIO(message.pdf), postage=self._config.postage
            )
        if not self._config.letter_template:
            raise CannotSendEver("There is no Notify template for letters: send the letter as a PDF.")
        lines = {f"address_line_{number}": line for number, line in enumerate(message.address, start=1)}
        return self._client().send_letter_notification(
            template_id=self._config.letter_template,
            personalisation={"subject": message.subject, "body": message.body, **lines},
            reference=message.id,
        )

    def _client(self) -> Any:
        if not hasattr(self._local, "client"):
            self._local.client = client_for(self._config)
        return self._local.client


def _as_link(attachments: tuple[Attachment, ...], template: str) -> dict[str, Any]:
    """Notify sends no attachments: it keeps one file, up to 2 MB, and puts a link to it into the email."""
    if len(attachments) > 1 or len(attachments[0].data) > _MOST_FILE_BYTES:
        raise CannotSendEver("GOV.UK Notify carries one file of up to 2 MB with an email.")
    if not template:
        raise CannotSendEver(
            "There is no Notify template for email with a file: put the file on the case instead."
        )
    return {
        "file": base64.b64encode(attachments[0].data).decode(),
        "filename": attachments[0].name,
        "confirm_email_before_download": True,
        "retention_period": "26 weeks",
    }
