"""The calendar of known events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.catalogue.published import our_catalogue
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.permissions import May, may
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.planning.tabs import plan_tabs
from frontdoor.web.skills.asked import NotSaid, day_or_none, doc, options, said_day
from frontdoor.web.words import short_date_words
from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.records.expected.event_files import HEAD, event_rows, note_events_in
from frontdoor.workforce.records.expected.events import NotAnEvent, drop_event, events_between, note_event
from frontdoor.workforce.records.models import EventKind, KnownEvent

FAULTS, MOST_FAULTS = "faults_of_events", 12
MOST_BYTES = 1_000_000
PAST, AHEAD = timedelta(days=400), timedelta(days=400)


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def events(request: StaffRequest) -> HttpResponse:
    """What is known of days to come, and what was of days gone by, from which is learned."""
    today = day_of(now_utc())
    found = events_between(first_on=today - PAST, last_on=today + AHEAD).select_related("noted_by")
    rows = [_row(each) for each in found]
    context = {
        "tabs": plan_tabs("plan_events"),
        "to_come": [row for row in rows if row["last"] >= today],
        "past": [row for row in rows if row["last"] < today][::-1],
        "kinds": [{"value": each.value, "text": str(each.label)} for each in EventKind],
        "services": options((each.id, each.name) for each in our_catalogue().by_name()),
        "may_plan": may(request.user, May.PLAN),
        "faults": request.session.pop(FAULTS, []),
        "head": ", ".join(HEAD),
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/events.html", context))


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The calendar to take away, as it can be handed in again."""
    today = day_of(now_utc())
    rows = event_rows(events_between(first_on=today - PAST, last_on=today + AHEAD))
    return (as_csv if kind == "csv" else as_workbook)(f"events-{today}", HEAD, rows)


@require_POST
@staff_page(May.PLAN)
def hand_in(request: StaffRequest) -> HttpResponse:
    """Note every event of a CSV file, or say what is wrong with it."""
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_BYTES:
        leave_notice(request, _("Choose a CSV file of at most 1MB. Nothing was changed."), kind="info")
        return redirect("plan_events")
    known = {each.name.lower(): each.id for each in our_catalogue().by_name()}
    known |= {each.id: each.id for each in our_catalogue().by_name()}
    try:
        noted, there = note_events_in(
            file=file.name or "file", content=file.read(), services=known, by=request.user, at=now_utc()
        )
    except BadFiles as bad:
        request.session[FAULTS] = list(bad.faults[:MOST_FAULTS])
        leave_notice(request, _("The file cannot be used as it is. Nothing was changed."), kind="info")
    else:
        words = _("Noted: %(noted)d. In the calendar already: %(there)d.")
        leave_notice(request, words % {"noted": noted, "there": there})
    return redirect("plan_events")


def _row(each: KnownEvent) -> dict[str, Any]:
    services = [
        our_catalogue().services[name].name for name in each.services if name in our_catalogue().services
    ]
    return {
        "id": each.pk,
        "name": each.name,
        "kind": each.get_kind_display(),
        "when": short_date_words(each.first_on)
        + (f" – {short_date_words(each.last_on)}" if each.last_on != each.first_on else ""),
        "last": each.last_on,
        "for": ", ".join(services) or _("All services"),
        "brings": _brings(each),
        "by": each.noted_by.full_name,
    }


def _brings(each: KnownEvent) -> str:
    if each.kind == EventKind.CLOSED:
        return _("nobody is there")
    if each.sent is not None and each.will_call is not None:
        return _("%(share)s of %(sent)s sent") % {
            "share": f"{100 * each.will_call:g}%",
            "sent": f"{each.sent:,}",
        }
    if each.times is not None:
        return _("%(times)s times the usual") % {"times": f"{each.times:g}"}
    return _("is learned from days of this name")


@require_POST
@staff_page(May.PLAN)
def note(request: StaffRequest) -> HttpResponse:
    """Say what is known."""
    post = request.POST
    try:
        first = said_day(request, "first", _("the first day"))
        share = _decimal(request, "will_call", _("the share who will call"))
        note_event(
            name=post.get("name", ""),
            kind=EventKind(post["kind"]) if post.get("kind") in EventKind.values else EventKind.OTHER,
            first_on=first,
            last_on=day_or_none(request, "last", _("the last day")) or first,
            services=[post["service"]] if post.get("service") in our_catalogue().services else [],
            sent=_whole(request, "sent"),
            will_call=None if share is None else share / 100,
            times=_decimal(request, "times", _("how many times the usual comes")),
            by=request.user,
            at=now_utc(),
        )
    except (NotSaid, NotAnEvent) as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, _("Noted. The next forecast counts on it."))
    return redirect("plan_events")


def _whole(request: StaffRequest, name: str) -> int | None:
    found = _decimal(request, name, _("how many are sent"))
    return None if found is None else round(found)


def _decimal(request: StaffRequest, name: str, what: str) -> float | None:
    text = request.POST.get(name, "").replace(",", "").replace("%", "").strip()
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 100_000_000:
        raise NotSaid(_("Enter %(what)s as a number. Nothing was changed.") % {"what": what})
    return found


@require_POST
@staff_page(May.PLAN)
def drop(request: StaffRequest, number: int) -> HttpResponse:
    """It will not be."""
    drop_event(event_id=number, by=request.user, at=now_utc())
    leave_notice(request, _("It was taken out of the calendar."))
    return redirect("plan_events")
