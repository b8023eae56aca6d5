"""How a promise ("by when") is shown: its state, for the icon and colour, and its words, which say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdoor.kernel.clock import day_of, london
from frontdoor.web.words import short_date_words, time_words

SOON_DAYS = 3


class PromiseState(StrEnum):
    """What a promise looks like; each has its own icon as well as its colour."""

    ON_TIME = "on time"
    SOON = "soon"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    KEPT = "kept"
    MISSED = "missed"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class PromiseShown:
    """A promise as a badge shows it; `by` is the day as a table needs it, empty where none is promised."""

    state: PromiseState
    words: str
    by: str = ""


def promise_shown(
    *, due_at: datetime | None, at: datetime, stopped: bool = False, done_at: datetime | None = None
) -> PromiseShown:
    """How the promise stands `at` this moment. A finished case is kept or missed; a stopped clock is never overdue."""
    if due_at is None:
        return PromiseShown(state=PromiseState.NONE, words=_("No date promised"))
    by = short_date_words(due_at)
    if done_at is not None:
        return _finished(due_at=due_at, done_at=done_at, by=by)
    if stopped:
        return PromiseShown(state=PromiseState.STOPPED, words=_("Clock stopped"), by=by)
    if due_at < at:
        return PromiseShown(state=PromiseState.OVERDUE, words=_late_words(due_at, at), by=by)
    days = _days_between(at, due_at)
    state = PromiseState.SOON if days <= SOON_DAYS else PromiseState.ON_TIME
    return PromiseShown(state=state, words=_due_words(due_at, days), by=by)


def _finished(*, due_at: datetime, done_at: datetime, by: str) -> PromiseShown:
    if done_at <= due_at:
        return PromiseShown(state=PromiseState.KEPT, words=_("Done on time"), by=by)
    days = max(1, _days_between(due_at, done_at))
    words = ngettext("Done %(count)d day late", "Done %(count)d days late", days) % {"count": days}
    return PromiseShown(state=PromiseState.MISSED, words=words, by=by)


def _due_words(due_at: datetime, days: int) -> str:
    if days == 0:
        shown = london(due_at)
        if (shown.hour, shown.minute) == (23, 59):
            return _("Due today")
        return _("Due today, %(time)s") % {"time": time_words(due_at)}
    if days == 1:
        return _("Due tomorrow")
    return ngettext("Due in %(count)d day", "Due in %(count)d days", days) % {"count": days}


def _late_words(due_at: datetime, at: datetime) -> str:
    days = _days_between(due_at, at)
    if days == 0:
        return _("Overdue since %(time)s") % {"time": time_words(due_at)}
    return ngettext("Overdue by %(count)d day", "Overdue by %(count)d days", days) % {"count": days}


def _days_between(earlier: datetime, later: datetime) -> int:
    return (day_of(later) - day_of(earlier)).days
