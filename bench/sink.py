"""A mail server that keeps nothing but who was written to and when: `python -m bench.sink PORT FILE [ADDRESS]`.

One line a message: seconds of this machine's monotonic clock, the recipient, the message's id; spaces between.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from signal import SIGINT, SIGTERM, sigwait
from time import monotonic

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Note:
    """Writes the line and accepts the message."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", buffering=1, encoding="utf-8")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (its name)
        """One message came in whole."""
        at = monotonic()
        name = MESSAGE_ID.search(bytes(envelope.content or b""))
        known_by = name[1].decode("ascii", "replace") if name else "-"
        for recipient in envelope.rcpt_tos:
            self.file.write(f"{at:.6f} {recipient} {known_by}\n")
        return "250 OK"


def main(port: str, path: str, address: str = "127.0.0.1") -> None:
    """Take messages until told to stop."""
    controller = Controller(Note(Path(path)), hostname=address, port=int(port))
    controller.start()
    print("ready", flush=True)
    sigwait({SIGINT, SIGTERM})
    controller.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
