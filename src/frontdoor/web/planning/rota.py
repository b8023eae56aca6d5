"""The rota of a day as a grid with need against cover by skill; a week’s rota and need asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.kernel.clock import day_of, monday_of, now_utc
from frontdoor.staff.permissions import May, may
from frontdoor.web.calls import read_day
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.planning.drawing import Curve, Line, curves_drawing, hours_drawing
from frontdoor.web.planning.meetings import to_hold
from frontdoor.web.planning.shown import bars_of, hours_number, hours_words, key, open_day_asked, parts_words
from frontdoor.web.planning.tabs import plan_tabs, work_shown
from frontdoor.web.skills.asked import NotSaid, doc, options
from frontdoor.web.words import date_words, day_words, weekday_words
from frontdoor.workforce.records.models import Shift, WorkKind
from frontdoor.workforce.records.rotas.covering import Planned, planned_week
from frontdoor.workforce.records.rotas.meetings import activities_of
from frontdoor.workforce.records.rotas.rota import shifts_of
from frontdoor.workforce.records.working import SuchWorkGoesOn, ask_work, latest_work
from frontdoor.workforce.rota.measuring import cover_of, measure, need_when_open

DAY = timedelta(days=1)
HEAD = ("Name", "At work", "Within it")


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def rota(request: StaffRequest) -> HttpResponse:
    """A day: everybody's shift, drawn and in words; need against cover; and the week's figures."""
    on = open_day_asked(request)
    monday = monday_of(on)
    planned, has_not_begun = planned_week(monday=monday, is_ahead=True), monday > day_of(now_utc())
    shifts = list(shifts_of(first_on=on, last_on=on))
    skill = request.GET.get("skill", "")
    context = {
        "tabs": plan_tabs("plan_rota"),
        "page": reverse("plan_rota"),
        "title": day_words(on),
        "filters": _filters(on, skill, planned),
        "days": [
            {
                "text": f"{weekday_words(each.on.weekday())} {each.on.day}",
                "href": reverse("plan_rota", query={"on": each.on.isoformat(), "skill": skill}),
                "current": each.on == on,
                "count": 0,
            }
            for each in planned.week.days
        ],
        "cards": _cards(planned, on),
        "notes": planned.notes,
        "drawing": hours_drawing(
            title=_("Who works when"), lines=[Line(each.user.full_name, bars_of([each])) for each in shifts]
        ),
        "key": key(),
        "cover": _cover(planned, on, skill),
        "absence": our_council().planning.unplanned_absence,
        "cover_key": [
            {"style": "plan", "name": _("At work on contacts")},
            {"style": "need", "name": _("Needed")},
        ],
        "table": _table(on, shifts),
        "off": _off(planned, on, shifts),
        "may_plan": may(request.user, May.PLAN),
        "work": work_shown(latest_work(WorkKind.ROTA)),
        "work_notes": _work_notes(),
        "need_work": work_shown(latest_work(WorkKind.NEED)),
        "settled": _settled(planned),
        "monday": monday.isoformat(),
        "is_ahead": has_not_begun,
        "to_hold": to_hold(activities_of(planned)) if has_not_begun else [],
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/rota.html", context))


def _work_notes() -> list[str]:
    """What could not be as asked, of the rota that was made last."""
    work = latest_work(WorkKind.ROTA)
    return list(work.result["notes"]) if work is not None and work.result else []


@require_POST
@staff_page(May.PLAN)
def make(request: StaffRequest) -> HttpResponse:
    """Ask for the rota of a week, or for its need by skill to be settled; a worker does it."""
    if request.POST.get("do") == "need":
        return _make_need(request)
    monday = read_day(request.POST.get("monday", ""))
    try:
        if monday is None or monday.weekday() != 0 or monday <= day_of(now_utc()):
            raise NotSaid(_("A rota is made for a week that has not begun. Nothing was changed."))
        ask_work(kind=WorkKind.ROTA, asked={"monday": monday.isoformat()}, by=request.user, at=now_utc())
    except (NotSaid, SuchWorkGoesOn) as fault:
        leave_notice(request, doc(fault), kind="info")
        return redirect("plan_rota")
    leave_notice(request, _("The rota of the week from %(day)s is being made.") % {"day": date_words(monday)})
    return redirect(f"{reverse('plan_rota')}?on={monday.isoformat()}")


def _make_need(request: StaffRequest) -> HttpResponse:
    monday = read_day(request.POST.get("monday", ""))
    if monday is None or monday.weekday() != 0:
        raise Http404
    try:
        ask_work(kind=WorkKind.NEED, asked={"monday": monday.isoformat()}, by=request.user, at=now_utc())
    except SuchWorkGoesOn as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        words = _("The need of the week from %(day)s is being settled by the simulation.")
        leave_notice(request, words % {"day": date_words(monday)})
    return redirect(f"{reverse('plan_rota')}?on={monday.isoformat()}")


def _settled(planned: Planned) -> dict[str, Any] | None:
    """What came of the need before and after it was settled; None where the need of this week is not."""
    found = planned.settled
    if found is None:
        return None
    names = our_catalogue().services
    rows = [
        [names[service].name if service in names else _("Others"), _per_cent(before), _per_cent(after)]
        for service, before, after in zip(found["services"], found["before"], found["after"], strict=True)
    ]
    rows.append([_("Hours at work"), *(f"{hours:,.1f}" for hours in found["hours"])])
    columns = (_("Calls and chats answered in time"), _("By the formulas"), _("Settled"))
    return {
        "caption": _("Need by skill, settled by the simulation"),
        "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(columns)],
        "rows": [[{"text": text, "head": place == 0} for place, text in enumerate(row)] for row in rows],
    }


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _filters(on: date, skill: str, planned: Planned) -> list[dict[str, Any]]:
    skills = options((each, each.capitalize()) for each in planned.week.skills)
    return [
        {"name": "on", "label": _("Day"), "type": "date", "value": on.isoformat()},
        {
            "name": "skill",
            "label": _("Need and cover of"),
            "type": "select",
            "value": skill,
            "options": [{"value": "", "text": _("All skills")}, *skills],
        },
    ]


def _place(planned: Planned, on: date) -> int | None:
    return next((place for place, each in enumerate(planned.week.days) if each.on == on), None)


def _cards(planned: Planned, on: date) -> list[dict[str, Any]]:
    figures, place = measure(planned.week, planned.rota), _place(planned, on)
    cards: list[dict[str, Any]] = [
        _short(_("Short in the week"), figures.short_hours),
        {"label": _("To spare in the week"), "value": hours_number(figures.over_hours)},
    ]
    if place is not None:
        cards.insert(0, _short(_("Short on this day"), float(figures.short[place].sum()) / 4))
    return cards


def _short(label: str, hours: float) -> dict[str, Any]:
    return {"label": label, "value": hours_number(hours), "tone": "bad" if hours else "good"}


def _cover(planned: Planned, on: date, skill: str) -> Any:
    """Need against people at work on contacts, of one skill or all; whoever holds the skill counts."""
    place, week = _place(planned, on), planned.week
    if place is None:
        return ""
    chosen = [number for number, each in enumerate(week.skills) if not skill or each == skill]
    need = need_when_open(week)[place][:, chosen].sum(axis=1)
    cover = cover_of(week, planned.rota)
    kinds = [number for number, kind in enumerate(cover.kinds) if not skill or skill in kind]
    there = cover.at_work[place][:, kinds].sum(axis=1)
    opens = week.days[place].opens
    quarters = range(opens.begins, opens.ends)
    return curves_drawing(
        title=_("People needed and people at work, by quarter hour"),
        labels=[f"{quarter // 4}:00" for quarter in quarters],
        curves=[
            Curve("cover", [float(there[quarter]) for quarter in quarters], "plan"),
            Curve("need", [float(need[quarter]) for quarter in quarters], "need"),
        ],
    )


def _table(on: date, shifts: Sequence[Shift]) -> dict[str, Any]:
    address = {"on": on.isoformat()}
    return {
        "caption": _("Who works on %(day)s") % {"day": date_words(on)},
        "columns": [{"text": _(text)} for text in HEAD],
        "rows": [
            [
                {
                    "text": each.user.full_name,
                    "head": True,
                    "href": reverse("plan_rota_edit", args=[each.user_id, on.isoformat()]),
                },
                {"text": hours_words(each)},
                {"text": parts_words(each)},
            ]
            for each in shifts
        ],
        "empty": _("Nobody is planned on this day."),
        "csv": reverse("plan_rota_download", args=["csv"], query=address),
        "xlsx": reverse("plan_rota_download", args=["xlsx"], query=address),
    }


def _off(planned: Planned, on: date, shifts: Sequence[Shift]) -> list[dict[str, str]]:
    """Who could be planned and is not, with the way to give them a shift."""
    there = {str(each.user_id) for each in shifts}
    return [
        {
            "name": planned.names[each.name],
            "why": _("on leave") if on in each.leave else "",
            "href": reverse("plan_rota_edit", args=[int(each.name), on.isoformat()]),
        }
        for each in planned.week.people
        if each.name not in there
    ]


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The day's rota to take away."""
    on = open_day_asked(request)
    rows = [
        [each.user.full_name, hours_words(each), parts_words(each)]
        for each in shifts_of(first_on=on, last_on=on)
    ]
    return (as_csv if kind == "csv" else as_workbook)(f"rota-{on}", [_(each) for each in HEAD], rows)
