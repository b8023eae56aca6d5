"""Keeps each message as files in a folder: what a person would open (.eml, .txt, .pdf) and a record beside
it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from frontdoor.channels.console.config import ConsoleConfig
from frontdoor.channels.emails import From, build_email
from frontdoor.channels.messages import (
    CALENDAR,
    PDF,
    CannotSendNow,
    Channel,
    OutgoingMessage,
    Sent,
    Status,
    sendable,
)
from frontdoor.channels.simulator import outcome_for


@dataclass(frozen=True, kw_only=True)
class KeptMessage:
    """A message in the folder. `path` is the file to open; `to` holds the address lines of a letter,
    joined.
    """

    id: str
    channel: str
    to: str
    subject: str
    body: str
    reference: str
    status: Status
    at: datetime
    path: Path


class ConsoleSender:
    """Carries every channel, into a folder. Give `show` a stream to have one line written to it for each
    message.
    """

    carries: frozenset[Channel] = frozenset({"email", "text", "letter"})
    attaches: frozenset[str] = frozenset({CALENDAR, PDF})

    def __init__(self, config: ConsoleConfig, *, show: TextIO | None = None) -> None:
        self._config = config
        self._show = show

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        """Keeps the message. An id that is kept already is not kept again."""
        message = sendable(message, carries=self.carries)
        try:
            kept = self._read(self._record_of(message.id)) or self._keep(message, at)
        except OSError as error:
            raise CannotSendNow(
                f"The folder for sent messages cannot be written: {error.strerror}."
            ) from error
        return Sent(supplier_id=message.id, status=kept.status, at=kept.at)

    def status(self, supplier_id: str) -> Status:
        """Where a kept message stands: delivered, unless its address stands for a failure."""
        kept = self._read(self._record_of(Path(supplier_id).name))
        if kept is None:
            raise LookupError("No message is kept under this id.")
        return kept.status

    def list_sent(self) -> list[KeptMessage]:
        """Every message in the folder, oldest first."""
        found = (self._read(path) for path in self._config.folder.glob("*.json"))
        return sorted((kept for kept in found if kept), key=lambda kept: (kept.at, kept.id))

    def _keep(self, message: OutgoingMessage, at: datetime) -> KeptMessage:
        self._config.folder.mkdir(parents=True, exist_ok=True)
        file_name, content = self._as_file(message, at)
        _write_whole(self._config.folder / file_name, content)
        kept = KeptMessage(
            id=message.id,
            channel=message.channel,
            to=message.to or "\n".join(message.address),
            subject=message.subject,
            body=message.body,
            reference=message.reference,
            status=outcome_for(message.to),
            at=at,
            path=self._config.folder / file_name,
        )
        _write_whole(self._record_of(message.id), _record(kept))
        if self._show is not None:
            print(f"{message.channel} {message.id} kept in {kept.path}", file=self._show)
        return kept

    def _as_file(self, message: OutgoingMessage, at: datetime) -> tuple[str, bytes]:
        if message.channel == "email":
            sender = From(name=self._config.from_name, address=self._config.from_address)
            return f"{message.id}.eml", build_email(message, sender=sender, at=at).as_bytes()
        if message.channel == "letter" and message.pdf is not None:
            return f"{message.id}.pdf", message.pdf
        heading = "\n".join(message.address) or message.to
        return f"{message.id}.txt", f"{heading}\n\n{message.body}\n".encode()

    def _record_of(self, own_id: str) -> Path:
        return self._config.folder / f"{own_id}.json"

    def _read(self, path: Path) -> KeptMessage | None:
        try:
            record: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        record["status"] = Status(record["status"])
        record["at"] = datetime.fromisoformat(record["at"])
        record["path"] = path.parent / record["path"]
        return KeptMessage(**record)


def _record(kept: KeptMessage) -> bytes:
    values = {**vars(kept), "at": kept.at.isoformat(), "path": kept.path.name}
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def _write_whole(path: Path, content: bytes) -> None:
    """The file appears whole or not at all, also when the process is killed half way."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
