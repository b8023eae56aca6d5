"""GOV.UK Notify: what is sent once stays once, what its refusals mean, and what it calls back with."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
import requests

from frontdoor.channels.loopback import Answer, Fault, Request, StandIn
from frontdoor.channels.messages import (
    Attachment,
    CannotSendEver,
    CannotSendNow,
    Channel,
    OutgoingMessage,
    Status,
)
from frontdoor.channels.notify.adapter import NotifySender
from frontdoor.channels.notify.checks import check_notify
from frontdoor.channels.notify.config import NotifyConfig
from frontdoor.channels.notify.standin import NotifyStandIn
from frontdoor.channels.simulator import expects_receipt

AT = datetime(2027, 3, 2, 22, 30, tzinfo=UTC)


@pytest.fixture
def stand_in() -> Iterator[NotifyStandIn]:
    with NotifyStandIn() as found:
        yield found


def config_for(stand_in: NotifyStandIn, **changes: Any) -> NotifyConfig:
    values = {
        "api_key": stand_in.api_key,
        "email_template": stand_in.templates["email"].id,
        "text_template": stand_in.templates["sms"].id,
        "letter_template": stand_in.templates["letter"].id,
        "email_with_file_template": stand_in.templates["email with file"].id,
        "url": stand_in.url,
        "timeout": 1,
    }
    return NotifyConfig(**{**values, **changes})


def a_message(channel: Channel = "email", to: str = "alice@example.org", **changes: Any) -> OutgoingMessage:
    return OutgoingMessage(
        **{"id": "delivery-1", "channel": channel, "to": to, "subject": "Hello", "body": "Words", **changes}
    )


@pytest.mark.parametrize(
    "fault", [Fault(kind="lost answer"), Fault(kind="slow", seconds=1.5)], ids=["lost", "slow"]
)
def test_answer_that_never_came_does_not_send_twice(stand_in: NotifyStandIn, fault: Fault) -> None:
    sender = NotifySender(config_for(stand_in))
    stand_in.fail_with(fault)
    with pytest.raises(CannotSendNow):
        sender.send(a_message(first_try=True), AT)
    if fault.kind == "slow":
        time.sleep(1)

    sent = sender.send(a_message(), AT)

    assert [record.id for record in stand_in.box.all()] == [sent.supplier_id]


def test_first_try_asks_nothing_and_a_repeat_asks_first(stand_in: NotifyStandIn) -> None:
    sender = NotifySender(config_for(stand_in))
    sender.send(a_message(first_try=True), AT)
    sender.send(a_message(), AT)
    assert [request.method for request in stand_in.requests] == ["POST", "GET"]


def test_repeat_tells_what_has_become_of_the_first(stand_in: NotifyStandIn) -> None:
    sender = NotifySender(config_for(stand_in))
    sender.send(a_message(to="perm-fail@simulator.notify"), AT)
    stand_in.settle()
    assert sender.send(a_message(to="perm-fail@simulator.notify"), AT).status == Status.PERMANENT_FAILURE


def test_email_and_text_under_one_id_are_both_sent(stand_in: NotifyStandIn) -> None:
    sender = NotifySender(config_for(stand_in))
    sender.send(a_message("email"), AT)
    sender.send(a_message("text", "07700900123"), AT)
    assert len(stand_in.box.all()) == 2


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_notify_in_trouble_is_tried_again(stand_in: NotifyStandIn, status: int) -> None:
    stand_in.fail_with(Fault(kind="status", status=status))
    with pytest.raises(CannotSendNow):
        NotifySender(config_for(stand_in)).send(a_message(), AT)


class Refuses(StandIn):
    """A Notify that answers everything with one refusal."""

    def __init__(self, status: int, kind: str, words: str) -> None:
        super().__init__()
        self._answer = Answer(
            status=status, content={"status_code": status, "errors": [{"error": kind, "message": words}]}
        )

    def answer(self, request: Request) -> Answer:
        return self._answer


@pytest.mark.parametrize(
    ("status", "kind", "words", "error", "wait"),
    [
        (429, "RateLimitError", "Exceeded rate limit", CannotSendNow, timedelta(minutes=1)),
        (
            429,
            "TooManyRequestsError",
            "Exceeded send limits (250000)",
            CannotSendNow,
            timedelta(hours=1, minutes=30),
        ),
        (403, "AuthError", "Invalid token", CannotSendNow, timedelta(minutes=15)),
        (400, "BadRequestError", "Template not found", CannotSendNow, timedelta(minutes=15)),
        (
            400,
            "BadRequestError",
            "Can't send to this recipient using a team-only API key",
            CannotSendEver,
            None,
        ),
        (400, "ValidationError", "alice@example.org is not a valid email address", CannotSendEver, None),
        (500, "Exception", "Internal server error", CannotSendNow, None),
    ],
)
def test_refusal_says_whether_and_when_to_try_again(
    stand_in: NotifyStandIn,
    status: int,
    kind: str,
    words: str,
    error: type[Exception],
    wait: timedelta | None,
) -> None:
    with Refuses(status, kind, words) as refusing, pytest.raises(error) as raised:
        NotifySender(config_for(stand_in, url=refusing.url)).send(a_message(), AT)
    assert getattr(raised.value, "retry_after", None) == wait
    assert "alice" not in str(raised.value)


def test_page_that_is_not_notify_is_tried_again(stand_in: NotifyStandIn) -> None:
    class Proxy(StandIn):
        def answer(self, request: Request) -> Answer:
            return Answer(content=b"<html>Please sign in to the network</html>", content_type="text/html")

    with Proxy() as proxy:
        config = config_for(stand_in, url=proxy.url)
        with pytest.raises(CannotSendNow):
            NotifySender(config).send(a_message(), AT)
        assert check_notify(config).found == "not reachable"


def test_one_file_goes_as_a_link(stand_in: NotifyStandIn) -> None:
    attachment = Attachment(name="form.pdf", content_type="application/pdf", data=b"%PDF-1.4")
    NotifySender(config_for(stand_in)).send(a_message(attachments=(attachment,)), AT)
    assert stand_in.box.all()[0].body == "Words\n\nhttps://documents.example/d/file"


@pytest.mark.parametrize(
    ("files", "changes"),
    [
        ([b"x", b"y"], {}),
        ([bytes(2 * 1024 * 1024 + 1)], {}),
        ([b"x"], {"email_with_file_template": ""}),
    ],
    ids=["two files", "over 2 MB", "no template"],
)
def test_file_that_notify_cannot_carry_is_refused(
    stand_in: NotifyStandIn, files: list[bytes], changes: dict[str, str]
) -> None:
    found = tuple(Attachment(name="a.pdf", content_type="application/pdf", data=data) for data in files)
    with pytest.raises(CannotSendEver):
        NotifySender(config_for(stand_in, **changes)).send(a_message(attachments=found), AT)
    assert stand_in.box.all() == []


def test_letter_without_template_or_pdf_is_refused(stand_in: NotifyStandIn) -> None:
    message = a_message("letter", "", address=("A", "B", "ZZ99 1AA"))
    with pytest.raises(CannotSendEver):
        NotifySender(config_for(stand_in, letter_template="")).send(message, AT)


def test_status_follows_the_message(stand_in: NotifyStandIn) -> None:
    sender = NotifySender(config_for(stand_in))
    sent = sender.send(a_message(), AT)
    assert sender.status(sent.supplier_id) == Status.CREATED
    stand_in.settle()
    assert sender.status(sent.supplier_id) == Status.DELIVERED
    stand_in.box.forget()
    with pytest.raises(LookupError):
        sender.status(sent.supplier_id)


@pytest.mark.parametrize(
    "to",
    ["07700900000", "+447700900111", "07700 900222", "Simulate-Delivered-2@notifications.service.gov.uk"],
)
def test_smoke_number_is_accepted_and_leaves_no_trace(stand_in: NotifyStandIn, to: str) -> None:
    channel: Channel = "email" if "@" in to else "text"
    sent = NotifySender(config_for(stand_in)).send(a_message(channel, to), AT)
    assert sent.status == Status.CREATED
    assert stand_in.box.all() == []
    assert stand_in.settle() == []
    assert not expects_receipt(to)


def test_ordinary_number_expects_a_receipt() -> None:
    assert expects_receipt("07700900123")


@pytest.mark.parametrize(
    ("claims", "secret_ending", "expected"),
    [
        ({"iat": 0}, "", 200),
        ({"iat": -29}, "", 200),
        ({"iat": -40}, "", 403),
        ({"iat": 40}, "", 403),
        ({"iat": 0, "iss": "someone else"}, "", 403),
        ({"iat": 0}, "x", 403),
    ],
)
def test_stand_in_checks_the_key_and_thirty_seconds(
    stand_in: NotifyStandIn, claims: dict[str, Any], secret_ending: str, expected: int
) -> None:
    payload = {"iss": stand_in.service_id, **claims, "iat": int(time.time()) + claims["iat"]}
    token = jwt.encode(payload, stand_in.api_key[-36:] + secret_ending, algorithm="HS256")
    answer = requests.get(
        f"{stand_in.url}/v2/notifications", headers={"Authorization": f"Bearer {token}"}, timeout=5
    )
    assert answer.status_code == expected


def test_operator_is_told_that_all_is_well(stand_in: NotifyStandIn) -> None:
    assert check_notify(config_for(stand_in)).is_ready


@pytest.mark.parametrize(
    ("changes", "found", "word"),
    [
        (
            {"text_template": "11111111-2222-4333-8444-555555555555"},
            "wrong",
            "FRONTDOOR_NOTIFY_TEXT_TEMPLATE",
        ),
        ({"url": "http://127.0.0.1:1"}, "not reachable", "kept"),
    ],
)
def test_operator_is_told_what_is_wrong(
    stand_in: NotifyStandIn, changes: dict[str, str], found: str, word: str
) -> None:
    check = check_notify(config_for(stand_in, **changes))
    assert check.found == found
    assert word in check.words


def test_operator_is_told_of_a_template_without_our_places(stand_in: NotifyStandIn) -> None:
    config = config_for(stand_in, email_template=stand_in.templates["sms"].id)
    assert "((subject))" in check_notify(config).words


def test_operator_is_told_of_a_wrong_key(stand_in: NotifyStandIn) -> None:
    wrong = stand_in.api_key[:-1] + ("0" if stand_in.api_key[-1] != "0" else "1")
    assert "FRONTDOOR_NOTIFY_API_KEY" in check_notify(config_for(stand_in, api_key=wrong)).words
