"""What-ifs side by side: a week of the plan simulated as it is and with a few things changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.catalogue.published import our_catalogue
from frontdoor.kernel.clock import day_of, monday_of, now_utc
from frontdoor.staff.models import Skill
from frontdoor.staff.permissions import May, may
from frontdoor.web.calls import read_day
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.planning.tabs import plan_tabs, work_shown
from frontdoor.web.skills.asked import NotSaid, doc, options, said_number, skill_options
from frontdoor.web.words import date_words
from frontdoor.workforce.records.models import LongWork, WorkKind
from frontdoor.workforce.records.working import SuchWorkGoesOn, ask_work, latest_work

MOST_PEOPLE, MOST_TIMES = 200, 20
LIVE = "all"
"""What the simulation calls all calls and chats together."""


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def what_ifs(request: StaffRequest) -> HttpResponse:
    """The what-ifs that were asked last, side by side, and a form for others."""
    today = day_of(now_utc())
    work = latest_work(WorkKind.WHAT_IF)
    context = {
        "tabs": plan_tabs("plan_what_ifs"),
        "may_plan": may(request.user, May.PLAN),
        "work": work_shown(work),
        "tables": _tables(work),
        "week": date_words(date.fromisoformat(work.asked["monday"])) if work else "",
        "monday": (monday_of(today) + timedelta(days=7)).isoformat(),
        "skills": skill_options(),
        "services": options((each.id, each.name) for each in our_catalogue().by_name()),
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/what_ifs.html", context))


def _tables(work: LongWork | None) -> list[dict[str, Any]]:
    """One for calls and chats, one for written work: a row for each measure, a column for each case."""
    if work is None or not work.result:
        return []
    head = [_("Figure"), _("As it is"), *work.result["cases"]]
    return [
        {
            "caption": _("Calls and chats") if name == LIVE else _("Written work"),
            "columns": [{"text": text, "numeric": place > 0} for place, text in enumerate(head)],
            "rows": [
                [
                    {"text": text.capitalize() if place == 0 else text, "head": place == 0}
                    for place, text in enumerate(row)
                ]
                for row in rows
            ],
            "csv": reverse("plan_what_ifs_download", args=["csv"], query={"of": name}),
            "xlsx": reverse("plan_what_ifs_download", args=["xlsx"], query={"of": name}),
        }
        for name, rows in work.result["tables"].items()
    ]


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """One of the tables to take away."""
    work = latest_work(WorkKind.WHAT_IF)
    if work is None or not work.result or not (rows := work.result["tables"].get(request.GET.get("of", ""))):
        raise Http404
    head = [_("Figure"), _("As it is"), *work.result["cases"]]
    return (as_csv if kind == "csv" else as_workbook)(f"what-ifs-{work.asked['monday']}", head, rows)


@require_POST
@staff_page(May.PLAN)
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for what is filled in; a worker simulates it."""
    try:
        monday = read_day(request.POST.get("monday", ""))
        if monday is None:
            raise NotSaid(_("Enter a day of the week to simulate. Nothing was asked."))
        monday = monday_of(monday)
        changes = _changes(request)
        if not changes:
            raise NotSaid(_("Fill in at least one what-if. Nothing was asked."))
        asked = {"monday": monday.isoformat(), "changes": changes}
        ask_work(kind=WorkKind.WHAT_IF, asked=asked, by=request.user, at=now_utc())
    except (NotSaid, SuchWorkGoesOn) as fault:
        leave_notice(request, doc(fault), kind="info")
    else:
        leave_notice(request, _("The week from %(day)s is being simulated.") % {"day": date_words(monday)})
    return redirect("plan_what_ifs")


def _changes(request: StaffRequest) -> list[dict[str, Any]]:
    """Each field that is filled in is a what-if of its own."""
    found: list[dict[str, Any]] = []

    def add(kind: str, most: int, words: str, of: str = "", name: str = "") -> None:
        if request.POST.get(kind, "").strip():
            number = said_number(request, kind, _("each what-if"), least=1, most=most)
            told = ": ".join(each for each in (name.capitalize(), words % {"n": number}) if each)
            found.append({"kind": kind, "number": number, "of": of, "name": told})

    skill = Skill.objects.filter(pk=request.POST.get("skill") or 0).first()
    service = our_catalogue().services.get(request.POST.get("service", ""))
    add("fewer", MOST_PEOPLE, _("People fewer: %(n)d"))
    add("more", MOST_PEOPLE, _("People more: %(n)d"))
    if skill is not None:
        add("train", MOST_PEOPLE, _("%(n)d learn it"), skill.name, skill.name)
    if service is not None:
        add("multiply", MOST_TIMES, _("%(n)d times the contacts"), service.id, service.name)
    return found
