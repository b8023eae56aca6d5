"""Outgoing messages: no input can break a header, and nothing personal gets into words or logs."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.channels.emails import From, build_email
from frontdoor.channels.messages import (
    Attachment,
    CannotSendEver,
    Channel,
    OutgoingMessage,
    Status,
    one_line,
    sendable,
)

EVERY_CHANNEL: frozenset[Channel] = frozenset({"email", "text", "letter"})
SENDER = From(name="Wealdmoor County Council", address="no-reply@council.example")
AT = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
OUR_HEADERS = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "x-reference", "mime-version", "content-type",
    "content-transfer-encoding",
}  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=200)


def an_email(**changes: object) -> OutgoingMessage:
    values: dict[str, object] = {"to": "alice@example.org", "subject": "Hello", "body": "Words", **changes}
    return OutgoingMessage(id="delivery-1", channel="email", **values)  # type: ignore[arg-type]


def on_the_wire(message: OutgoingMessage) -> tuple[set[str], email.message.EmailMessage]:
    """The names of the headers that arrive, and the message as parsed."""
    content = build_email(message, sender=SENDER, at=AT).as_bytes()
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(parsed, email.message.EmailMessage)
    return {name.lower() for name, _ in parsed.items()}, parsed


@given(subject=ANY_TEXT, body=ANY_TEXT)
def test_no_subject_or_body_adds_a_header(subject: str, body: str) -> None:
    try:
        message = sendable(an_email(subject=subject, body=body), carries=EVERY_CHANNEL)
    except CannotSendEver:
        assert one_line(subject) == ""
        return
    names, parsed = on_the_wire(message)
    assert names <= OUR_HEADERS
    assert parsed["To"] == "alice@example.org"


@given(to=ANY_TEXT, reference=ANY_TEXT)
def test_no_address_or_reference_adds_a_header(to: str, reference: str) -> None:
    try:
        message = sendable(an_email(to=to, reference=reference), carries=EVERY_CHANNEL)
    except CannotSendEver:
        return
    names, parsed = on_the_wire(message)
    assert names <= OUR_HEADERS
    assert len(parsed["To"].addresses) == 1


@given(text=ANY_TEXT)
def test_one_line_is_one_line_and_changes_nothing_twice(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


@pytest.mark.parametrize(
    "bad", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00"]
)
@pytest.mark.parametrize("where", ["to", "reply_to", "in_reply_to", "reference"])
def test_line_break_in_a_header_field_is_refused(where: str, bad: str) -> None:
    good = {
        "to": "alice@example.org",
        "reply_to": "us@example.org",
        "in_reply_to": "<a@b>",
        "reference": "BB-1",
    }
    with pytest.raises(CannotSendEver):
        sendable(an_email(**{where: f"{good[where]}{bad}Bcc: mallory@example.org"}), carries=EVERY_CHANNEL)


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment(name="a.pdf\r\nX-Evil: 1", content_type="application/pdf", data=b"x"),
        Attachment(name="a.pdf", content_type="application/pdf\r\nX-Evil: 1", data=b"x"),
        Attachment(name="a.pdf", content_type="pdf", data=b"x"),
        Attachment(name="a.pdf", content_type="application/pdf; x=y", data=b"x"),
    ],
    ids=["name", "type", "no type", "parameters"],
)
def test_broken_attachment_is_refused(attachment: Attachment) -> None:
    with pytest.raises(CannotSendEver):
        sendable(an_email(attachments=(attachment,)), carries=EVERY_CHANNEL)


def test_email_carries_html_and_attachment_beside_the_words() -> None:
    attachment = Attachment(name="Brief an Żółć.pdf", content_type="application/pdf", data=b"%PDF-1.4")
    message = sendable(an_email(html="<p>Words</p>", attachments=(attachment,)), carries=EVERY_CHANNEL)

    _, parsed = on_the_wire(message)

    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert [part.get_filename() for part in parsed.iter_attachments()] == ["Brief an Żółć.pdf"]


def test_email_says_what_it_answers_where_to_reply_and_that_software_wrote_it() -> None:
    message = an_email(
        reply_to="blue-badge@council.example", in_reply_to="<abc@example.org>", reference="BB-1"
    )
    _, parsed = on_the_wire(sendable(message, carries=EVERY_CHANNEL))
    names = ["Message-ID", "In-Reply-To", "References", "Reply-To", "Auto-Submitted", "X-Reference"]
    assert [str(parsed[name]) for name in names] == [
        "<delivery-1@council.example>",
        "<abc@example.org>",
        "<abc@example.org>",
        "blue-badge@council.example",
        "auto-generated",
        "BB-1",
    ]


def test_message_shown_in_a_log_holds_no_person() -> None:
    message = OutgoingMessage(
        id="d-1",
        channel="letter",
        to="alice@example.org",
        subject="Alice",
        body="Alice",
        address=("Alice",),
        pdf=b"A",
    )
    assert "lice" not in repr(message)


@pytest.mark.parametrize("status", Status)
def test_status_that_failed_is_final(status: Status) -> None:
    assert status.is_final or not status.has_failed


def test_open_statuses_are_those_that_may_still_change() -> None:
    assert {status for status in Status if not status.is_final} == {
        Status.CREATED,
        Status.SENDING,
        Status.PENDING,
        Status.ACCEPTED,
        Status.PENDING_VIRUS_CHECK,
    }


@pytest.mark.parametrize("pdf", [b"", b"words", b"PK\x03\x04"])
def test_letter_that_is_no_pdf_is_refused(pdf: bytes) -> None:
    message = OutgoingMessage(id="d-1", channel="letter", address=("A", "B", "C"), pdf=pdf)
    with pytest.raises(CannotSendEver):
        sendable(message, carries=EVERY_CHANNEL)
