"""What GOV.UK Notify calls us with: whether it is Notify, and what it says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from frontdoor.channels.inbound import Inbound
from frontdoor.channels.loopback import Answer, Request, StandIn
from frontdoor.channels.messages import OutgoingMessage, Status
from frontdoor.channels.notify.adapter import NotifySender
from frontdoor.channels.notify.callbacks import (
    DeliveryReceipt,
    NotACallback,
    ReturnedLetter,
    is_from_notify,
    read_receipt,
    read_returned_letter,
    read_text,
)
from frontdoor.channels.notify.standin import NotifyStandIn
from tests.spec.channels.senders import config_for

AT = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
TOKEN = "a-token-of-ours"
MESSAGE = OutgoingMessage(id="delivery-1", channel="text", to="07700900002", body="Words")


class Council(StandIn):
    """The address Notify calls back."""

    def answer(self, request: Request) -> Answer:
        return Answer(status=204, content=b"")


def test_receipts_come_back_and_can_be_read() -> None:
    with (
        Council() as council,
        NotifyStandIn(callback_url=f"{council.url}/notify", callback_token=TOKEN) as stand_in,
    ):
        sent = NotifySender(config_for(stand_in)).send(MESSAGE, AT)
        stand_in.settle()
        (call,) = council.requests

    assert is_from_notify(call.headers["authorization"], ["another-token", TOKEN])
    receipt = read_receipt(call.body)
    assert receipt == DeliveryReceipt(
        supplier_id=sent.supplier_id,
        message_id="delivery-1",
        channel="text",
        status=Status.PERMANENT_FAILURE,
        at=receipt.at,
    )
    assert abs(receipt.at - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("header", "tokens"),
    [
        (None, [TOKEN]),
        ("", [TOKEN]),
        (f"Bearer {TOKEN}x", [TOKEN]),
        (f"Basic {TOKEN}", [TOKEN]),
        (TOKEN, [TOKEN]),
        ("Bearer ", [""]),
        (f"Bearer {TOKEN}", []),
        ("Bearer ünïcode", [TOKEN]),
    ],
)
def test_call_without_our_token_is_not_notify(header: str | None, tokens: list[str]) -> None:
    assert not is_from_notify(header, tokens)


def test_text_from_a_customer_is_read() -> None:
    body = {
        "id": "11111111-2222-4333-8444-555555555555",
        "source_number": "447700900123",
        "destination_number": "07700900999",
        "message": "ਸਤ ਸ੍ਰੀ ਅਕਾਲ where is my badge",
        "date_received": "2027-03-02T10:00:00.000000Z",
    }
    assert read_text(json.dumps(body).encode()) == Inbound(
        way="text",
        supplier_id="11111111-2222-4333-8444-555555555555",
        sender="447700900123",
        recipient="07700900999",
        text="ਸਤ ਸ੍ਰੀ ਅਕਾਲ where is my badge",
        received_at=datetime(2027, 3, 2, 10, 0, tzinfo=UTC),
    )


def test_returned_letter_is_read() -> None:
    body = {"notification_id": "n-1", "reference": "delivery-9", "date_sent": "2027-03-02", "sent_by": None}
    assert read_returned_letter(json.dumps(body).encode()) == ReturnedLetter(
        supplier_id="n-1", message_id="delivery-9"
    )


RECEIPT = {
    "id": "n-1", "reference": None, "to": "x", "status": "delivered", "created_at": "2027-03-02T10:00:00Z",
    "completed_at": None, "sent_at": None, "notification_type": "email",
}  # fmt: skip


def test_receipt_for_a_message_without_our_id_is_read() -> None:
    receipt = read_receipt(json.dumps(RECEIPT).encode())
    assert (receipt.message_id, receipt.at) == (None, datetime(2027, 3, 2, 10, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        json.dumps({**RECEIPT, "status": "lost"}).encode(),
        json.dumps({**RECEIPT, "notification_type": "fax"}).encode(),
        json.dumps({**RECEIPT, "created_at": "2027-03-02T10:00:00"}).encode(),
        json.dumps({**RECEIPT, "created_at": "soon"}).encode(),
    ],
    ids=["empty", "not text", "list", "null", "no fields", "deep", "status", "type", "no zone", "no instant"],
)
def test_body_that_is_no_receipt_is_refused(body: bytes) -> None:
    with pytest.raises(NotACallback):
        read_receipt(body)
