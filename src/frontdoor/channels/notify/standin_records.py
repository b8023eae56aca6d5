"""What the stand-in of GOV.UK Notify remembers, and the shapes in which it tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from frontdoor.channels.messages import Status
from frontdoor.channels.simulator import expects_receipt, outcome_for

_FIRST_STATUS = {"email": "created", "sms": "created", "letter": "accepted"}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, kw_only=True)
class Template:
    """A template with ((places))."""

    kind: str
    subject: str | None
    body: str
    id: str = field(default_factory=lambda: str(uuid4()))
    created_at: str = field(default_factory=_now)

    def places(self) -> list[str]:
        """The names between double brackets, as they come."""
        return re.findall(r"\(\(([^)]+)\)\)", f"{self.subject or ''} {self.body}")

    def filled(self, text: str, values: Mapping[str, Any]) -> str:
        """The text with each ((place)) filled."""
        return re.sub(r"\(\(([^)]+)\)\)", lambda place: _word_for(values[place.group(1)]), text)

    def as_read(self) -> dict[str, Any]:
        """As GET /v2/template/{id} tells it."""
        return {
            "id": self.id,
            "name": f"Generic {self.kind}",
            "type": self.kind,
            "created_at": self.created_at,
            "updated_at": None,
            "created_by": "stand-in@council.example",
            "version": 1,
            "body": self.body,
            "subject": self.subject,
            "letter_contact_block": None,
        }


@dataclass(kw_only=True)
class Record:
    """One message the stand-in has taken."""

    template: Template
    subject: str | None
    body: str
    reference: str | None
    to: str
    lines: list[str]
    pdf: bytes | None
    status: str
    id: str = field(default_factory=lambda: str(uuid4()))
    created_at: str = field(default_factory=_now)
    sent_at: str | None = None
    completed_at: str | None = None

    @classmethod
    def of(
        cls,
        template: Template,
        *,
        values: Mapping[str, Any] | None = None,
        reference: str | None = None,
        to: str = "",
        lines: list[str] | None = None,
        pdf: bytes | None = None,
    ) -> Record:
        """A new message from a template and what fills it."""
        return cls(
            template=template,
            subject=None if template.subject is None else template.filled(template.subject, values or {}),
            body=template.filled(template.body, values or {}),
            reference=reference,
            to=to,
            lines=lines or [],
            pdf=pdf,
            status="pending-virus-check" if pdf is not None else _FIRST_STATUS[template.kind],
        )

    def as_posted(self, url: str) -> dict[str, Any]:
        """As the answer to POST tells it."""
        content: dict[str, Any] = {"body": self.body}
        if self.template.kind == "sms":
            content["from_number"] = "GOVUK"
        else:
            content["subject"] = self.subject
        posted = {
            "id": self.id,
            "reference": self.reference,
            "content": content,
            "uri": f"{url}/v2/notifications/{self.id}",
            "template": self._template(url),
            "scheduled_for": None,
        }
        if self.template.kind == "email":
            content["from_email"] = "council@notifications.example"
            posted["sanitised_content"] = {}
        return posted

    def as_read(self, url: str) -> dict[str, Any]:
        """As GET tells it."""
        lines = [*self.lines, *[None] * 7]
        return {
            "id": self.id,
            "reference": self.reference,
            "email_address": self.to if self.template.kind == "email" else None,
            "phone_number": self.to if self.template.kind == "sms" else None,
            **{f"line_{number}": lines[number - 1] for number in range(1, 7)},
            "postcode": self.lines[-1] if self.lines else None,
            "type": self.template.kind,
            "status": self.status,
            "template": self._template(url),
            "body": self.body,
            "subject": self.subject,
            "created_at": self.created_at,
            "created_by_name": None,
            "sent_at": self.sent_at,
            "completed_at": self.completed_at,
        }

    def receipt(self) -> dict[str, Any]:
        """As the delivery receipt tells it."""
        return {
            "id": self.id,
            "reference": self.reference,
            "to": self.to,
            "status": self.status,
            "created_at": self.created_at,
            "completed_at": self.completed_at,
            "sent_at": self.sent_at,
            "notification_type": self.template.kind,
            "template_id": self.template.id,
            "template_version": 1,
        }

    def _template(self, url: str) -> dict[str, Any]:
        return {"id": self.template.id, "version": 1, "uri": f"{url}/v2/template/{self.template.id}"}


class Letterbox:
    """Every message taken, newest first when listed. Smoke numbers and addresses are not kept at all."""

    def __init__(self) -> None:
        self._records: list[Record] = []

    def keep(self, record: Record) -> None:
        if expects_receipt(record.to):
            self._records.append(record)

    def all(self) -> list[Record]:
        """Every message kept, oldest first."""
        return list(self._records)

    def by_id(self, record_id: str) -> Record | None:
        return next((record for record in self._records if record.id == record_id), None)

    def forget(self) -> None:
        """What Notify does after its days of retention, seven unless a service chooses otherwise."""
        self._records.clear()

    def matching(self, query: Mapping[str, str]) -> list[Record]:
        """The messages a list asks for, newest first: by reference, template_type, status, older_than."""
        found = list(reversed(self._records))
        if "older_than" in query:
            ids = [record.id for record in found]
            found = found[ids.index(query["older_than"]) + 1 :] if query["older_than"] in ids else []
        return [record for record in found if _answers(record, query)]

    def settle(self) -> list[dict[str, Any]]:
        """Every message that is still on its way comes to its end. Returns their receipts; letters have
        none.
        """
        open_records = [record for record in self._records if record.completed_at is None]
        for record in open_records:
            record.sent_at = record.completed_at = _now()
            record.status = (
                Status.RECEIVED if record.template.kind == "letter" else outcome_for(record.to)
            ).value
        return [record.receipt() for record in open_records if record.template.kind != "letter"]


def _answers(record: Record, query: Mapping[str, str]) -> bool:
    has = {"reference": record.reference, "template_type": record.template.kind, "status": record.status}
    return all(query[name] == value for name, value in has.items() if name in query)


def _word_for(value: object) -> str:
    return "https://documents.example/d/file" if isinstance(value, dict) else str(value)
