"""The supervisor's day: planned against real, what breaks next and what would mend it; swaps and leave to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.contacts.models import Channel
from frontdoor.kernel.clock import day_of, now_utc, start_of_day
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.planning.drawing import Bar, Curve, Line, curves_drawing, hours_drawing
from frontdoor.web.planning.own_figures import kept_target
from frontdoor.web.planning.shown import bars_of, hours_words, key
from frontdoor.web.planning.tabs import plan_tabs
from frontdoor.web.planning.within_day import rest_shown
from frontdoor.web.skills.asked import doc
from frontdoor.web.words import day_words, short_date_words, time_words
from frontdoor.workforce.records.asking.leave import (
    LeaveAnswered,
    NotYourLeave,
    answer_leave,
    away_on,
    leaves_to_answer,
)
from frontdoor.workforce.records.asking.swapping import (
    AnsweredAlready,
    BreaksRules,
    NotYoursToAnswer,
    ShiftBegun,
    answer_swap,
    rules_broken,
    swaps_to_answer,
)
from frontdoor.workforce.records.attending.presence import KINDS, kept_to
from frontdoor.workforce.records.attending.watching import Today, at_work_now, today_at
from frontdoor.workforce.records.expected.forecasts import Shown, shown
from frontdoor.workforce.records.models import Answerer, Leave, Presence, Shift, Swap
from frontdoor.workforce.records.rotas.rota import MayNotRoster

FAULTS = (
    LeaveAnswered,
    NotYourLeave,
    AnsweredAlready,
    BreaksRules,
    NotYoursToAnswer,
    ShiftBegun,
    MayNotRoster,
)

THERE: Mapping[str, Callable[[int], bool]] = {
    "swap": lambda number: Swap.objects.filter(pk=number).exists(),
    "leave": lambda number: Leave.objects.filter(pk=number).exists(),
}
"""What may be answered, and whether there is one of this number."""


@require_safe
@staff_page(May.SUPERVISE, May.PLAN)
def today(request: StaffRequest) -> HttpResponse:
    """Today, as it stands."""
    now = now_utc()
    on = day_of(now)
    day = today_at(at=now)
    calls = shown(on=on, one=("", Channel.PHONE.value), at=now)
    context = {
        "tabs": plan_tabs("plan_today"),
        "title": day_words(on),
        "cards": _cards(day, calls, now),
        "gaps": [
            {
                "when": _("%(from)s to %(to)s")
                % {"from": time_words(each.starts_at), "to": time_words(each.ends_at)},
                "short": f"{each.short:.1f}".removesuffix(".0"),
                "mends": each.mends,
            }
            for each in day.gaps
        ],
        "missing": [each.full_name for each in day.missing],
        "away": [each.user.full_name for each in away_on(on=on)],
        "drawing": _drawing(day, now),
        "key": key(),
        "cover": _cover(day),
        "cover_key": [
            {"style": "plan", "name": _("Planned at work")},
            {"style": "need", "name": _("Needed")},
        ],
        "table": _table(day, now),
        "rest": rest_shown(request, now),
        "swaps": [_swap(each) for each in swaps_to_answer()],
        "leaves": [_leave(each) for each in leaves_to_answer()],
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/today.html", context))


def _cards(day: Today, calls: Shown | None, now: Any) -> list[dict[str, Any]]:
    planned = sum(each.starts_at <= now < each.ends_at for each in day.shifts)
    cards: list[dict[str, Any]] = [
        {
            "label": _("Signed on"),
            "value": str(len(day.present)),
            "note": _("%(n)s planned now") % {"n": planned},
            "tone": "bad" if len(day.present) < planned else "good",
        },
        {"label": _("At work on contacts"), "value": str(at_work_now(day.present))},
    ]
    if calls is not None and calls.came is not None:
        expected = sum(calls.day.mean[: len(calls.came)])
        cards.append(
            {
                "label": _("Calls so far"),
                "value": f"{sum(calls.came):,.0f}",
                "note": _("%(n)s expected by now") % {"n": f"{expected:,.0f}"},
            }
        )
    return cards


def _drawing(day: Today, now: Any) -> Any:
    """Each shift, and below it in a thin row what was done in truth."""
    since = start_of_day(day_of(now))
    done: dict[int, list[Bar]] = {}
    rows = Presence.objects.filter(user__in=[each.user_id for each in day.shifts], starts_at__gte=since)
    for each in rows:
        done.setdefault(each.user_id, []).append(Bar(KINDS[each.doing], each.starts_at, each.ends_at or now))
    lines = [Line(each.user.full_name, bars_of([each]), done.get(each.user_id, [])) for each in day.shifts]
    return hours_drawing(title=_("Shifts of today, and below each what was done"), lines=lines, now=now)


def _cover(day: Today) -> Any:
    if day.need is None or day.cover is None:
        return ""
    places = [quarter for quarter in range(96) if day.need[quarter] or day.cover[quarter]]
    span = range(min(places) // 4 * 4, max(places) + 1) if places else range(0)
    return curves_drawing(
        title=_("People needed and planned, by quarter hour"),
        labels=[f"{quarter // 4}:00" for quarter in span],
        curves=[
            Curve("cover", [float(day.cover[quarter]) for quarter in span], "plan"),
            Curve("need", [float(day.need[quarter]) for quarter in span], "need"),
        ],
    )


def _table(day: Today, now: Any) -> dict[str, Any]:
    kept = kept_to(since=start_of_day(day_of(now)), until=now)
    return {
        "caption": _("People of today"),
        "columns": [
            {"text": text} for text in (_("Name"), _("Planned"), _("Now"), _("Since"), _adherence_head())
        ],
        "rows": [_row(each, day, kept) for each in day.shifts],
        "empty": _("Nobody is planned today."),
    }


def _adherence_head() -> str:
    target = kept_target("adherence")
    return _("Adherence so far (target %(target)s)") % {"target": target} if target else _("Adherence so far")


def _row(shift: Shift, day: Today, kept: Any) -> list[dict[str, Any]]:
    doing = day.present.get(shift.user_id)
    found = kept.get(shift.user_id)
    adherence = found.adherence if found else None
    is_missing = shift.user in day.missing
    now = {"tag": {"text": _("Not here"), "tone": "bad"}} if is_missing else {"text": ""}
    return [
        {"text": shift.user.full_name, "head": True},
        {"text": hours_words(shift)},
        {"text": doing.get_doing_display()} if doing else now,
        {"text": time_words(doing.starts_at) if doing else ""},
        {"text": "" if adherence is None else f"{100 * adherence:.0f}%"},
    ]


def _swap(swap: Swap) -> dict[str, Any]:
    give, take = swap.give, swap.take
    return {
        "id": swap.pk,
        "words": _("%(one)s gives %(give)s to %(other)s")
        % {
            "one": swap.asked_by.full_name,
            "other": swap.colleague.full_name,
            "give": _shift(give) if give else _("a shift that is no more"),
        },
        "take": _("for %(take)s") % {"take": _shift(take)} if take else _("for nothing"),
        "broken": rules_broken(give=give, take=take, colleague=swap.colleague) if give else [],
    }


def _shift(shift: Shift) -> str:
    return f"{short_date_words(shift.on)}, {hours_words(shift)}"


def _leave(leave: Leave) -> dict[str, Any]:
    others = {
        each.user.full_name
        for number in range((leave.last_on - leave.first_on).days + 1)
        for each in away_on(on=leave.first_on + timedelta(days=number))
    }
    return {
        "id": leave.pk,
        "name": leave.user.full_name,
        "kind": leave.get_kind_display(),
        "when": short_date_words(leave.first_on)
        + (f" – {short_date_words(leave.last_on)}" if leave.last_on != leave.first_on else ""),
        "others": ", ".join(sorted(others)),
    }


@require_POST
@staff_page(May.SUPERVISE, May.PLAN)
def answer(request: StaffRequest) -> HttpResponse:
    """Answer a swap or leave."""
    what, _dash, number = request.POST.get("what", "").partition("-")
    is_yes = request.POST.get("do") == "yes"
    if what not in THERE or not number.isdecimal() or not THERE[what](int(number)):
        raise Http404
    try:
        if what == "swap":
            answer_swap(
                swap_id=int(number),
                answerer=Answerer.SUPERVISOR,
                is_yes=is_yes,
                by=request.user,
                at=now_utc(),
            )
        else:
            answer_leave(leave_id=int(number), is_yes=is_yes, by=request.user, at=now_utc())
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, _("Agreed.") if is_yes else _("Refused."))
    return redirect("plan_today")
