"""Messages kept in a folder: what a person finds there."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from frontdoor.channels.console.adapter import ConsoleSender, KeptMessage
from frontdoor.channels.console.checks import check_console
from frontdoor.channels.console.config import ConsoleConfig
from frontdoor.channels.messages import OutgoingMessage, Status
from frontdoor.channels.settings import BadSetting

AT = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
EMAIL = OutgoingMessage(
    id="m-1", channel="email", to="alice@example.org", subject="Hello", body="Words", reference="BB-1"
)
TEXT = OutgoingMessage(id="m-2", channel="text", to="07700900123", body="Words")
LETTER = OutgoingMessage(
    id="m-3", channel="letter", address=("Alice", "1 Street", "ZZ99 1AA"), pdf=b"%PDF-1.4 words"
)


def test_each_channel_is_kept_as_what_a_person_can_open(tmp_path: Path) -> None:
    sender = ConsoleSender(ConsoleConfig(folder=tmp_path / "sent"))
    for minutes, message in enumerate([LETTER, TEXT, EMAIL]):
        sender.send(message, AT + timedelta(minutes=minutes))

    assert [kept.path.name for kept in sender.list_sent()] == ["m-3.pdf", "m-2.txt", "m-1.eml"]
    assert sender.list_sent()[2] == KeptMessage(
        id="m-1",
        channel="email",
        to="alice@example.org",
        subject="Hello",
        body="Words",
        reference="BB-1",
        status=Status.DELIVERED,
        at=AT + timedelta(minutes=2),
        path=tmp_path / "sent" / "m-1.eml",
    )
    assert (tmp_path / "sent" / "m-3.pdf").read_bytes() == b"%PDF-1.4 words"
    assert (tmp_path / "sent" / "m-2.txt").read_text() == "07700900123\n\nWords\n"


def test_messages_are_there_after_a_new_start(tmp_path: Path) -> None:
    ConsoleSender(ConsoleConfig(folder=tmp_path)).send(EMAIL, AT)
    assert [kept.id for kept in ConsoleSender(ConsoleConfig(folder=tmp_path)).list_sent()] == ["m-1"]


def test_write_that_was_cut_off_is_no_message(tmp_path: Path) -> None:
    sender = ConsoleSender(ConsoleConfig(folder=tmp_path))
    (tmp_path / ".m-1.eml.4711.part").write_bytes(b"half")
    assert sender.list_sent() == []
    sender.send(EMAIL, AT)
    assert len(sender.list_sent()) == 1


def test_line_that_is_shown_names_no_person(tmp_path: Path) -> None:
    shown = io.StringIO()
    ConsoleSender(ConsoleConfig(folder=tmp_path), show=shown).send(EMAIL, AT)
    assert shown.getvalue() == f"email m-1 kept in {tmp_path / 'm-1.eml'}\n"


def test_nothing_kept_yet_is_an_empty_list(tmp_path: Path) -> None:
    assert ConsoleSender(ConsoleConfig(folder=tmp_path / "none")).list_sent() == []


def test_operator_is_told_whether_the_folder_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert check_console(ConsoleConfig(folder=tmp_path / "sent")).is_ready
    assert check_console(ConsoleConfig(folder=tmp_path / "file" / "sent")).found == "wrong"


def test_settings_are_read() -> None:
    config = ConsoleConfig.from_environment(
        {"FRONTDOOR_SENT_FOLDER": "var/sent", "FRONTDOOR_FROM_NAME": "Wealdmoor"}
    )
    assert config == ConsoleConfig(folder=Path("var/sent"), from_name="Wealdmoor")
    with pytest.raises(BadSetting, match="FRONTDOOR_SENT_FOLDER"):
        ConsoleConfig.from_environment({})
