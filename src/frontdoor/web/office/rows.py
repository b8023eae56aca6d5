"""A case as one row of a table, on a page and in a file to take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from frontdoor.cases.models import Case
from frontdoor.web.office.tables import Value
from frontdoor.web.office.words import (
    customer_name,
    promise_of,
    service_name,
    state_of,
    state_tag,
    waits_words,
)

HEAD = (
    "Reference",
    "Customer",
    "Postcode",
    "Service",
    "State",
    "Due",
    "Waits for",
    "Owner",
    "Team",
    "Received",
)
COLUMNS = ("Reference", "Customer", "Service", "State", "Promise", "Waits for", "Owner")


def table(cases: Sequence[Case], *, caption: str, empty: str, ticks: bool = False) -> dict[str, Any]:
    """The table as its component takes it. `ticks`: each row begins with a box to tick."""
    columns = [{"text": _(name)} for name in COLUMNS]
    return {
        "caption": caption,
        "columns": columns,
        "rows": [cells(case) for case in cases],
        "references": [case.reference for case in cases],
        "ticks": ticks,
        "empty": empty,
    }


def cells(case: Case) -> list[dict[str, Any]]:
    """The cells of one row. Needs the annotations of `cases.queries.worklist.for_rows`."""
    unread = _("Reply not read") if getattr(case, "has_unread", False) else ""
    return [
        {
            "text": case.reference,
            "href": reverse("case", args=[case.reference]),
            "head": True,
            "sub": _("Restricted") if case.is_restricted else "",
        },
        {"text": customer_name(case), "sub": getattr(case, "lives_at", "") or ""},
        {"text": service_name(case.service)},
        {"tag": state_tag(case), "sub": unread},
        {"promise": promise_of(case)},
        {"text": waits_words(case)},
        {"text": case.owner.full_name if case.owner else _("Nobody yet"), "sub": case.team.name},
    ]


def values(case: Case) -> tuple[Value, ...]:
    """The same for a file."""
    return (
        case.reference,
        customer_name(case),
        getattr(case, "lives_at", "") or "",
        service_name(case.service),
        state_of(case).staff,
        case.due_at,
        waits_words(case),
        case.owner.full_name if case.owner else "",
        case.team.name,
        case.received_at,
    )
