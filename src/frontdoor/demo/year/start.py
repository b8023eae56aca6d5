"""How another process is made ready to make parts of the year. Nothing here may be imported that needs Django started."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

_told: list[Queue[Any]] = []


def make_ready(told: Queue[Any]) -> None:
    """Start Django; `told` is where what is made, or how much, is put."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    django.setup(set_prefix=False)
    _told[:] = [told]


def told() -> Queue[Any]:
    """Where to put it."""
    return _told[0]


def _end_with(parent: int) -> None:
    """End when whoever began this process is gone, even if they had no time to say so."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
