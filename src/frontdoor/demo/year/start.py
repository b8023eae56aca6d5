"""How another process is made ready to make parts of the year. Nothing here may be imported that needs Django started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

_told: list[Queue[Any]] = []


def make_ready(told: Queue[Any]) -> None:
    """Start Django; `told` is where what is made, or how much, is put."""
    django.setup(set_prefix=False)
    _told[:] = [told]


def told() -> Queue[Any]:
    """Where to put it."""
    return _told[0]
