"""Outgoing messages: what every adapter promises, one case a line in messages.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from frontdoor.channels.letters import Letter, render_letter
from frontdoor.channels.messages import (
    Attachment,
    CannotSendEver,
    CannotSendNow,
    Channel,
    MessageSender,
    OutgoingMessage,
    Status,
)
from tests.spec.channels.senders import Arrived, Counterpart, counterpart_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "messages.json").read_text())
ADAPTERS = ["console", "smtp", "notify"]


@pytest.fixture(params=ADAPTERS)
def counterpart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counterpart]:
    with counterpart_of(request.param, tmp_path) as found:
        yield found


def message_of(case: dict[str, Any]) -> OutgoingMessage:
    return OutgoingMessage(
        id="delivery-0001",
        channel=case["channel"],
        to=case.get("to", ""),
        subject=case.get("subject", ""),
        body=case["body"] * case.get("times", 1),
        reply_to=case.get("reply_to"),
        reference=case.get("reference", ""),
        address=tuple(case.get("address", ())),
    )


def plain_message(own_id: str = "delivery-0001", channel: Channel = "email") -> OutgoingMessage:
    to = {"email": "alice@example.org", "text": "07700900123", "letter": ""}[channel]
    address = ("Alice Example", "1 Made-up Street", "ZZ99 1AA") if channel == "letter" else ()
    return OutgoingMessage(id=own_id, channel=channel, to=to, subject="Hello", body="Words", address=address)


def how_it_ends(
    counterpart: Counterpart, sender: MessageSender, message: OutgoingMessage, at: datetime
) -> str:
    """In the words of messages.json, whether the supplier says so at once or later."""
    try:
        sent = sender.send(message, at)
    except CannotSendNow:
        return "failed for now"
    except CannotSendEver:
        return "failed for good" if message.to.startswith("perm-fail") else "never"
    counterpart.settle()
    later = {Status.PERMANENT_FAILURE: "failed for good", Status.TEMPORARY_FAILURE: "failed later"}
    return later.get(sender.status(sent.supplier_id), "sent")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_message_ends_as_the_case_says(case: dict[str, Any], counterpart: Counterpart, at: datetime) -> None:
    message = message_of(case)
    carried = message.channel in counterpart.sender.carries
    expected = {case["ends"]} if carried else {"never"}
    if case["ends"] == "failed for now":
        expected.add("failed later")  # a supplier that takes everything tells of it afterwards

    assert how_it_ends(counterpart, counterpart.sender, message, at) in expected

    if case["ends"] == "sent" and carried:
        subject = "" if message.channel == "text" else case.get("arrives as", message.subject)
        to = message.to or "\n".join(message.address)
        assert counterpart.arrived() == [Arrived(to, subject, message.body.strip())]
    if case["ends"] == "never":
        assert counterpart.arrived() == []


def test_file_of_a_kind_that_it_attaches_goes_with_an_email(counterpart: Counterpart, at: datetime) -> None:
    for number, kind in enumerate(sorted(counterpart.sender.attaches)):
        file = Attachment(name=f"file-{number}", content_type=kind, data=b"BEGIN:VCALENDAR")
        message = replace(plain_message(f"delivery-{number}"), attachments=(file,))
        assert how_it_ends(counterpart, counterpart.sender, message, at) == "sent"


def test_supplier_down_keeps_the_message_and_sends_it_later(counterpart: Counterpart, at: datetime) -> None:
    counterpart.go_down()
    for hours in range(24):
        with pytest.raises(CannotSendNow):
            counterpart.sender.send(plain_message(), at + timedelta(hours=hours))
    counterpart.come_back()

    counterpart.sender.send(plain_message(), at + timedelta(days=1))

    assert counterpart.arrived() == [Arrived("alice@example.org", "Hello", "Words")]


@pytest.mark.parametrize("channel", ["email", "text", "letter"])
def test_same_id_twice_is_one_message(counterpart: Counterpart, channel: Channel, at: datetime) -> None:
    if channel not in counterpart.sender.carries:
        with pytest.raises(CannotSendEver):
            counterpart.sender.send(plain_message(channel=channel), at)
        return
    first = counterpart.sender.send(plain_message(channel=channel), at)
    second = counterpart.sender.send(plain_message(channel=channel), at + timedelta(minutes=5))

    assert second.supplier_id == first.supplier_id
    assert len(counterpart.arrived()) == 1


def test_two_ids_are_two_messages(counterpart: Counterpart, at: datetime) -> None:
    first = counterpart.sender.send(plain_message("delivery-0001"), at)
    second = counterpart.sender.send(plain_message("delivery-0002"), at)

    assert first.supplier_id != second.supplier_id
    assert len(counterpart.arrived()) == 2


@pytest.mark.parametrize("own_id", ["", "../../etc/passwd", "a\nb", "a b", "é", "x" * 101, ".hidden"])
def test_id_that_is_not_one_of_ours_is_refused(counterpart: Counterpart, own_id: str, at: datetime) -> None:
    with pytest.raises(CannotSendEver):
        counterpart.sender.send(plain_message(own_id), at)
    assert counterpart.arrived() == []


@pytest.mark.parametrize("counterpart", ["console", "notify"], indirect=True)
def test_letter_with_a_pdf_goes_as_that_pdf(counterpart: Counterpart, at: datetime) -> None:
    address = ("Alice Example", "1 Made-up Street", "ZZ99 1AA")
    pdf = render_letter(
        Letter(council="Wealdmoor", address=address, subject="Your badge", body="Words", dated=at.date())
    )

    message = OutgoingMessage(
        id="delivery-0009", channel="letter", subject="Your badge", address=address, pdf=pdf
    )
    sent = counterpart.sender.send(message, at)

    assert counterpart.sender.status(sent.supplier_id) in {Status.DELIVERED, Status.PENDING_VIRUS_CHECK}
    assert len(counterpart.arrived()) == 1


def test_status_of_an_unknown_message_is_a_lookup_error_or_still_on_its_way(counterpart: Counterpart) -> None:
    try:
        found = counterpart.sender.status("11111111-2222-4333-8444-555555555555")
    except LookupError:
        found = Status.SENDING
    assert found == Status.SENDING


def test_error_words_name_no_person(counterpart: Counterpart, at: datetime) -> None:
    message = OutgoingMessage(
        id="delivery-0001",
        channel="email",
        to="perm-fail@simulator.notify",
        subject="Dear Alice",
        body="Alice",
    )
    try:
        counterpart.sender.send(message, at)
        words = ""
    except CannotSendEver as error:
        words = f"{error!r} {error} {error.__cause__!r}"
    assert "perm-fail" not in words
    assert "Alice" not in f"{words} {message!r}"
