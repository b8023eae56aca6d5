"""Made-up content that shows every component at /dev/components, so that the look can be judged at a glance."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def sample_parts(*, at: datetime) -> dict[str, Any]:
    """The context of the developers' pages, with dates around `at`."""
    return {"now": at}
