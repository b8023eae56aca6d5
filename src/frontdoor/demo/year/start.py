"""How another process is made ready to make parts of the year. Nothing here may be imported that needs Django started."""

from __future__ import annotations

import os
import queue
import threading
import time
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event

_told: list[tuple[Queue[Any], Event]] = []


class Stopped(Exception):
    """Another part failed, so this one is not wanted any more."""


def make_ready(told: Queue[Any], is_over: Event) -> None:
    """Start Django; `told` is where what is made, or how much, is put, until `is_over`."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    django.setup(set_prefix=False)
    _told[:] = [(told, is_over)]


def tell(said: object) -> None:
    """Put it there, and wait until there is room. Raises Stopped."""
    told, is_over = _told[0]
    while not is_over.is_set():
        try:
            told.put(said, timeout=1)
        except queue.Full:
            continue
        return
    raise Stopped


def _end_with(parent: int) -> None:
    """End when whoever began this process is gone, even if they had no time to say so."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
