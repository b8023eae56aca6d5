"""How long things are kept: what goes next, what would become of one person's records, and what is held back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from frontdoor.cases.models import Hold
from frontdoor.handling.rights.keeping import (
    MayNotHold,
    NoReason,
    NoSuchCase,
    hold_case,
    holds_seen_by,
    lift_hold,
    past_their_time,
)
from frontdoor.handling.rights.previewing import Fate, Stays, preview_of
from frontdoor.kernel.clock import day_of, start_of_day
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.words import date_words

LONGEST = 1000
MOST_HOLDS = 100
WHAT = {
    "case": gettext_noop("Case"),
    "contact": gettext_noop("Contact"),
    "customer": gettext_noop("Name and how to reach them"),
}
STAYS = {
    Stays.WAITS: gettext_noop("Its time has not come"),
    Stays.OPEN: gettext_noop("The case is open"),
    Stays.HELD: gettext_noop("It is held"),
    Stays.RUNS: gettext_noop("Something that was given still runs"),
    Stays.OWED: gettext_noop("A refund is owed"),
    Stays.NO_RULE: gettext_noop("The service does not say how long it is kept"),
    Stays.DRAFT: gettext_noop("A form that was begun with it is not finished"),
    Stays.OTHERS: gettext_noop("Goes when nothing else of theirs is left"),
}


@require_http_methods(["GET", "POST"])
@staff_page(May.KEEP_RECORDS)
def retention(request: StaffRequest) -> HttpResponse:
    """The page; posted, a hold is placed or lifted, or one person's records are looked through (kept in no address)."""
    typed = {name: request.POST.get(name, "").strip()[:LONGEST] for name in ("do", "reference", "reason")}
    if request.method != "POST":
        return _page(request, typed)
    try:
        if typed["do"] == "look":
            return _page(request, typed, fates=_fates(request, typed["reference"]))
        _change(request, typed)
    except MayNotHold as refused:
        return _page(request, typed, fault=str(refused.__doc__), status=403)
    except (NoSuchCase, NoReason) as refused:
        return _page(request, typed, fault=str(refused.__doc__), status=409)
    return redirect("retention")


def _change(request: StaffRequest, typed: dict[str, str]) -> None:
    at, reference, reason = timezone.now(), typed["reference"], typed["reason"]
    if typed["do"] == "lift":
        lift_hold(reference=reference, because=reason, by=request.user, at=at)
        leave_notice(request, _("The hold was lifted. The case goes with the others when its time comes."))
        return
    hold_case(reference=reference, reason=reason, by=request.user, at=at)
    leave_notice(request, _("The case is held: it stays until somebody lifts the hold."))


def _fates(request: StaffRequest, reference: str) -> dict[str, Any]:
    found = preview_of(reference=reference, by=request.user, at=timezone.now())
    return {
        "caption": _("What would become of what we hold of this person"),
        "columns": [{"text": _(name)} for name in ("What", "Service", "Goes on", "Why not before")],
        "rows": [_fate(fate) for fate in found.fates],
        "show_caption": True,
    }


def _fate(fate: Fate) -> list[dict[str, Any]]:
    subject = date_words(date.fromisoformat(fate.subject)) if fate.what == "contact" else fate.subject
    when = date_words(fate.on) if fate.on else _("No day yet")
    return [
        {"text": f"{_(WHAT[fate.what])} {subject}".strip(), "head": True},
        {"text": fate.service},
        {"text": when if fate.stays else _("With the next round, within the hour")},
        {"text": _(STAYS[fate.stays]) if fate.stays else ""},
    ]


def _page(
    request: StaffRequest,
    typed: dict[str, str],
    *,
    fault: str = "",
    fates: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    on = _day(request.GET.get("on", ""))
    context = {
        "typed": typed,
        "fault": " ".join(fault.split()),
        "fates": fates,
        "on": on.isoformat(),
        "going": _going(on),
        "standing": [hold for hold in _holds(request) if hold.lifted_at is None],
        "lifted": [hold for hold in _holds(request) if hold.lifted_at is not None],
        "notice": take_notice(request),
    }
    return no_store(render(request, "office/retention.html", context, status=status))


def _holds(request: StaffRequest) -> list[Hold]:
    return list(holds_seen_by(user=request.user)[:MOST_HOLDS])


def _going(on: date) -> dict[str, Any]:
    """How many of each kind are past their time on that day; a number names nobody."""
    at = timezone.now() if on <= day_of(timezone.now()) else start_of_day(on)
    counted = [(past, past.rows.count()) for past in past_their_time(at=at)]
    return {
        "caption": _("What goes"),
        "columns": [
            {"text": _("What")},
            {"text": _("Service")},
            {"text": _("Kept for")},
            {"text": _("How many"), "numeric": True},
        ],
        "rows": [
            [
                {"text": _(past.what.capitalize()), "head": True},
                {"text": past.service},
                {"text": past.span},
                {"text": str(count)},
            ]
            for past, count in counted
            if count
        ],
        "empty": _("Nothing is past its time on that day."),
    }


def _day(typed: str) -> date:
    """The day asked about; today where it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return day_of(timezone.now())
