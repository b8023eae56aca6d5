"""What an operator is told about an adapter: is it set up, does it answer, and what to do if not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Check:
    """The result of looking at one adapter. `words` say what was found and, unless all is well, what to do
    next.
    """

    of: str
    found: Literal["ready", "not reachable", "wrong"]
    words: str

    @property
    def is_ready(self) -> bool:
        return self.found == "ready"
