"""The stand-in of GOV.UK Notify against Notify's own published schemas, where they are at hand."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from notifications_python_client.notifications import NotificationsAPIClient

from frontdoor.channels.notify.standin import NotifyStandIn

ARCHIVE = Path(os.environ.get("FRONTDOOR_DATA", "")) / "conformance" / "govuk_notify_schemas.tar.gz"

pytestmark = pytest.mark.skipif(
    not ARCHIVE.is_file(), reason="FRONTDOOR_DATA names no folder with Notify's published schemas"
)


def schemas(member: str) -> dict[str, Any]:
    """One file of the archive; its schemas by name."""
    with tarfile.open(ARCHIVE) as archive:
        found = next(name for name in archive.getnames() if name.endswith(member))
        content = archive.extractfile(found)
        assert content is not None
        loaded: dict[str, Any] = json.load(content)
        return loaded


@pytest.fixture
def stand_in() -> Iterator[NotifyStandIn]:
    with NotifyStandIn() as found:
        yield found


@pytest.fixture
def client(stand_in: NotifyStandIn) -> Any:
    return NotificationsAPIClient(stand_in.api_key, base_url=stand_in.url)  # type: ignore[no-untyped-call]


@pytest.fixture
def posted(stand_in: NotifyStandIn, client: Any) -> dict[str, Any]:
    """One message of each kind, as the answer to POST tells it."""
    words = {"subject": "Hello", "body": "Words"}
    lines = {
        "address_line_1": "Alice Example",
        "address_line_2": "1 Made-up Street",
        "address_line_3": "ZZ99 1AA",
    }
    templates = stand_in.templates
    return {
        "email": client.send_email_notification(
            "alice@example.org", templates["email"].id, words, "delivery-1"
        ),
        "sms": client.send_sms_notification("07700900123", templates["sms"].id, words, "delivery-2"),
        "letter": client.send_letter_notification(templates["letter"].id, {**words, **lines}, "delivery-3"),
    }


@pytest.mark.parametrize("kind", ["email", "sms", "letter"])
def test_answer_to_post_follows_the_schema(posted: dict[str, Any], kind: str) -> None:
    schema = schemas("v2/notification_schemas.json")[f"post_{kind}_response"]
    assert [error.message for error in Draft4Validator(schema).iter_errors(posted[kind])] == []


@pytest.mark.parametrize("kind", ["email", "sms", "letter"])
def test_message_read_back_follows_the_schema(client: Any, posted: dict[str, Any], kind: str) -> None:
    schema = schemas("v2/notification_schemas.json")["get_notification_response"]
    read = client.get_notification_by_id(posted[kind]["id"])
    assert [error.message for error in Draft4Validator(schema).iter_errors(read)] == []


def test_precompiled_letter_follows_the_schema(client: Any, tmp_path: Path, at: datetime) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.4 words")
    schema = schemas("v2/notification_schemas.json")["post_precompiled_letter_response"]
    with path.open("rb") as pdf:
        answer = client.send_precompiled_letter_notification("delivery-4", pdf, "second")
    assert [error.message for error in Draft4Validator(schema).iter_errors(answer)] == []


def test_list_follows_the_schema(client: Any, posted: dict[str, Any]) -> None:
    found = schemas("v2/notification_schemas.json")
    listed = client.get_all_notifications()
    assert [
        error.message for error in Draft4Validator(found["get_notifications_response"]).iter_errors(listed)
    ] == []
    each = Draft4Validator(found["get_notification_response"])
    assert [error.message for item in listed["notifications"] for error in each.iter_errors(item)] == []
    assert len(listed["notifications"]) == 3


def test_template_follows_the_schema(stand_in: NotifyStandIn, client: Any) -> None:
    schema = schemas("v2/template_schemas.json")["get_template_by_id_response"]
    for template in stand_in.templates.values():
        answer = client.get_template(template.id)
        assert [error.message for error in Draft4Validator(schema).iter_errors(answer)] == []


@pytest.mark.parametrize(
    ("kind", "path"), [("email", "/v2/notifications/email"), ("sms", "/v2/notifications/sms")]
)
def test_what_the_client_asks_follows_the_schema(
    stand_in: NotifyStandIn, posted: dict[str, Any], kind: str, path: str
) -> None:
    schema = schemas("v2/notification_schemas.json")[f"post_{kind}_request"]
    asked = [json.loads(request.body) for request in stand_in.requests if request.path == path]
    assert [error.message for body in asked for error in Draft4Validator(schema).iter_errors(body)] == []
    assert len(asked) == 1
