"""My training: what I can do, what I must refresh, and the sessions I have a place in or could have."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.models import Attendance, TrainingSession, User
from frontdoor.staff.skills import rows_on
from frontdoor.staff.training import SessionFull, SessionOver, book_place, give_up_place, sessions
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.planning.own import own_tabs
from frontdoor.web.skills.asked import LEVELS, doc
from frontdoor.web.words import date_words, short_date_words

MOST_PAST = 30


@require_safe
@staff_page()
def training(request: StaffRequest) -> HttpResponse:
    """The signed-in person's own."""
    me, now = request.user, now_utc()
    mine = set(me.training.values_list("session_id", flat=True))
    to_come = list(sessions(since=now))
    context = {
        "tabs": own_tabs("own_training"),
        "skills": _skills(me),
        "booked": [_session(each) for each in to_come if each.pk in mine],
        "could": [_session(each) for each in to_come if each.pk not in mine],
        "past": [
            {"at": each.session.starts_at, "area": each.session.area.name, "state": each.get_state_display()}
            for each in me.training.select_related("session__area")
            .filter(session__starts_at__lt=now, session__cancelled_at__isnull=True)
            .exclude(state=Attendance.BOOKED, session__held_at__isnull=False)
            .order_by("-session__starts_at")[:MOST_PAST]
        ],
        "notice": take_notice(request),
    }
    return no_store(render(request, "skills/own.html", context))


def _skills(me: User) -> dict[str, Any]:
    today = day_of(now_utc())
    return {
        "caption": _("My skills"),
        "columns": [
            {"text": text} for text in (_("Skill"), _("Level"), _("Since"), _("Refresh by"), _("Ends"))
        ],
        "rows": [
            [
                {"text": each.skill.name.capitalize(), "head": True},
                {"text": _(LEVELS[each.level])},
                {"text": short_date_words(each.since_on)},
                {"tag": {"text": _("Overdue"), "tone": "bad"}, "sub": date_words(each.refresh_by_on)}
                if each.refresh_by_on and each.refresh_by_on < today
                else {"text": short_date_words(each.refresh_by_on) if each.refresh_by_on else ""},
                {"text": short_date_words(each.until_on) if each.until_on else ""},
            ]
            for each in rows_on(on=today, people=[me.pk])
        ],
        "empty": _("No skill is on record for you. Your supervisor keeps them."),
    }


def _session(each: Any) -> dict[str, Any]:
    return {
        "id": each.pk,
        "at": each.starts_at,
        "minutes": each.minutes,
        "area": each.area.name,
        "where": each.where,
        "led_by": each.led_by.full_name if each.led_by else "",
        "free": each.places - each.booked,
    }


@require_POST
@staff_page()
def book(request: StaffRequest, number: int) -> HttpResponse:
    """Take a place, or give it up."""
    get_object_or_404(TrainingSession, pk=number)
    me = request.user
    try:
        if request.POST.get("do") == "give up":
            give_up_place(session_id=number, user=me, by=me, at=now_utc())
            leave_notice(request, _("Your place is free for somebody else."))
        else:
            book_place(session_id=number, user=me, by=me, at=now_utc())
            leave_notice(request, _("You have a place."))
    except (SessionFull, SessionOver) as fault:
        leave_notice(request, doc(fault), kind="info")
    return redirect("own_training")
