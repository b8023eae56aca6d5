"""What a browser remembers between pages, and for how long: ids only, never an answer.

A session is emptied by `clear` ("Finish and clear"), and each part ends by itself when nobody has used it for a
while, so that the next person on a shared computer finds nothing of the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

DRAFT_IDLE = timedelta(minutes=60)
SENT_IDLE = timedelta(minutes=20)
TRACK_IDLE = timedelta(minutes=20)
KNOCK_IDLE = timedelta(hours=3)
PARTS = ("draft", "sent", "stopped", "saved", "track", "call", "knock", "report", "noticed", "paying")


def remember(request: HttpRequest, part: str, name: str, facts: Mapping[str, Any], at: datetime) -> None:
    """Remember facts (JSON) of one part under a name, as of now."""
    kept = request.session.setdefault(part, {})
    kept[name] = {**facts, "at": at.isoformat()}
    request.session.modified = True


def recall(
    request: HttpRequest, part: str, name: str, at: datetime, idle: timedelta, *, stays: bool = True
) -> dict[str, Any] | None:
    """What is remembered, unless nobody used it for longer than `idle`. `stays`: using it keeps it open."""
    kept = request.session.get(part, {}).get(name)
    if kept is None:
        return None
    if at - datetime.fromisoformat(kept["at"]) > idle:
        forget(request, part, name)
        return None
    if stays:
        kept["at"] = at.isoformat()
        request.session.modified = True
    return dict(kept)


def forget(request: HttpRequest, part: str, name: str) -> None:
    """Forget one thing."""
    if request.session.get(part, {}).pop(name, None) is not None:
        request.session.modified = True


def clear(request: HttpRequest) -> None:
    """Forget everything of the customer's; a member of staff who tries the pages stays signed in."""
    if request.user.is_authenticated:
        for part in PARTS:
            request.session.pop(part, None)
    else:
        request.session.flush()


def draft_id(request: HttpRequest, service: str, at: datetime) -> UUID | None:
    """The application this browser is filling in for a service."""
    kept = recall(request, "draft", service, at, DRAFT_IDLE)
    return UUID(kept["id"]) if kept else None


def open_draft(request: HttpRequest, service: str, draft: UUID, at: datetime) -> None:
    """From now on this browser fills in this application."""
    for part in ("sent", "stopped", "saved"):
        forget(request, part, service)
    remember(request, "draft", service, {"id": str(draft)}, at)


def note_sent(request: HttpRequest, service: str, case: UUID, at: datetime) -> None:
    """The application of this browser has become this case."""
    forget(request, "draft", service)
    remember(request, "sent", service, {"case": str(case)}, at)


def looked_up(request: HttpRequest, service: str, question: str) -> str:
    """What was last looked up on the page of a question: a postcode or a street's name; kept out of the address."""
    kept = request.session.get("draft", {}).get(service, {})
    return str(kept.get("looked", {}).get(question, ""))


def note_look_up(request: HttpRequest, service: str, question: str, words: str) -> None:
    """Remember what is looked up on the page of a question."""
    kept = request.session.get("draft", {}).get(service)
    if kept is not None:
        kept.setdefault("looked", {})[question] = words[:100]
        request.session.modified = True


def is_first_time(request: HttpRequest, what: str) -> bool:
    """Whether this has not happened before in this session, and from now on it has; for counting once."""
    noticed = request.session.setdefault("noticed", {})
    if what in noticed:
        return False
    noticed[what] = True
    request.session.modified = True
    return True
