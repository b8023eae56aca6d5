"""One shift edited by hand: other times are tried, with what they cost, before they are kept."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.kernel.clock import at_london, london, monday_of, now_utc
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May
from frontdoor.web.calls import read_day
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice
from frontdoor.web.planning.shown import hours_number, hours_words, parts_words
from frontdoor.web.skills.asked import NotSaid, doc
from frontdoor.web.words import day_words
from frontdoor.workforce.records.models import Shift
from frontdoor.workforce.records.rotas.covering import Costed, cost_of, moved, planned_week, with_lates
from frontdoor.workforce.records.rotas.rota import (
    NotAShift,
    Overlaps,
    PlannedShift,
    as_planned,
    drop_shift,
    put_shift,
)


@require_http_methods(["GET", "POST"])
@staff_page(May.PLAN, May.SUPERVISE)
def edit(request: StaffRequest, person: int, day: str) -> HttpResponseBase:
    """One person's shift of a day: other times are tried, with what they cost, before they are kept."""
    on, user = read_day(day), get_object_or_404(User, pk=person)
    if on is None:
        raise Http404
    shift = Shift.objects.filter(user=user, on=on).prefetch_related("parts").order_by("starts_at").first()
    said = request.POST if request.method == "POST" else request.GET
    fault, wanted = "", None
    try:
        wanted = _wanted(user, on, shift, said.get("from", ""), said.get("to", ""))
        if request.method == "POST":
            _keep(request, shift, wanted)
            return redirect(f"{reverse('plan_rota')}?on={on.isoformat()}")
    except (NotSaid, NotAShift, Overlaps) as refused:
        fault = doc(refused)
    planned = with_lates(planned_week(monday=monday_of(on), also=[user], is_ahead=True))
    is_asked = "from" in said and not fault
    context = {
        "person": user,
        "title": day_words(on),
        "day": on.isoformat(),
        "shift": shift,
        "words": hours_words(shift) if shift else _("no shift"),
        "parts": parts_words(shift) if shift else "",
        "begins": said.get("from") or (_clock(shift.starts_at) if shift else "09:00"),
        "ends": said.get("to") or (_clock(shift.ends_at) if shift else "17:00"),
        "fault": fault,
        "tried": _tried(cost_of(planned=planned, user=user.pk, on=on, wanted=wanted)) if is_asked else None,
        "without": _tried(cost_of(planned=planned, user=user.pk, on=on, wanted=None)) if shift else None,
    }
    return no_store(render(request, "planning/edit.html", context, status=400 if fault else 200))


def _wanted(user: User, on: date, shift: Shift | None, begins: str, ends: str) -> PlannedShift | None:
    """The shift as it would be; None where nothing is asked yet."""
    if not begins and not ends:
        return None
    try:
        starts_at, ends_at = (at_london(on, time.fromisoformat(each)) for each in (begins, ends))
    except ValueError:
        raise NotSaid(_("Enter both times of day, such as 09:00 and 17:00. Nothing was changed.")) from None
    if starts_at >= ends_at:
        raise NotAShift
    if any(each.minute % 15 for each in (london(starts_at), london(ends_at))):
        raise NotSaid(_("Shifts begin and end at a quarter of an hour. Nothing was changed."))
    old = as_planned(shift) if shift else PlannedShift(user.pk, starts_at, ends_at)
    return moved(old, starts_at=starts_at, ends_at=ends_at)


def _keep(request: StaffRequest, shift: Shift | None, wanted: PlannedShift | None) -> None:
    if request.POST.get("do") == "drop" and shift is not None:
        drop_shift(shift_id=shift.pk, by=request.user, at=now_utc())
        leave_notice(request, _("The shift is taken out."))
    elif wanted is not None:
        put_shift(wanted=wanted, shift_id=shift.pk if shift else None, by=request.user, at=now_utc())
        leave_notice(request, _("The shift is kept. It stands in their week and calendar at once."))
    else:
        raise NotSaid(_("Enter both times of day, such as 09:00 and 17:00. Nothing was changed."))


def _clock(at: datetime) -> str:
    return f"{london(at):%H:%M}"


def _tried(costed: Costed) -> dict[str, Any]:
    before, after = costed.before, costed.after
    change = after.cost - before.cost
    words = _("the week stays as good")
    if abs(change) > 0.05:
        words = _("the week gets better") if change < 0 else _("the week gets worse")
    return {
        "rows": [
            [_("Short"), hours_number(before.short_hours), hours_number(after.short_hours)],
            [_("To spare"), hours_number(before.over_hours), hours_number(after.over_hours)],
            [
                _("Cost: four for each quarter hour short, one to spare"),
                f"{before.cost:,.1f}",
                f"{after.cost:,.1f}",
            ],
        ],
        "words": words,
        "broken": costed.broken,
    }
