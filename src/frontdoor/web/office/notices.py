"""A word about what was just done, shown once on the next page."""

from __future__ import annotations

from typing import Any

from frontdoor.web.office.access import StaffRequest

KEY = "office_notice"
KINDS = {"success": None, "info": "Important"}


def leave_notice(request: StaffRequest, title: str, *, text: str = "", kind: str = "success") -> None:
    """Say this on the next page that shows notices."""
    request.session[KEY] = {"title": title, "text": text, "kind": kind}


def take_notice(request: StaffRequest) -> dict[str, Any]:
    """What is to be said, once; empty where there is nothing."""
    kept = request.session.pop(KEY, None)
    if kept is None:
        return {}
    heading = KINDS.get(kept["kind"])
    shown = {"title": kept["title"], "text": kept["text"], "type": kept["kind"]}
    return {**shown, "heading": heading} if heading else shown
