"""Briefings and one-to-ones that rotas are to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontdoor.kernel.clock import day_of, monday_of, now_utc
from frontdoor.staff.models import Team, User
from frontdoor.staff.permissions import May
from frontdoor.staff.queries import contact_takers
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.planning.shown import between_words
from frontdoor.web.planning.tabs import plan_tabs
from frontdoor.web.skills.asked import NotSaid, doc, options, quarter_or_none, said_day, said_number
from frontdoor.web.words import short_date_words, weekday_words
from frontdoor.workforce.records.models import MEETINGS, Meeting, PartKind
from frontdoor.workforce.records.rotas.meetings import (
    WEEK,
    NotAMeeting,
    Wanted,
    drop_meeting,
    meetings,
    note_meeting,
)

HEAD = (
    gettext_noop("Meeting"),
    gettext_noop("For"),
    gettext_noop("Takes"),
    gettext_noop("How often"),
    gettext_noop("When"),
    gettext_noop("From the week of"),
)
KINDS: Mapping[PartKind, str] = {
    PartKind.BRIEFING: gettext_noop("Briefing"),
    PartKind.ONE_TO_ONE: gettext_noop("One-to-one with each"),
}
LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240)
FILLED = ("name", "kind", "for", "minutes", "every", "groups", "since", "weekday", "earliest", "latest")


@require_http_methods(["GET", "POST"])
@staff_page(May.PLAN, May.SUPERVISE)
def meetings_page(request: StaffRequest) -> HttpResponse:
    """All that rotas are to hold, and the form for one more."""
    fault = ""
    if request.method == "POST":
        try:
            _note(request)
        except (NotSaid, NotAMeeting) as refused:
            fault = doc(refused)
        else:
            leave_notice(request, _("Noted. Every rota that is made from now on holds it."))
            return redirect("plan_meetings")
    context = {
        "tabs": plan_tabs("plan_meetings"),
        "head": [_(each) for each in HEAD],
        "rows": [{"id": each.pk, "cells": _row(each)} for each in meetings()],
        "kinds": options((each.value, _(words)) for each, words in KINDS.items()),
        "lengths": options((each, _minutes(each)) for each in LENGTHS),
        "weekdays": options((day, weekday_words(day)) for day in range(7)),
        "whom": _whom(),
        "form": {name: request.POST.get(name, "") for name in FILLED} if fault else _usual(),
        "fault": fault,
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/meetings.html", context, status=400 if fault else 200))


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The meetings to take away."""
    name = f"meetings-{day_of(now_utc())}"
    rows = [_row(each) for each in meetings()]
    return (as_csv if kind == "csv" else as_workbook)(name, [_(each) for each in HEAD], rows)


@require_POST
@staff_page(May.PLAN, May.SUPERVISE)
def drop(request: StaffRequest, number: int) -> HttpResponse:
    """It is no longer held."""
    drop_meeting(meeting_id=number, by=request.user, at=now_utc())
    leave_notice(request, _("It is no longer held. Rotas that are made already stay as they are."))
    return redirect("plan_meetings")


def to_hold(wanted: Sequence[Wanted]) -> list[str]:
    """What the rota of a week will hold, a line for each."""
    found = [_held(each) for each in wanted if each.kind != PartKind.TRAINING]
    trained = [each.activity.name for each in wanted if each.kind == PartKind.TRAINING]
    return sorted(found) + [_("Training: %(what)s") % {"what": name} for name in trained]


def _held(each: Wanted) -> str:
    people = len(each.activity.people)
    if each.kind == PartKind.ONE_TO_ONE:
        return each.activity.name
    words = ngettext("%(name)s (%(n)d person)", "%(name)s (%(n)d people)", people)
    return words % {"name": each.activity.name, "n": people}


def _usual() -> dict[str, str]:
    following = monday_of(day_of(now_utc())) + WEEK
    return {
        **dict.fromkeys(FILLED, ""),
        "minutes": "30",
        "every": "1",
        "groups": "1",
        "since": following.isoformat(),
    }


def _whom() -> list[dict[str, str]]:
    teams = [(f"team-{each.pk}", each.name) for each in Team.objects.order_by("name")]
    return options([*teams, *((f"user-{each.pk}", each.full_name) for each in contact_takers())])


def _note(request: StaffRequest) -> None:
    """Note what is filled in. Raises NotSaid, NotAMeeting."""
    post = request.POST
    sort, _dash, number = post.get("for", "").partition("-")
    whom: Team | User | None = None
    if number.isdecimal():
        whom = (Team if sort == "team" else User).objects.filter(pk=int(number)).first()
        if whom is None:
            raise NotSaid(_("Choose again whom it is for. Nothing was changed."))
    weekday = post.get("weekday", "")
    note_meeting(
        name=post.get("name", ""),
        kind=PartKind(post["kind"]) if post.get("kind") in [*MEETINGS] else PartKind.BRIEFING,
        minutes=said_number(request, "minutes", _("how long it takes"), least=15, most=240),
        every_weeks=said_number(request, "every", _("the weeks from one to the next"), least=1, most=26),
        groups=said_number(request, "groups", _("the groups"), least=1, most=10),
        since_on=said_day(request, "since", _("the first week")),
        team=whom if isinstance(whom, Team) else None,
        user=whom if isinstance(whom, User) else None,
        weekday=int(weekday) if weekday in [*"0123456"] else None,
        earliest=quarter_or_none(post, "earliest"),
        latest=quarter_or_none(post, "latest"),
        by=request.user,
        at=now_utc(),
    )


def _row(each: Meeting) -> list[str]:
    whom = each.team.name if each.team else each.user.full_name if each.user else _("Everybody planned")
    if each.user is None:
        how = _("%(whom)s, one by one") if each.kind == PartKind.ONE_TO_ONE else _("%(whom)s, together")
        if each.kind == PartKind.BRIEFING and each.groups > 1:
            how = _("%(whom)s, in %(groups)d groups")
        whom = how % {"whom": whom, "groups": each.groups}
    often = ngettext("every week", "every %(n)d weeks", each.every_weeks) % {"n": each.every_weeks}
    when = [weekday_words(each.weekday)] if each.weekday is not None else []
    when += [between_words(each.earliest, each.latest)] if each.earliest or each.latest else []
    return [
        each.name,
        whom,
        _minutes(each.minutes),
        often,
        ", ".join(when) or _("when it hurts least"),
        short_date_words(each.since_on),
    ]


def _minutes(minutes: int) -> str:
    return _("%(n)d minutes") % {"n": minutes}
