"""Today put right when people are missing: who is off, what doing nothing costs, what is proposed, and its acceptance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from frontdoor.kernel.clock import at_london, day_of, now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice
from frontdoor.web.planning.drawing import Curve, curves_drawing
from frontdoor.web.planning.shown import clock, hours_words
from frontdoor.web.planning.tabs import plan_tabs
from frontdoor.web.skills.asked import NotSaid, doc, options
from frontdoor.web.words import day_words, time_words
from frontdoor.workforce.records.attending.watching import missing_of
from frontdoor.workforce.records.models import PartKind, Shift
from frontdoor.workforce.records.rotas.covering import at_quarter, quarter_at
from frontdoor.workforce.records.rotas.replanning import (
    ClosedToday,
    DayMoved,
    Moved,
    NotPlanned,
    Proposed,
    Sums,
    accept,
    propose,
)
from frontdoor.workforce.records.rotas.rota import (
    MayNotRoster,
    Overlaps,
    PlannedPart,
    PlannedShift,
    shifts_of,
)
from frontdoor.workforce.rota.definition import BadWeek

Off = dict[int, int]
"""By account, the quarter hour of today from which somebody is off."""
FAULTS = (NotSaid, NotPlanned, ClosedToday, BadWeek, Overlaps, MayNotRoster)


@require_http_methods(["GET", "POST"])
@staff_page(May.SUPERVISE, May.PLAN)
def replan(request: StaffRequest) -> HttpResponseBase:
    """Choose who is off, look at what is proposed, accept it or leave it."""
    now = now_utc()
    shifts = [each for each in shifts_of(first_on=day_of(now), last_on=day_of(now)) if each.ends_at > now]
    fault, off, proposed = "", _known(request.GET.getlist("off"), shifts), None
    try:
        if request.method == "POST":
            off = _known(request.POST.getlist("off"), shifts)
            return _accepted(request, off, now)
        off |= _added(request.GET, shifts, now)
    except (*FAULTS, DayMoved) as refused:
        fault = doc(refused)
    try:
        proposed = propose(off=off, at=now) if off else None
    except FAULTS as refused:
        fault = doc(refused)
    context = {
        "tabs": plan_tabs("plan_today"),
        "title": day_words(day_of(now)),
        "fault": fault,
        "off": [_off(each, off) for each in shifts if each.user_id in off],
        "carried": _carried(off),
        "who": options(
            (each.user_id, f"{each.user.full_name}, {hours_words(each)}")
            for each in shifts
            if each.user_id not in off
        ),
        "missing": [
            _missing(each, off, now) for each in missing_of(shifts, at=now) if each.user_id not in off
        ],
        "proposed": _shown(proposed) if proposed else None,
        "is_over": not shifts,
    }
    return no_store(render(request, "planning/replan.html", context, status=400 if fault else 200))


def _accepted(request: StaffRequest, off: Off, now: datetime) -> HttpResponse:
    quarter = request.POST.get("quarter", "")
    if not off or not quarter.isdecimal():
        raise NotSaid(_("Choose who is off. Nothing was changed."))
    mark = request.POST.get("mark", "")
    found = accept(off=off, quarter=int(quarter), mark=mark, by=request.user, at=now)
    words = ngettext("%(n)d person is off.", "%(n)d people are off.", len(off)) % {"n": len(off)}
    if found.moved:
        names = ", ".join(each.user.full_name for each in found.moved)
        words += " " + _("The new times stand in the weeks and calendars of %(names)s.") % {"names": names}
    leave_notice(request, words)
    return redirect("plan_today")


def _known(said: Sequence[str], shifts: Sequence[Shift]) -> Off:
    """Who is off as the address or form carries it: account, a dash, quarter hour. What cannot be is left out."""
    there = {each.user_id for each in shifts}
    found: Off = {}
    for each in said:
        user, _dash, quarter = each.partition("-")
        if user.isdecimal() and quarter.isdecimal() and int(user) in there and int(quarter) < 96:
            found[int(user)] = int(quarter)
    return found


def _added(asked: QueryDict, shifts: Sequence[Shift], now: datetime) -> Off:
    """Whoever is chosen in the form: from the time that is entered, else from now or the beginning of their shift."""
    who, clock = asked.get("who", ""), asked.get("from", "").strip()
    shift = next((each for each in shifts if str(each.user_id) == who), None)
    if shift is None:
        return {}
    since = max(now, shift.starts_at)
    if clock:
        try:
            since = at_london(shift.on, time.fromisoformat(clock))
        except ValueError:
            raise NotSaid(_("Enter a time of day, such as 09:30, or none for at once.")) from None
    if since >= shift.ends_at:
        raise NotSaid(
            _("%(name)s works %(hours)s. Enter a time before the end of the shift.")
            % {"name": shift.user.full_name, "hours": hours_words(shift)}
        )
    return {shift.user_id: quarter_at(max(since, shift.starts_at))}


def _carried(off: Mapping[int, int]) -> list[str]:
    return [f"{user}-{quarter}" for user, quarter in off.items()]


def _address(off: Mapping[int, int]) -> str:
    return reverse("plan_replan", query={"off": _carried(off)})


def _off(shift: Shift, off: Off) -> dict[str, str]:
    since = at_quarter(shift.on, off[shift.user_id])
    return {
        "name": shift.user.full_name,
        "words": _("from %(time)s; planned %(hours)s")
        % {"time": time_words(since), "hours": hours_words(shift)},
        "without": _address({user: quarter for user, quarter in off.items() if user != shift.user_id}),
    }


def _missing(shift: Shift, off: Off, now: datetime) -> dict[str, str]:
    since = quarter_at(max(now, shift.starts_at))
    return {"name": shift.user.full_name, "href": _address({**off, shift.user_id: since})}


def _shown(found: Proposed) -> dict[str, Any]:
    return {
        "quarter": found.quarter,
        "mark": found.mark,
        "changes": [{"name": each.user.full_name, "words": list(change_words(each))} for each in found.moved],
        "sums": _sums(found),
        "drawing": _drawing(found),
        "key": [
            *([{"style": "now", "name": _("With the changes")}] if found.moved else []),
            {"style": "plan", "name": _("Nothing done")},
            {"style": "need", "name": _("Needed")},
        ],
        "table": _table(found),
        "accept": _accept_words(found),
    }


def change_words(moved: Moved) -> Iterator[str]:
    """What changes in somebody’s day: “lunch moves from midday to 1pm”."""
    before, after = moved.before, moved.after
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        yield _("works %(after)s rather than %(before)s") % {
            "before": hours_words(before),
            "after": hours_words(after),
        }
    pairs = [
        (old, new, _part_words(kind, number, len(_of_kind(before, kind))))
        for kind in (PartKind.BREAK, PartKind.LUNCH)
        for number, (old, new) in enumerate(zip(_of_kind(before, kind), _of_kind(after, kind), strict=False))
    ]
    for old, new, what in sorted(pairs, key=lambda pair: pair[1].starts_at):
        if old.starts_at != new.starts_at:
            yield _("%(what)s moves from %(before)s to %(after)s") % {
                "what": what,
                "before": time_words(old.starts_at),
                "after": time_words(new.starts_at),
            }


def _of_kind(shift: PlannedShift, kind: PartKind) -> list[PlannedPart]:
    return sorted((each for each in shift.parts if each.kind == kind), key=lambda part: part.starts_at)


def _part_words(kind: PartKind, number: int, of: int) -> str:
    if kind == PartKind.LUNCH or of == 1:
        return str(kind.label).lower()
    return _("the first break") if number == 0 else _("the second break")


def _sums(found: Proposed) -> dict[str, Any]:
    rows: list[tuple[str, Sums]] = [
        (_("As planned"), found.planned),
        (_("Nothing done"), found.nothing_done),
    ]
    if found.moved:
        rows.append((_("With the changes"), found.then))
    columns = (_("Rest of today"), _("Hours short"), _("To spare"), _("Cost"))
    return {
        "caption": _("What it comes to"),
        "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(columns)],
        "rows": [
            [
                {"text": name, "head": True},
                {"text": f"{sums.short:,.1f}"},
                {"text": f"{sums.over:,.1f}"},
                {"text": f"{sums.cost:,.0f}"},
            ]
            for name, sums in rows
        ],
    }


def _span(found: Proposed) -> range:
    """From now until nobody is needed or at work any more."""
    busy = [
        quarter
        for quarter in range(found.quarter, 96)
        if found.need[quarter] or any(cover[quarter] for cover in found.cover)
    ]
    return range(found.quarter, max(busy, default=found.quarter) + 1)


def _drawing(found: Proposed) -> Any:
    span, (_planned, nothing, then) = _span(found), found.cover
    return curves_drawing(
        title=_("People needed, and people at work with nothing done and with the changes"),
        labels=[clock(quarter) for quarter in span],
        curves=[
            Curve("nothing", [float(nothing[quarter]) for quarter in span], "plan"),
            *([Curve("then", [float(then[quarter]) for quarter in span], "now")] if found.moved else []),
            Curve("need", [float(found.need[quarter]) for quarter in span], "need"),
        ],
    )


def _table(found: Proposed) -> dict[str, Any]:
    head = (_("From"), _("Needed"), _("Planned"), _("Nothing done"), _("With the changes"))
    return {
        "caption": _("People by quarter hour"),
        "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(head)],
        "rows": [
            [
                {"text": clock(quarter), "head": True},
                {"text": f"{found.need[quarter]:.1f}"},
                *({"text": f"{cover[quarter]:.0f}"} for cover in found.cover),
            ]
            for quarter in _span(found)
        ],
    }


def _accept_words(found: Proposed) -> str:
    if not found.moved:
        return _("Take them off the rota")
    words = ngettext(
        "Accept: take them off the rota and change the day of %(n)d person",
        "Accept: take them off the rota and change the day of %(n)d people",
        len(found.moved),
    )
    return words % {"n": len(found.moved)}
