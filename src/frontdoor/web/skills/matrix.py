"""Who can do what: the table of people and skills on a day, and one person's skills with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.models import Attendance, Skill, SkillHeld, Team, TrainingPlace, User
from frontdoor.staff.permissions import May
from frontdoor.staff.queries import contact_takers
from frontdoor.staff.skills import (
    NotAStretch,
    SkillThere,
    add_skill,
    give_skill,
    rows_on,
    set_refresh,
    take_back,
    to_refresh,
)
from frontdoor.web.calls import read_day
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.skills.asked import (
    LEVELS,
    NotSaid,
    day_or_none,
    doc,
    level_options,
    said_day,
    said_level,
    said_number,
    said_skill,
    skill_options,
    tabs_of,
)
from frontdoor.web.words import date_words, short_date_words

AHEAD = timedelta(days=92)


@require_safe
@staff_page(May.KEEP_SKILLS)
def matrix(request: StaffRequest) -> HttpResponse:
    """Everybody who takes contacts, with the level of each skill on a day."""
    on, team = _on(request), request.GET.get("team", "")
    head, rows = _matrix(on, team)
    address = {"on": on.isoformat(), "team": team}
    context = {
        "tabs": tabs_of("skills"),
        "filters": _filters(on, team),
        "page": reverse("skills"),
        "title": _("Skills on %(day)s") % {"day": date_words(on)},
        "table": {
            "caption": _("Skills on %(day)s") % {"day": date_words(on)},
            "columns": [{"text": text} for text in head],
            "rows": rows,
            "empty": _("Nobody here takes contacts yet. An administrator adds people."),
            "csv": reverse("skills_download", args=["csv"], query=address),
            "xlsx": reverse("skills_download", args=["xlsx"], query=address),
        },
        "skills": _skills(on),
        "notice": take_notice(request),
    }
    return no_store(render(request, "skills/matrix.html", context))


@require_safe
@staff_page(May.KEEP_SKILLS)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The same table to take away."""
    on = _on(request)
    head, rows = _matrix(on, request.GET.get("team", ""))
    plain = [[cell["text"] for cell in row] for row in rows]
    return (as_csv if kind == "csv" else as_workbook)("skills", head, plain)


def _on(request: StaffRequest) -> date:
    return read_day(request.GET.get("on", "")) or day_of(now_utc())


def _filters(on: date, team: str) -> list[dict[str, Any]]:
    teams = [{"value": str(each.pk), "text": each.name} for each in Team.objects.order_by("name")]
    return [
        {"name": "on", "label": _("On"), "type": "date", "value": on.isoformat()},
        {
            "name": "team",
            "label": _("Team"),
            "type": "select",
            "value": team,
            "options": [{"value": "", "text": _("All teams")}, *teams],
        },
    ]


def _matrix(on: date, team: str) -> tuple[list[str], list[list[dict[str, Any]]]]:
    people = contact_takers(team=int(team) if team.isdecimal() else None)
    held: dict[tuple[int, int], SkillHeld] = {
        (each.user_id, each.skill_id): each for each in rows_on(on=on, people=[each.pk for each in people])
    }
    skills = [each for each in Skill.objects.order_by("name") if any(key[1] == each.pk for key in held)]
    rows = [[_name(each), *(_cell(held.get((each.pk, skill.pk)), on) for skill in skills)] for each in people]
    return [_("Name"), *(each.name.capitalize() for each in skills)], rows


def _name(user: User) -> dict[str, Any]:
    return {"text": user.full_name, "head": True, "href": reverse("skills_of", args=[user.pk])}


def _cell(held: SkillHeld | None, on: date) -> dict[str, Any]:
    if held is None:
        return {"text": ""}
    return {"text": str(held.level), "sub": _until(held, on)}


def _until(held: SkillHeld, on: date) -> str:
    """What is soon to happen to it, in a word."""
    if held.until_on is not None and held.until_on < on + AHEAD:
        return _("ends %(day)s") % {"day": short_date_words(held.until_on)}
    if held.refresh_by_on is not None and held.refresh_by_on < on:
        return _("refresh overdue")
    if held.refresh_by_on is not None and held.refresh_by_on < on + AHEAD:
        return _("refresh by %(day)s") % {"day": short_date_words(held.refresh_by_on)}
    return ""


def _skills(on: date) -> list[dict[str, Any]]:
    counts: dict[int, int] = {}
    for each in rows_on(on=on):
        counts[each.skill_id] = counts.get(each.skill_id, 0) + 1
    return [
        {
            "id": each.pk,
            "name": each.name,
            "months": each.refresh_months or "",
            "holders": counts.get(each.pk, 0),
        }
        for each in Skill.objects.order_by("name")
    ]


@require_POST
@staff_page(May.KEEP_SKILLS)
def skill(request: StaffRequest) -> HttpResponse:
    """Add a skill, or say how often one must be refreshed."""
    try:
        months = _months(request)
        found = said_skill(request)
        if found is None:
            name = request.POST.get("name", "")
            add_skill(name=name, refresh_months=months, by=request.user, at=now_utc())
            leave_notice(request, _("The skill was added."))
        else:
            set_refresh(skill=found, months=months, by=request.user, at=now_utc())
            leave_notice(request, _("Kept. It counts from the next training on."))
    except (NotSaid, SkillThere) as fault:
        leave_notice(request, doc(fault), kind="info")
    return redirect("skills")


def _months(request: StaffRequest) -> int | None:
    if not request.POST.get("months", "").strip():
        return None
    return said_number(request, "months", _("the months"), least=1, most=120)


@require_safe
@staff_page(May.KEEP_SKILLS)
def person(request: StaffRequest, number: int) -> HttpResponse:
    """What one person holds, held and will hold, and forms to change it."""
    user = get_object_or_404(User, pk=number)
    today = day_of(now_utc())
    now = {each.pk for each in rows_on(on=today, people=[user.pk])}
    rows = user.skills_held.select_related("skill").order_by("skill__name", "since_on")
    context = {
        "person": user,
        "teams": ", ".join(user.teams.order_by("name").values_list("name", flat=True)),
        "rows": [
            {
                "id": each.pk,
                "skill": each.skill.name.capitalize(),
                "level": _(LEVELS[each.level]),
                "since": each.since_on,
                "refresh": each.refresh_by_on,
                "is_overdue": each.pk in now
                and each.refresh_by_on is not None
                and each.refresh_by_on < today,
                "until": each.until_on,
                "state": _("now") if each.pk in now else _("to come") if each.since_on > today else _("past"),
            }
            for each in rows
        ],
        "training": [
            {"at": each.session.starts_at, "area": each.session.area.name, "state": each.get_state_display()}
            for each in user.training.select_related("session__area")
            .filter(session__cancelled_at__isnull=True)
            .order_by("-session__starts_at")[:20]
        ],
        "skills": skill_options(),
        "levels": level_options(),
        "today": today,
        "notice": take_notice(request),
    }
    return no_store(render(request, "skills/person.html", context))


@require_POST
@staff_page(May.KEEP_SKILLS)
def give(request: StaffRequest, number: int) -> HttpResponse:
    """Give somebody a skill from a day on, or another level of it."""
    user = get_object_or_404(User, pk=number)
    try:
        chosen = said_skill(request)
        if chosen is None:
            raise NotSaid(_("Choose a skill. Nothing was changed."))
        give_skill(
            user=user,
            skill=chosen,
            level=said_level(request),
            since_on=said_day(request, "since", _("the day it begins")),
            refresh_by_on=day_or_none(request, "refresh", _("the day to refresh it by")),
            until_on=day_or_none(request, "until", _("the last day")),
            by=request.user,
            at=now_utc(),
        )
    except (NotSaid, NotAStretch) as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, _("The skill was given."))
    return redirect("skills_of", number=number)


@require_POST
@staff_page(May.KEEP_SKILLS)
def drop(request: StaffRequest, number: int, held: int) -> HttpResponse:
    """Take back a row that was a mistake."""
    row = SkillHeld.objects.filter(pk=held, user=number).first()
    if row is None:
        raise Http404
    take_back(held=row, by=request.user, at=now_utc())
    leave_notice(request, _("It was taken back."))
    return redirect("skills_of", number=number)


@require_safe
@staff_page(May.KEEP_SKILLS)
def refresh(request: StaffRequest) -> HttpResponse:
    """Who must refresh what by when, the most urgent first."""
    context = {"tabs": tabs_of("skills_refresh"), "table": _refresh_table(), "notice": take_notice(request)}
    return no_store(render(request, "skills/refresh.html", context))


@require_safe
@staff_page(May.KEEP_SKILLS)
def refresh_download(request: StaffRequest, kind: str) -> HttpResponse:
    """The same to take away."""
    rows = [[each.user.full_name, each.skill.name, str(each.refresh_by_on)] for each in _due()]
    return (as_csv if kind == "csv" else as_workbook)("to-refresh", [_(each) for each in REFRESH_HEAD], rows)


REFRESH_HEAD: Sequence[str] = ("Name", "Skill", "Refresh by")


def _due() -> list[SkillHeld]:
    today = day_of(now_utc())
    return to_refresh(until=today + AHEAD, on=today)


def _refresh_table() -> dict[str, Any]:
    today = day_of(now_utc())
    booked = _booked_for([each.user_id for each in _due()])
    return {
        "caption": _("Skills to be refreshed in the next three months"),
        "columns": [{"text": _(text)} for text in (*REFRESH_HEAD, "Training booked")],
        "rows": [
            [
                _name(each.user),
                {"text": each.skill.name.capitalize()},
                _by_when(each.refresh_by_on or today, today),
                {"text": booked.get((each.user_id, each.skill_id), "")},
            ]
            for each in _due()
        ],
        "empty": _("Nothing has to be refreshed in the next three months."),
        "csv": reverse("skills_refresh_download", args=["csv"]),
        "xlsx": reverse("skills_refresh_download", args=["xlsx"]),
    }


def _by_when(day: date, today: date) -> dict[str, Any]:
    if day < today:
        return {"tag": {"text": _("Overdue since %(day)s") % {"day": short_date_words(day)}, "tone": "bad"}}
    return {"text": date_words(day)}


def _booked_for(people: Sequence[int]) -> dict[tuple[int, int], str]:
    """The next session in which somebody has a place, by person and skill."""
    places = TrainingPlace.objects.filter(
        user__in=people,
        state=Attendance.BOOKED,
        session__starts_at__gte=now_utc(),
        session__cancelled_at__isnull=True,
        session__area__skill__isnull=False,
    )
    rows = places.order_by("-session__starts_at").values_list(
        "user_id", "session__area__skill_id", "session__starts_at"
    )
    return {(user, skill): date_words(starts_at) for user, skill, starts_at in rows if skill is not None}
