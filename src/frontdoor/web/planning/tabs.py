"""The parts of the plan, and what long work looks like while it goes on."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frontdoor.web.navigation import page_exists
from frontdoor.workforce.records.models import LongWork

PARTS = (
    ("plan", gettext_noop("Forecast")),
    ("plan_events", gettext_noop("Known events")),
    ("plan_rota", gettext_noop("Rota")),
    ("plan_contracts", gettext_noop("Contracts")),
    ("plan_meetings", gettext_noop("Meetings")),
    ("plan_what_ifs", gettext_noop("What-ifs")),
    ("plan_today", gettext_noop("Today")),
)


def plan_tabs(page: str) -> list[dict[str, Any]]:
    """The parts, with the open one marked."""
    return [
        {"text": _(text), "href": reverse(name), "current": name == page, "count": 0}
        for name, text in PARTS
        if page_exists(name)
    ]


def work_shown(work: LongWork | None) -> dict[str, Any] | None:
    """Long work as its panel shows it."""
    if work is None:
        return None
    return {
        "id": work.pk,
        "goes_on": work.done_at is None,
        "percent": round(100 * work.progress),
        "words": work.words or _("Waits for a worker"),
        "is_fault": work.is_fault,
        "is_stopping": work.stop_at is not None,
        "asked_at": work.asked_at,
        "kind": work.get_kind_display(),
    }
