"""Training: what there was by area beside the year before, sessions to come, and one session with its people."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from frontdoor.insight.periods import NotAPeriod, Period, financial_year_to
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.models import Attendance, TrainingArea, TrainingSession, User
from frontdoor.staff.permissions import May
from frontdoor.staff.queries import contact_takers
from frontdoor.staff.training import (
    AreaThere,
    NotASession,
    NotYetHeld,
    SessionFull,
    SessionOver,
    add_area,
    book_place,
    cancel_session,
    give_up_place,
    plan_session,
    say_who_came,
    sessions,
    trained_by_area,
)
from frontdoor.web.calls import read_day
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.skills.asked import (
    NotSaid,
    doc,
    level_options,
    options,
    said_instant,
    said_level,
    said_number,
    said_skill,
    skill_options,
    tabs_of,
)
from frontdoor.web.words import date_words, datetime_words

HEAD = (
    "Area",
    "Sessions",
    "a year before",
    "People who attended",
    "a year before",
    "Different people",
    "a year before",
)
MOST_PAST = 20
FAULTS = (NotSaid, AreaThere, NotASession, NotYetHeld, SessionFull, SessionOver)


@require_safe
@staff_page(May.KEEP_SKILLS)
def training(request: StaffRequest) -> HttpResponse:
    """What there was in a period, and what is to come."""
    period = _period(request)
    now = now_utc()
    address = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    head, rows = _by_area(period)
    past = sessions(before=now).order_by("-starts_at", "-pk")[:MOST_PAST]
    context = {
        "tabs": tabs_of("skills_training"),
        "page": reverse("skills_training"),
        "filters": [
            {"name": "from", "label": _("From"), "type": "date", "value": period.first.isoformat()},
            {"name": "to", "label": _("To"), "type": "date", "value": period.last.isoformat()},
        ],
        "table": {
            "caption": _("Training by area, %(first)s to %(last)s")
            % {"first": date_words(period.first), "last": date_words(period.last)},
            "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(head)],
            "rows": [[{"text": text, "head": place == 0} for place, text in enumerate(row)] for row in rows],
            "empty": _("No session was held in this period."),
            "csv": reverse("skills_training_download", args=["csv"], query=address),
            "xlsx": reverse("skills_training_download", args=["xlsx"], query=address),
        },
        "to_come": _table(_("Sessions to come"), list(sessions(since=now))),
        "past": _table(_("The last sessions"), list(past)),
        "areas": options((each.pk, each.name) for each in TrainingArea.objects.order_by("name")),
        "people": options((each.pk, each.full_name) for each in contact_takers()),
        "skills": skill_options(),
        "levels": level_options(),
        "notice": take_notice(request),
    }
    return no_store(render(request, "skills/training.html", context))


@require_safe
@staff_page(May.KEEP_SKILLS)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The table by area, to take away."""
    return (as_csv if kind == "csv" else as_workbook)("training", *_by_area(_period(request)))


def _period(request: StaffRequest) -> Period:
    """What was asked for; the financial year so far where that is no period."""
    usual = financial_year_to(day_of(now_utc()))
    first, last = read_day(request.GET.get("from", "")), read_day(request.GET.get("to", ""))
    try:
        return Period(first or usual.first, last or usual.last)
    except NotAPeriod:
        return usual


def _by_area(period: Period) -> tuple[list[str], list[list[str]]]:
    before = period.a_year_before()
    found = trained_by_area(first=period.first, last=period.last, before=(before.first, before.last))
    rows = [
        [
            each.area.name,
            *(str(number) for number in (each.now.sessions, each.before.sessions)),
            *(str(number) for number in (each.now.attended, each.before.attended)),
            *(str(number) for number in (each.now.people, each.before.people)),
        ]
        for each in found
    ]
    return [_(each) for each in HEAD], rows


def _table(caption: str, found: list[Any]) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": [
            {"text": _("When")},
            {"text": _("Area")},
            {"text": _("Where")},
            {"text": _("Led by")},
            {"text": _("Places taken"), "numeric": True},
            {"text": _("Attended"), "numeric": True},
        ],
        "rows": [
            [
                {
                    "text": datetime_words(each.starts_at),
                    "head": True,
                    "href": reverse("skills_session", args=[each.pk]),
                },
                {"text": each.area.name},
                {"text": each.where},
                {"text": each.led_by.full_name if each.led_by else ""},
                {"text": f"{each.booked} / {each.places}"},
                {"text": str(each.came) if each.held_at else _("not yet said")},
            ]
            for each in found
        ],
        "empty": _("None."),
    }


@require_POST
@staff_page(May.KEEP_SKILLS)
def area(request: StaffRequest) -> HttpResponse:
    """Add an area."""
    try:
        level = said_level(request) if request.POST.get("level") else None
        name, skill = request.POST.get("name", ""), said_skill(request)
        add_area(name=name, skill=skill, gives_level=level, by=request.user, at=now_utc())
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, _("The area was added."))
    return redirect("skills_training")


@require_POST
@staff_page(May.KEEP_SKILLS)
def plan(request: StaffRequest) -> HttpResponse:
    """Plan a session."""
    try:
        chosen = request.POST.get("area", "")
        found = TrainingArea.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        if found is None:
            raise NotSaid(_("Choose an area. Nothing was changed."))
        leader = request.POST.get("led_by", "")
        session = plan_session(
            area=found,
            starts_at=said_instant(request, "on", "at", _("the day of the session")),
            minutes=said_number(request, "minutes", _("how long it takes"), least=5, most=600),
            where=request.POST.get("where", ""),
            led_by=User.objects.filter(pk=int(leader)).first() if leader.isdecimal() else None,
            places=said_number(request, "places", _("how many places there are"), least=1, most=500),
            by=request.user,
            at=now_utc(),
        )
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
        return redirect("skills_training")
    leave_notice(request, _("The session is planned. Book people into it."))
    return redirect("skills_session", number=session.pk)


@require_safe
@staff_page(May.KEEP_SKILLS)
def session(request: StaffRequest, number: int) -> HttpResponse:
    """One session: who has a place, who came."""
    found = get_object_or_404(TrainingSession.objects.select_related("area__skill", "led_by"), pk=number)
    taken = list(found.taken.select_related("user").order_by("user__full_name", "pk"))
    there = {each.user_id for each in taken}
    is_open = found.held_at is None and found.cancelled_at is None
    context = {
        "session": found,
        "taken": [
            {"id": each.user_id, "name": each.user.full_name, "state": each.get_state_display(),
             "came": each.state != Attendance.MISSED}
            for each in taken
        ],
        "people": options((each.pk, each.full_name) for each in contact_takers() if each.pk not in there),
        "is_open": is_open,
        "has_begun": found.starts_at <= now_utc(),
        "is_full": len(taken) >= found.places,
        "notice": take_notice(request),
    }  # fmt: skip
    return no_store(render(request, "skills/session.html", context))


@require_POST
@staff_page(May.KEEP_SKILLS)
def session_do(request: StaffRequest, number: int) -> HttpResponse:
    """Book somebody, give a place up, say who came, or call it off."""
    get_object_or_404(TrainingSession, pk=number)
    what = request.POST.get("do", "")
    try:
        words = _done(request, number, what)
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, words)
    return redirect("skills_session", number=number)


def _done(request: StaffRequest, number: int, what: str) -> str:
    by, at = request.user, now_utc()
    if what == "came":
        came = [int(each) for each in request.POST.getlist("came") if each.isdecimal()]
        held = say_who_came(session_id=number, came=came, by=by, at=at)
        count = held.taken.filter(state=Attendance.ATTENDED).count()
        return ngettext("Kept: %(n)d person attended.", "Kept: %(n)d people attended.", count) % {"n": count}
    if what == "cancel":
        cancel_session(session_id=number, by=by, at=at)
        return _("The session was called off.")
    chosen = request.POST.get("person", "")
    user = User.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if user is None:
        raise NotSaid(_("Choose a person. Nothing was changed."))
    if what == "give up":
        give_up_place(session_id=number, user=user, by=by, at=at)
        return _("The place is free again.")
    book_place(session_id=number, user=user, by=by, at=at)
    return _("%(name)s has a place.") % {"name": user.full_name}
