"""Settings of the console adapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from frontdoor.channels.settings import needed


@dataclass(frozen=True, kw_only=True)
class ConsoleConfig:
    """Where messages are kept, and who they come from."""

    folder: Path
    from_name: str = "The council"
    from_address: str = "no-reply@council.example"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> ConsoleConfig:
        """Reads FRONTDOOR_SENT_FOLDER, FRONTDOOR_FROM_NAME, FRONTDOOR_FROM_ADDRESS. Raises BadSetting."""
        folder = needed(
            environ, "FRONTDOOR_SENT_FOLDER", remedy="Give a folder where sent messages are to be kept."
        )
        return cls(
            folder=Path(folder),
            from_name=environ.get("FRONTDOOR_FROM_NAME", "").strip() or cls.from_name,
            from_address=environ.get("FRONTDOOR_FROM_ADDRESS", "").strip() or cls.from_address,
        )
