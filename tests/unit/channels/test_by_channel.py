"""One sender made of several."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdoor.channels.by_channel import SendByChannel
from frontdoor.channels.console.adapter import ConsoleSender
from frontdoor.channels.console.config import ConsoleConfig
from frontdoor.channels.messages import CannotSendEver, OutgoingMessage, Status
from frontdoor.channels.smtp.adapter import SmtpSender
from frontdoor.channels.smtp.config import SmtpConfig

AT = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
EMAIL = OutgoingMessage(id="m-1", channel="email", to="alice@example.org", subject="Hello", body="Words")
TEXT = OutgoingMessage(id="m-2", channel="text", to="07700900123", body="Words")


def test_each_message_goes_its_channels_way(tmp_path: Path) -> None:
    mail = ConsoleSender(ConsoleConfig(folder=tmp_path / "mail"))
    texts = ConsoleSender(ConsoleConfig(folder=tmp_path / "texts"))
    both = SendByChannel({"email": mail, "text": texts})

    sent = [both.send(EMAIL, AT).supplier_id, both.send(TEXT, AT).supplier_id]

    assert sent == ["email:m-1", "text:m-2"]
    assert ([kept.id for kept in mail.list_sent()], [kept.id for kept in texts.list_sent()]) == (
        ["m-1"],
        ["m-2"],
    )
    assert both.status("text:m-2") == Status.DELIVERED


def test_channel_without_a_sender_is_refused(tmp_path: Path) -> None:
    only_mail = SendByChannel({"email": ConsoleSender(ConsoleConfig(folder=tmp_path))})
    assert only_mail.carries == {"email"}
    with pytest.raises(CannotSendEver):
        only_mail.send(TEXT, AT)
    with pytest.raises(LookupError):
        only_mail.status("text:m-2")


def test_sender_that_does_not_carry_its_channel_is_found_at_start() -> None:
    config = SmtpConfig(host="mail.example", port=25, from_name="W", from_address="a@council.example")
    with pytest.raises(ValueError, match="text"):
        SendByChannel({"text": SmtpSender(config)})
