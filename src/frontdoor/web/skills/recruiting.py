"""Recruitment: assessment days, candidates, and from which day who is to join may take which skill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.models import AssessmentDay, Candidate, Stage, Team, User
from frontdoor.staff.permissions import May
from frontdoor.staff.recruiting import (
    MOVES,
    DayFull,
    NeedsADay,
    NeedsAnAccount,
    NotThatStage,
    assessment_days,
    candidates,
    invite,
    joiners,
    move_candidate,
    plan_assessment,
    plan_skill,
)
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.skills.asked import (
    LEVELS,
    NotSaid,
    doc,
    level_options,
    options,
    said_day,
    said_level,
    said_number,
    said_skill,
    skill_options,
    tabs_of,
)
from frontdoor.web.words import date_words, short_date_words

FAULTS = (NotSaid, DayFull, NeedsADay, NeedsAnAccount, NotThatStage)
JOINERS_HEAD: Sequence[str] = ("Name", "Starts on", "Skill", "Level", "May take it from")
MOST_SHOWN = 100
SHOWN_SINCE = timedelta(days=30)


@require_safe
@staff_page(May.RECRUIT)
def recruitment(request: StaffRequest) -> HttpResponse:
    """Assessment days, who is to join with which skills from when, and everybody who was a candidate."""
    today = day_of(now_utc())
    rows = _joiners()
    context = {
        "tabs": tabs_of("skills_recruitment"),
        "days": [
            {
                "id": each.pk,
                "on": each.held_on,
                "where": each.where,
                "taken": each.invited,
                "places": each.places,
            }
            for each in assessment_days(since=today - SHOWN_SINCE)
        ],
        "day_options": options((each.pk, _day_words(each)) for each in assessment_days(since=today)),
        "teams": options((each.pk, each.name) for each in Team.objects.order_by("name")),
        "joiners": {
            "caption": _("Who is to join, and from when they may take which skill"),
            "columns": [{"text": _(text)} for text in JOINERS_HEAD],
            "rows": [[{"text": text, "head": place == 0} for place, text in enumerate(row)] for row in rows],
            "empty": _("Nobody is about to join."),
            "csv": reverse("skills_joiners_download", args=["csv"]),
            "xlsx": reverse("skills_joiners_download", args=["xlsx"]),
        },
        "candidates": {
            "caption": _("Candidates"),
            "columns": [{"text": _(text)} for text in ("Name", "Assessment day", "Team", "Where it stands")],
            "rows": [_row(each) for each in candidates()[:MOST_SHOWN]],
            "empty": _("Nobody is invited yet."),
        },
        "today": today,
        "notice": take_notice(request),
    }
    return no_store(render(request, "skills/recruitment.html", context))


def _day_words(day: AssessmentDay) -> str:
    return f"{date_words(day.held_on)}{', ' if day.where else ''}{day.where}"


def _joiners() -> list[list[str]]:
    rows = []
    for each in joiners():
        assert each.joins_on is not None  # the database holds that whoever joins does so on a day
        planned = sorted(each.planned_skills.all(), key=lambda one: (one.from_on, one.skill.name))
        first = [each.full_name, short_date_words(each.joins_on)]
        skills = [
            [one.skill.name.capitalize(), _(LEVELS[one.level]), short_date_words(one.from_on)]
            for one in planned
        ]
        rows += [[*first, *skill] for skill in skills or [["", "", ""]]]
    return rows


@require_safe
@staff_page(May.RECRUIT)
def joiners_download(request: StaffRequest, kind: str) -> HttpResponse:
    """Who is to join, to take away."""
    return (as_csv if kind == "csv" else as_workbook)(
        "joiners", [_(each) for each in JOINERS_HEAD], _joiners()
    )


def _row(each: Candidate) -> list[dict[str, Any]]:
    return [
        {"text": each.full_name, "head": True, "href": reverse("skills_candidate", args=[each.pk])},
        {"text": short_date_words(each.day.held_on)},
        {"text": each.team.name if each.team else ""},
        {"text": each.get_stage_display()},
    ]


@require_POST
@staff_page(May.RECRUIT)
def plan_day(request: StaffRequest) -> HttpResponse:
    """Plan an assessment day."""
    try:
        plan_assessment(
            held_on=said_day(request, "on", _("the day")),
            where=request.POST.get("where", ""),
            places=said_number(request, "places", _("how many places there are"), least=1, most=200),
            by=request.user,
            at=now_utc(),
        )
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, _("The assessment day is planned."))
    return redirect("skills_recruitment")


@require_POST
@staff_page(May.RECRUIT)
def add(request: StaffRequest) -> HttpResponse:
    """Invite somebody to an assessment day."""
    day, team = request.POST.get("day", ""), request.POST.get("team", "")
    try:
        if not request.POST.get("full_name", "").strip():
            raise NotSaid(_("Enter the candidate’s name. Nothing was changed."))
        if not (day.isdecimal() and AssessmentDay.objects.filter(pk=int(day)).exists()):
            raise NotSaid(_("Choose an assessment day. Nothing was changed."))
        invite(
            full_name=request.POST["full_name"],
            day_id=int(day),
            team=Team.objects.filter(pk=int(team)).first() if team.isdecimal() else None,
            by=request.user,
            at=now_utc(),
        )
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, _("The candidate is invited."))
    return redirect("skills_recruitment")


@require_safe
@staff_page(May.RECRUIT)
def candidate(request: StaffRequest, number: int) -> HttpResponse:
    """One candidate, and what can be done next."""
    found = get_object_or_404(candidates(), pk=number)
    may_follow = MOVES[Stage(found.stage)]
    context = {
        "candidate": found,
        "stage": found.get_stage_display(),
        "planned": [
            {"skill": each.skill.name.capitalize(), "level": _(LEVELS[each.level]), "from_on": each.from_on}
            for each in sorted(found.planned_skills.all(), key=lambda one: (one.from_on, one.skill.name))
        ],
        "moves": [
            {"to": stage.value, "text": str(stage.label)}
            for stage in Stage
            if stage in may_follow and stage not in (Stage.JOINING, Stage.JOINED)
        ],
        "may_join": Stage.JOINING in may_follow,
        "may_start": Stage.JOINED in may_follow,
        "is_joining": found.stage == Stage.JOINING,
        "accounts": options(
            (each.pk, each.full_name)
            for each in User.objects.filter(is_active=True, candidacy__isnull=True).order_by(
                "-joined_at", "pk"
            )[:50]
        ),
        "skills": skill_options(),
        "levels": level_options(),
        "notice": take_notice(request),
    }
    return no_store(render(request, "skills/candidate.html", context))


@require_POST
@staff_page(May.RECRUIT)
def candidate_do(request: StaffRequest, number: int) -> HttpResponse:
    """Move a candidate on, or plan a skill."""
    get_object_or_404(Candidate, pk=number)
    try:
        words = (
            _planned(request, number) if request.POST.get("do") == "plan skill" else _moved(request, number)
        )
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, words)
    return redirect("skills_candidate", number=number)


def _planned(request: StaffRequest, number: int) -> str:
    chosen = said_skill(request)
    if chosen is None:
        raise NotSaid(_("Choose a skill. Nothing was changed."))
    from_on = said_day(request, "from", _("the day from which they may take it"))
    plan_skill(
        candidate_id=number,
        skill=chosen,
        level=said_level(request),
        from_on=from_on,
        by=request.user,
        at=now_utc(),
    )
    return _("The skill is planned.")


def _moved(request: StaffRequest, number: int) -> str:
    to, account = request.POST.get("to", ""), request.POST.get("account", "")
    if to not in Stage.values:
        raise NotSaid(_("Choose what became of it. Nothing was changed."))
    moved = move_candidate(
        candidate_id=number,
        to=Stage(to),
        joins_on=said_day(request, "joins", _("the first day")) if to == Stage.JOINING else None,
        user=User.objects.filter(pk=int(account)).first() if account.isdecimal() else None,
        by=request.user,
        at=now_utc(),
    )
    return str(moved.get_stage_display())
