"""The work list: its parts, filters and pages; taking the next case; giving several cases at once; taking it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.permissions import NotYours, OwnInterest, visible_to
from frontdoor.cases.policies import CaseChanged, CaseClosed
from frontdoor.cases.queries import Part, Wanted, count_changes, count_parts, work_list
from frontdoor.catalogue.published import our_catalogue
from frontdoor.handling.allotting import CannotTake, NothingToTake, give_case, take_next
from frontdoor.handling.desk.handed import Part as HandedPart
from frontdoor.handling.desk.handed import handed_on
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.staff.queries import handlers_in
from frontdoor.web.office import rows
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.office.words import second_looks, services

ON_A_PAGE = 50
MOST_AT_ONCE = 50
MOST_TAKEN_AWAY = 20_000
PARTS: Mapping[Part, str] = {
    Part.MINE: "Mine",
    Part.TEAM: "My team",
    Part.CUSTOMER: "Waiting for the customer",
    Part.SECOND_LOOK: "Second look and review",
    Part.ALL: "All open cases",
}
NOTHING_HERE: Mapping[Part, str] = {
    Part.MINE: "You have no case that waits for you. Take the next one, or look into your team’s list.",
    Part.TEAM: "Your team has no open case that waits for it.",
    Part.CUSTOMER: "No case waits for a customer.",
    Part.SECOND_LOOK: "No decision waits for a second look by you.",
    Part.ALL: "There are no open cases.",
}


@dataclass(frozen=True)
class Asked:
    """What is asked of the list: the part and what it is narrowed to."""

    part: Part
    wanted: Wanted

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return self.wanted != Wanted()


@require_safe
@staff_page(May.SEE_CASES)
def work(request: StaffRequest) -> HttpResponse:
    """One page of the list."""
    asked, looks = _asked(request), second_looks()
    at = timezone.now()
    found = work_list(user=request.user, part=asked.part, second_looks=looks, wanted=asked.wanted, at=at)
    counted = count_parts(user=request.user, second_looks=looks)  # before the list: a change between is seen
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    can_allot = may(request.user, May.ALLOT_CASES)
    context: dict[str, Any] = {
        "parts": [*_tabs(asked.part, counted.parts), *_handed_tab(request.user, at)],
        "part": asked.part,
        "part_name": _(PARTS[asked.part]),
        "table": rows.table(shown, caption=_(PARTS[asked.part]), empty=_empty(asked), ticks=can_allot),
        "downloads": _downloads(request, asked.part),
        "page": page,
        "page_href": _href(request, "page"),
        "filters": _filters(asked),
        "clear": f"{reverse('work')}?part={asked.part}" if asked.is_narrowed else None,
        "can_take": may(request.user, May.HANDLE_CASES),
        "can_allot": can_allot,
        "colleagues": handlers_in(request.user.teams.all()) if can_allot else [],
        "here": request.get_full_path(),
        "version": _mark(counted.parts[Part.ALL], counted.changes),
        "notice": take_notice(request),
    }
    return render(request, "office/work.html", context)


@require_POST
@staff_page(May.HANDLE_CASES)
def take(request: StaffRequest) -> HttpResponse:
    """Take the next case and open it."""
    try:
        case = take_next(user=request.user, at=timezone.now())
    except NothingToTake as nothing:
        leave_notice(request, str(nothing.__doc__), kind="info")
        return redirect("work")
    leave_notice(request, _("This case is yours now."))
    return redirect("case", reference=case.reference)


@require_POST
@staff_page(May.ALLOT_CASES)
def allot(request: StaffRequest) -> HttpResponse:
    """Give the ticked cases to one colleague, or back to the team. What could not be given is said."""
    to = request.POST.get("to", "")
    colleague = User.objects.filter(pk=to).first() if to.isdecimal() else None
    if to != "team" and colleague is None:
        leave_notice(request, _("Choose to whom the cases go."), kind="info")
        return redirect(_back(request))
    references = request.POST.getlist("case")[:MOST_AT_ONCE]
    cases = list(visible_to(request.user).filter(reference__in=references).values_list("pk", "reference"))
    refused = [reference for pk, reference in cases if not _given(request.user, pk, colleague)]
    leave_notice(request, _allotted_words(len(cases) - len(refused), colleague, refused))
    return redirect(_back(request))


def _given(by: User, case: UUID, to: User | None) -> bool:
    try:
        give_case(case_id=case, revision=None, to=to, by=by, at=timezone.now())
    except (NotYours, OwnInterest, CannotTake, CaseClosed, CaseChanged):
        return False
    return True


def _allotted_words(given: int, to: User | None, refused: list[str]) -> str:
    name = to.full_name if to else _("the team")
    words = ngettext(
        "%(count)d case was given to %(name)s.", "%(count)d cases were given to %(name)s.", given
    )
    said = words % {"count": given, "name": name}
    if refused:
        said += " " + _("Not given, because they are of another team or must not be theirs: %(cases)s.") % {
            "cases": ", ".join(refused)
        }
    return said


@require_safe
@staff_page(May.SEE_CASES)
def download(request: StaffRequest, part: str, kind: str) -> HttpResponse:
    """The whole list, as narrowed, as CSV or Excel."""
    if part not in PARTS or kind not in ("csv", "xlsx"):
        raise Http404
    asked = Asked(Part(part), _asked(request).wanted)
    found = work_list(
        user=request.user,
        part=asked.part,
        second_looks=second_looks(),
        wanted=asked.wanted,
        at=timezone.now(),
    )
    write = as_csv if kind == "csv" else as_workbook
    return write(f"work-{part}", rows.HEAD, (rows.values(case) for case in found[:MOST_TAKEN_AWAY]))


@require_safe
@staff_page(May.SEE_CASES)
def version(request: StaffRequest) -> HttpResponse:
    """A mark that changes whenever a case that this person may know of does; asked for by open pages."""
    mark = _mark(*count_changes(user=request.user))
    if request.headers.get("If-None-Match") == f'"{mark}"':
        return HttpResponse(status=304)
    response = HttpResponse(mark, content_type="text/plain")
    response["ETag"] = f'"{mark}"'
    return response


def _mark(cases: int, changes: int) -> str:
    return sha256(f"{cases}:{changes}".encode()).hexdigest()[:16]


def _asked(request: StaffRequest) -> Asked:
    part = request.GET.get("part", "")
    wanted = Wanted(
        service=request.GET.get("service", ""),
        state=request.GET.get("state", ""),
        is_overdue="overdue" in request.GET,
        is_unread="unread" in request.GET,
        is_unowned="unowned" in request.GET,
    )
    default = Part.MINE if may(request.user, May.HANDLE_CASES) else Part.ALL
    return Asked(Part(part) if part in PARTS else default, wanted)


def _tabs(current: Part, counts: Mapping[Part, int]) -> list[dict[str, Any]]:
    return [
        {
            "text": _(words),
            "count": counts[part],
            "href": f"{reverse('work')}?part={part}",
            "current": part is current,
        }
        for part, words in PARTS.items()
    ]


def _handed_tab(user: User, at: datetime) -> list[dict[str, Any]]:
    """What the desk handed on to this person's teams stands beside their cases."""
    if not may(user, May.TAKE_CONTACTS):
        return []
    count = handed_on(user=user, part=HandedPart.TEAM, at=at).count()
    return [
        {"text": _("Handed on"), "count": count, "href": reverse("handed_on"), "current": False},
    ]


def _filters(asked: Asked) -> list[dict[str, Any]]:
    wanted = asked.wanted
    names = [
        {"value": "", "text": _("All services")},
        *({"value": each, "text": name} for each, name in services()),
    ]
    return [
        {
            "name": "service",
            "label": _("Service"),
            "type": "select",
            "value": wanted.service,
            "options": names,
        },
        {
            "name": "state",
            "label": _("State"),
            "type": "select",
            "value": wanted.state,
            "options": _states(wanted),
        },
        {"name": "overdue", "label": _("Overdue"), "type": "checkbox", "value": wanted.is_overdue},
        {"name": "unread", "label": _("Reply not read"), "type": "checkbox", "value": wanted.is_unread},
        {"name": "unowned", "label": _("Nobody’s yet"), "type": "checkbox", "value": wanted.is_unowned},
    ]


def _states(wanted: Wanted) -> list[dict[str, str]]:
    """The open states of the service chosen, or of all."""
    found = {
        state.name: state.staff
        for pack in our_catalogue()
        if wanted.service in ("", pack.id)
        for state in pack.journey.states.values()
        if state.ends_as is None
    }
    return [
        {"value": "", "text": _("All states")},
        *({"value": name, "text": text} for name, text in found.items()),
    ]


def _downloads(request: StaffRequest, part: Part) -> dict[str, str]:
    narrowed = request.GET.copy()
    for name in ("part", "page"):
        narrowed.pop(name, None)
    query = f"?{narrowed.urlencode()}" if narrowed else ""
    return {kind: reverse("work_download", args=[part.value, kind]) + query for kind in ("csv", "xlsx")}


def _href(request: StaffRequest, last: str) -> str:
    kept = request.GET.copy()
    kept.pop(last, None)
    return f"?{kept.urlencode()}{'&' if kept else ''}{last}="


def _empty(asked: Asked) -> str:
    return (
        _("No case fits what you chose. Clear the filter to see them all.")
        if asked.is_narrowed
        else _(NOTHING_HERE[asked.part])
    )


def _back(request: StaffRequest) -> str:
    here = request.POST.get("here", "")
    return here if here.startswith(reverse("work")) else reverse("work")
