"""Each adapter for outgoing messages beside a real counterpart, so that one set of cases runs against all."""

from __future__ import annotations

import email
import email.policy
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from frontdoor.channels.console.adapter import ConsoleSender
from frontdoor.channels.console.config import ConsoleConfig
from frontdoor.channels.loopback import Fault
from frontdoor.channels.messages import MessageSender
from frontdoor.channels.notify.adapter import NotifySender
from frontdoor.channels.notify.config import NotifyConfig
from frontdoor.channels.notify.standin import NotifyStandIn
from frontdoor.channels.simulator import outcome_for
from frontdoor.channels.smtp.adapter import SmtpSender
from frontdoor.channels.smtp.config import SmtpConfig


@dataclass(frozen=True)
class Arrived:
    """A message as it reached the other side."""

    to: str
    subject: str
    body: str


class Counterpart(Protocol):
    """An adapter and the other side it speaks to."""

    sender: MessageSender

    def arrived(self) -> list[Arrived]:
        """What the person would find, oldest first; copies with one Message-ID are one, as mail stores
        file them.
        """

    def go_down(self) -> None: ...

    def come_back(self) -> None: ...

    def settle(self) -> None: ...


class ConsoleCounterpart:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._console = ConsoleSender(ConsoleConfig(folder=folder))
        self.sender: MessageSender = self._console

    def arrived(self) -> list[Arrived]:
        return [Arrived(kept.to, kept.subject, kept.body.strip()) for kept in self._console.list_sent()]

    def go_down(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.write_text("a file where the folder should be")

    def come_back(self) -> None:
        self._folder.unlink()

    def settle(self) -> None:
        """Nothing is on its way: a kept message is where it will be."""


class MailServer:
    """What the council's mail server does: takes mail, refuses people it does not know, is busy at times."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802  # the library's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if outcome_for(address).value == "permanent-failure":
            return "550 5.1.1 No such person here"
        if outcome_for(address).value == "temporary-failure":
            return "451 4.3.0 Mailbox busy, try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # the library's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.envelopes.append(envelope)
        return "250 Message accepted"


def free_port() -> int:
    """A port on loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class SmtpCounterpart:
    def __init__(self) -> None:
        self.server = MailServer()
        self._port = free_port()
        self.come_back()
        self.sender: MessageSender = SmtpSender(self.config)

    @property
    def config(self) -> SmtpConfig:
        return SmtpConfig(
            host="127.0.0.1",
            port=self._port,
            from_name="Wealdmoor County Council",
            from_address="no-reply@council.example",
            security="none",
            timeout=5,
        )

    def arrived(self) -> list[Arrived]:
        by_message_id: dict[str, Arrived] = {}
        for envelope in self.server.envelopes:
            content = envelope.content
            assert isinstance(content, bytes)
            parsed = email.message_from_bytes(content, policy=email.policy.default)
            body = parsed.get_body(("plain",))
            assert body is not None
            words = body.get_content().replace("\r\n", "\n").strip()
            found = Arrived(parsed["To"], parsed["Subject"], words)
            by_message_id.setdefault(parsed["Message-ID"], found)
        return list(by_message_id.values())

    def go_down(self) -> None:
        self._controller.stop()

    def come_back(self) -> None:
        self._controller = Controller(self.server, hostname="127.0.0.1", port=self._port)
        self._controller.start()

    def settle(self) -> None:
        """A mail server tells nothing later."""


class NotifyCounterpart:
    def __init__(self, stand_in: NotifyStandIn) -> None:
        self.stand_in = stand_in
        self.sender: MessageSender = NotifySender(config_for(stand_in))

    def arrived(self) -> list[Arrived]:
        return [
            Arrived(record.to or "\n".join(record.lines), record.subject or "", record.body.strip())
            for record in self.stand_in.box.all()
        ]

    def go_down(self) -> None:
        self.stand_in.fail_with(Fault(kind="down", times=1_000_000))

    def come_back(self) -> None:
        self.stand_in.recover()

    def settle(self) -> None:
        self.stand_in.settle()


def config_for(stand_in: NotifyStandIn) -> NotifyConfig:
    """Settings that speak to a stand-in of Notify."""
    return NotifyConfig(
        api_key=stand_in.api_key,
        email_template=stand_in.templates["email"].id,
        text_template=stand_in.templates["sms"].id,
        letter_template=stand_in.templates["letter"].id,
        email_with_file_template=stand_in.templates["email with file"].id,
        url=stand_in.url,
        timeout=5,
    )


@contextmanager
def counterpart_of(name: str, folder: Path) -> Iterator[Counterpart]:
    """The adapter called `name` with its other side running."""
    if name == "console":
        yield ConsoleCounterpart(folder / "sent")
    elif name == "smtp":
        mail = SmtpCounterpart()
        try:
            yield mail
        finally:
            mail.go_down()
    else:
        with NotifyStandIn() as stand_in:
            yield NotifyCounterpart(stand_in)
