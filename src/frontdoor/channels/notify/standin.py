"""A stand-in of GOV.UK Notify on this machine, for tests and the demo.

It follows Notify's published schemas: keys are checked as signed tokens good for 30 seconds, test numbers
and addresses fail as documented, smoke numbers leave no trace, texts and references are limited, and
faults can be set. `settle()` moves every message to its end and calls back as Notify would.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import jwt
import requests

from frontdoor.channels.loopback import Answer, Fault, Request, StandIn
from frontdoor.channels.messages import MOST_IN_A_TEXT
from frontdoor.channels.notify.standin_records import Letterbox, Record, Template

__all__ = ["Fault", "NotifyStandIn"]

_TOKEN_SECONDS = 30
_PAGE = 250
_NOTIFICATION = re.compile(r"/v2/notifications/([0-9a-f-]{36})(/pdf)?")
_TEMPLATE = re.compile(r"/v2/template/([0-9a-f-]{36})")
_KINDS = {
    "/v2/notifications/email": "email",
    "/v2/notifications/sms": "sms",
    "/v2/notifications/letter": "letter",
}
_WAITING_WORDS = {429: "RateLimitError", 500: "InternalServerError", 503: "ServiceUnavailable"}


class Refused(Exception):
    """The answer is a refusal with Notify's status code, kind and words."""

    def __init__(self, status: int, kind: str, words: str) -> None:
        super().__init__(words)
        self.answer = Answer(
            status=status, content={"status_code": status, "errors": [{"error": kind, "message": words}]}
        )


class NotifyStandIn(StandIn):
    """Notify with one service, one key and one template for each kind. `api_key` and `templates` are what
    to set.

    Give `callback_url` and `callback_token` to have receipts delivered there by `settle()`.
    """

    def __init__(self, *, port: int = 0, callback_url: str = "", callback_token: str = "") -> None:
        super().__init__(port=port)
        self.service_id, self._secret = str(uuid4()), str(uuid4())
        self.callback_url, self.callback_token = callback_url, callback_token
        self.templates = {
            "email": Template(kind="email", subject="((subject))", body="((body))"),
            "sms": Template(kind="sms", subject=None, body="((body))"),
            "letter": Template(kind="letter", subject="((subject))", body="((body))"),
            "email with file": Template(kind="email", subject="((subject))", body="((body))\n\n((file))"),
        }
        self.box = Letterbox()

    @property
    def api_key(self) -> str:
        return f"stand_in-{self.service_id}-{self._secret}"

    def settle(self) -> list[dict[str, Any]]:
        """Every message comes to its end. Returns the delivery receipts, and posts them when there is a
        callback.
        """
        with self.lock:
            receipts = self.box.settle()
        for receipt in receipts if self.callback_url else []:
            headers = {"Authorization": f"Bearer {self.callback_token}"}
            requests.post(self.callback_url, json=receipt, headers=headers, timeout=10)
        return receipts

    def fault_answer(self, status: int) -> Answer:
        return Refused(status, _WAITING_WORDS.get(status, "Error"), "Set by the stand-in").answer

    def answer(self, request: Request) -> Answer:
        try:
            self._check_token(request.headers.get("authorization", ""))
            with self.lock:
                return self._route(request)(request)
        except Refused as refused:
            return refused.answer

    def _check_token(self, authorization: str) -> None:
        token = authorization.removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, self._secret, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            raise Refused(403, "AuthError", "Invalid token: API key not found") from None
        if claims.get("iss") != self.service_id:
            raise Refused(403, "AuthError", "Invalid token: service not found")
        if abs(time.time() - float(claims.get("iat", 0))) > _TOKEN_SECONDS:
            raise Refused(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")

    def _route(self, request: Request) -> Callable[[Request], Answer]:
        if request.method == "POST" and request.path in _KINDS:
            return self._post
        if request.method == "GET" and request.path == "/v2/notifications":
            return self._list
        if request.method == "GET" and _NOTIFICATION.fullmatch(request.path):
            return self._get
        if request.method == "GET" and _TEMPLATE.fullmatch(request.path):
            return self._template
        raise Refused(404, "NotFound", "The requested URL was not found")

    def _post(self, request: Request) -> Answer:
        kind = _KINDS[request.path]
        try:
            asked = json.loads(request.body)
        except ValueError:
            raise Refused(400, "BadRequestError", "Invalid JSON supplied in POST data") from None
        if not isinstance(asked, dict):
            raise Refused(400, "ValidationError", "Request is not an object")
        if kind == "letter" and "content" in asked:
            return self._post_pdf(asked)
        record = self._record_of(kind, asked)
        self.box.keep(record)
        return Answer(status=201, content=record.as_posted(self.url))

    def _record_of(self, kind: str, asked: dict[str, Any]) -> Record:
        template = self._find_template(kind, str(_needed(asked, "template_id")))
        values = asked.get("personalisation") or {}
        missing = [place for place in template.places() if place not in values]
        if missing:
            raise Refused(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
        record = Record.of(
            template,
            values=values,
            reference=asked.get("reference"),
            to=_recipient(kind, asked, values),
            lines=[str(values[name]) for name in sorted(values) if name.startswith("address_line_")],
        )
        if kind == "sms" and len(record.body) > MOST_IN_A_TEXT:
            raise Refused(
                400, "BadRequestError", f"Text messages cannot be longer than {MOST_IN_A_TEXT} characters"
            )
        return record

    def _post_pdf(self, asked: dict[str, Any]) -> Answer:
        try:
            pdf = base64.b64decode(_needed(asked, "content"), validate=True)
        except (binascii.Error, TypeError):
            raise Refused(400, "ValidationError", "content is not base64") from None
        if not pdf.startswith(b"%PDF-"):
            raise Refused(400, "ValidationError", "Letter content is not a valid PDF")
        record = Record.of(
            Template(kind="letter", subject="Provided as PDF", body=""),
            reference=_needed(asked, "reference"),
            pdf=pdf,
        )
        self.box.keep(record)
        content = {"id": record.id, "reference": record.reference, "postage": asked.get("postage", "second")}
        return Answer(status=201, content=content)

    def _list(self, request: Request) -> Answer:
        found = self.box.matching(request.query)
        links = {"current": f"{self.url}/v2/notifications"}
        if len(found) > _PAGE:
            links["next"] = f"{self.url}/v2/notifications?older_than={found[_PAGE - 1].id}"
        shown = [record.as_read(self.url) for record in found[:_PAGE]]
        return Answer(content={"notifications": shown, "links": links})

    def _get(self, request: Request) -> Answer:
        match = _NOTIFICATION.fullmatch(request.path)
        record = self.box.by_id(match.group(1)) if match else None
        if record is None or match is None:
            raise Refused(404, "NoResultFound", "No result found")
        if match.group(2):
            return Answer(content=record.pdf or b"", content_type="application/pdf")
        return Answer(content=record.as_read(self.url))

    def _template(self, request: Request) -> Answer:
        for template in self.templates.values():
            if request.path.endswith(template.id):
                return Answer(content=template.as_read())
        raise Refused(404, "NoResultFound", "No result found")

    def _find_template(self, kind: str, template_id: str) -> Template:
        for template in self.templates.values():
            if template.id == template_id and template.kind == kind:
                return template
        raise Refused(400, "BadRequestError", "Template not found")


def _needed(asked: dict[str, Any], name: str) -> Any:
    if not asked.get(name):
        raise Refused(400, "ValidationError", f"{name} is a required property")
    return asked[name]


def _recipient(kind: str, asked: dict[str, Any], values: dict[str, Any]) -> str:
    if kind == "email":
        address = str(_needed(asked, "email_address"))
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
            raise Refused(400, "ValidationError", "email_address Not a valid email address")
        return address
    if kind == "sms":
        number = str(_needed(asked, "phone_number"))
        if not re.fullmatch(r"\+?[0-9 ()-]{7,}", number):
            raise Refused(400, "ValidationError", "phone_number Must not contain letters or symbols")
        return number
    if not all(values.get(f"address_line_{number}") for number in (1, 2, 3)):
        raise Refused(400, "ValidationError", "Address must be at least 3 lines")
    return ""
