"""Can the console adapter keep messages?"""

from __future__ import annotations

import os

from frontdoor.channels.checks import Check
from frontdoor.channels.console.config import ConsoleConfig


def check_console(config: ConsoleConfig) -> Check:
    """Looks whether the folder can be made and written."""
    of = "messages kept in a folder"
    try:
        config.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = (
            f"The folder {config.folder} cannot be made: {error.strerror}. "
            "Choose another in FRONTDOOR_SENT_FOLDER."
        )
        return Check(of=of, found="wrong", words=words)
    if not os.access(config.folder, os.W_OK):
        words = f"The folder {config.folder} cannot be written. Give this account the right to write there."
        return Check(of=of, found="wrong", words=words)
    return Check(
        of=of, found="ready", words=f"Messages are kept in {config.folder}; nothing leaves this machine."
    )
