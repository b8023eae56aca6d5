"""The plan of calls: how many at once in which hours, and the days on which there are none."""

from __future__ import annotations

from datetime import timedelta
from random import SystemRandom
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from frontdoor.cases.models import ClosedDay
from frontdoor.handling.appointments.planning import (
    DayGone,
    Plan,
    TooManyPlaces,
    booked_on,
    call_off_day,
    close_for_calls,
    closed_days,
    open_again,
    plan_places,
    plans,
)
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.calls import read_day
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.words import service_name
from frontdoor.web.words import day_words, weekday_words

CHANCE = SystemRandom()
DAYS_SHOWN = 14
LONGEST = 200


@require_http_methods(["GET", "POST"])
@staff_page(May.PLAN, May.SUPERVISE)
def call_times(request: StaffRequest) -> HttpResponse:
    """The week of one skill, to be changed; what is booked in the next days; and the closed days."""
    at = now_utc()
    every = plans(at=at)
    chosen = request.GET.get("skill", "")
    plan = next((each for each in every if str(each.skill.pk) == chosen), every[0] if every else None)
    if request.method == "POST":
        if plan is None:
            raise Http404
        return _keep(request, plan)
    context = {
        "skills": [
            {
                "id": each.skill.pk,
                "text": each.skill.name.capitalize(),
                "href": reverse("call_times", query={"skill": str(each.skill.pk)}),
                "current": plan is not None and each.skill == plan.skill,
                "count": 0,
            }
            for each in every
        ],
        "plan": _shown(plan) if plan else None,
        "days": _days(plan) if plan else [],
        "closed": [
            {
                "id": each.pk,
                "on": each.on,
                "for": each.skill.name.capitalize() if each.skill else _("All calls"),
                "because": each.because,
                "by": each.closed_by.full_name,
                "standing": len(booked_on(on=each.on, skill=each.skill)),
            }
            for each in closed_days(at=at)
        ],
        "today": day_of(at),
        "notice": take_notice(request),
    }
    return render(request, "office/call_times.html", context)


@require_POST
@staff_page(May.PLAN, May.SUPERVISE)
def close(request: StaffRequest) -> HttpResponse:
    """No calls on this day."""
    on = read_day(request.POST.get("on", ""))
    skill = next(
        (each.skill for each in plans(at=now_utc()) if str(each.skill.pk) == request.POST.get("skill", "")),
        None,
    )
    because = " ".join(request.POST.get("because", "").split())[:LONGEST]
    if on is None:
        leave_notice(request, _("Enter the day, such as 24 December 2027."), kind="info")
        return redirect("call_times")
    try:
        standing = close_for_calls(on=on, skill=skill, because=because, by=request.user, at=now_utc())
    except DayGone as refused:
        leave_notice(request, " ".join(str(refused.__class__.__doc__).split()), kind="info")
        return redirect("call_times")
    count = len(standing)
    text = (
        ngettext(
            "%(num)d call stands on it: move it, or call it off below.",
            "%(num)d calls stand on it: move them, or call them off below.",
            count,
        )
        % {"num": count}
        if count
        else ""
    )
    leave_notice(request, _("No calls can be booked on %(day)s.") % {"day": day_words(on)}, text=text)
    return redirect("call_times")


@require_POST
@staff_page(May.PLAN, May.SUPERVISE)
def closed(request: StaffRequest, number: int) -> HttpResponse:
    """Open a closed day again, or call off the calls that stand on it."""
    found = ClosedDay.objects.select_related("skill").filter(pk=number).first()
    if found is None:
        raise Http404
    if request.POST.get("do") == "call off":
        count = call_off_day(closed=found, by=request.user, at=now_utc(), rng=CHANCE)
        words = ngettext(
            "%(num)d call is called off; the customer is told.",
            "%(num)d calls are called off; the customers are told.",
            count,
        )
        leave_notice(request, words % {"num": count})
    else:
        open_again(closed_id=found.pk, by=request.user, at=now_utc())
        leave_notice(request, _("Calls can be booked on %(day)s again.") % {"day": day_words(found.on)})
    return redirect("call_times")


def _keep(request: StaffRequest, plan: Plan) -> HttpResponse:
    typed: dict[tuple[int, int], int] = {}
    for weekday in plan.weekdays:
        for hour in plan.hours:
            value = request.POST.get(f"h-{weekday}-{hour}", "").strip() or "0"
            typed[weekday, hour] = int(value) if value.isdecimal() and len(value) < 4 else -1
    try:
        changed = plan_places(skill=plan.skill, places=typed, by=request.user, at=now_utc())
    except TooManyPlaces as refused:
        leave_notice(request, " ".join(str(refused.__class__.__doc__).split()), kind="info")
    else:
        words = ngettext("Kept: %(num)d hour changed.", "Kept: %(num)d hours changed.", changed)
        leave_notice(request, words % {"num": changed} if changed else _("Nothing was different."))
    return redirect(reverse("call_times", query={"skill": str(plan.skill.pk)}))


def _shown(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.skill.pk,
        "name": plan.skill.name,
        "holders": plan.holders,
        "services": ", ".join(service_name(each) for each in plan.services),
        "weekdays": [{"number": day, "name": weekday_words(day)} for day in plan.weekdays],
        "rows": [
            {
                "hour": f"{hour}:00",
                "cells": [
                    {
                        "name": f"h-{day}-{hour}",
                        "value": plan.places.get((day, hour), 0),
                        "label": _("%(day)s from %(hour)s:00") % {"day": weekday_words(day), "hour": hour},
                    }
                    for day in plan.weekdays
                ],
            }
            for hour in plan.hours
        ],
    }


def _days(plan: Plan) -> list[dict[str, Any]]:
    """The calls that are booked in the next fortnight, day by day."""
    today = day_of(now_utc())
    days = (today + timedelta(days=number) for number in range(DAYS_SHOWN))
    counted = [{"day": day, "count": len(booked_on(on=day, skill=plan.skill))} for day in days]
    return [each for each in counted if each["count"]]
