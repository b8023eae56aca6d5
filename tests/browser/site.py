"""The installation that the browser tests visit, and the messages it has sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

MESSAGE_SECONDS = 30.0  # a busy machine is no fault of the code


@dataclass(frozen=True)
class Site:
    """Where it is, and its home folder."""

    url: str
    home: Path

    @property
    def sent(self) -> Path:
        """The folder in which its messages are kept."""
        return self.home / "sent"

    @property
    def log(self) -> Path:
        """What it has said."""
        return self.home / "log"

    def seeded(self, name: str) -> str:
        """Something that was made before the run and that no page shows."""
        return str(json.loads((self.home / "seeded.json").read_bytes())[name])

    def message_to(self, address: str, *, saying: str) -> str:
        """The newest message to an address that has these words in it; waits until it has been sent."""
        end = monotonic() + MESSAGE_SECONDS
        while monotonic() < end:
            kept = [json.loads(path.read_bytes()) for path in self.sent.glob("*.json")]
            found = [each for each in kept if each["to"] == address and saying in each["body"]]
            if found:
                return str(max(found, key=lambda each: each["at"])["body"])
            sleep(0.1)
        faults = [line for line in self.log.read_text("utf-8").splitlines() if "[info" not in line]
        raise AssertionError("\n".join([f"No message to {address} with {saying!r}. The log:", *faults[-40:]]))
