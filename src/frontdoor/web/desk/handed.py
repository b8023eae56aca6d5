"""What was handed on: the lists of it, and what is done with one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.actions.enquiring import NotHandedOn, TakenBySomebody
from frontdoor.cases.models import Enquiry, ToldHow
from frontdoor.contacts.safety import reached_with_care
from frontdoor.handling.desk.handed import (
    CannotWrite,
    Part,
    SayWhatWasTold,
    handed_on,
    put_back,
    settle,
    take_handed,
)
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.web.desk import shown
from frontdoor.web.desk.visit import CHANCE, says
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice

ON_A_PAGE = 25
REFUSALS = (NotHandedOn, TakenBySomebody, SayWhatWasTold, CannotWrite)
PARTS: Mapping[Part, str] = {
    Part.MINE: gettext_noop("Mine"),
    Part.TEAM: gettext_noop("My team"),
    Part.LATE: gettext_noop("Late, every team"),
    Part.ALL: gettext_noop("Every team"),
}
TYPED = "handed_typed"


@require_safe
@staff_page(May.TAKE_CONTACTS)
def handed(request: StaffRequest) -> HttpResponse:
    """One part of what was handed on, the earliest promise first."""
    at, user = now_utc(), request.user
    asked = request.GET.get("part", "")
    part = Part(asked) if asked in [each.value for each in parts_for(user)] else Part.TEAM
    page = Paginator(with_all(handed_on(user=user, part=part, at=at)), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "parts": [
            {
                "text": _(PARTS[each]),
                "count": handed_on(user=user, part=each, at=at).count(),
                "href": f"{reverse('handed_on')}?part={each}",
                "current": each is part,
            }
            for each in parts_for(user)
        ],
        "part_name": _(PARTS[part]),
        "waiting": given_shown(list(page.object_list), user, at),
        "page": page,
        "page_href": f"?part={part}&page=",
        "here": request.get_full_path(),
        "told": told_choices(),
        "typed": request.session.pop(TYPED, {}),
        "notice": take_notice(request),
    }
    return render(request, "desk/handed.html", context)


def parts_for(user: User) -> list[Part]:
    """The parts that are any use to this person."""
    return list(Part) if may(user, May.SUPERVISE) else [Part.MINE, Part.TEAM]


def told_choices() -> list[tuple[str, str]]:
    """How the customer may have heard of it."""
    return [(each.value, str(each.label)) for each in ToldHow]


def with_all(waiting: Any) -> Any:
    """With all that a row shows, in one read."""
    return waiting.select_related("contact__customer", "contact__taken_by", "case", "to_team", "to_user")


def given_shown(waiting: Iterable[Enquiry], user: User, at: datetime) -> list[dict[str, Any]]:
    """What waits, as a list shows it to this person: what they may do with it, and whether to take care."""
    rows = list(waiting)
    careful = reached_with_care(ids=[row.contact.customer_id for row in rows if row.contact.customer_id])
    teams = set(user.teams.values_list("pk", flat=True))
    return [
        {
            **shown.handed_on(row, at),
            "with_care": row.contact.customer_id in careful,
            "is_mine": row.to_user_id == user.pk,
            "can_take": row.to_user_id is None and row.to_team_id in teams,
            "can_settle": row.to_user_id == user.pk or (row.to_user_id is None and row.to_team_id in teams),
        }
        for row in rows
    ]


@require_POST
@staff_page(May.TAKE_CONTACTS)
def take(request: StaffRequest, enquiry: UUID) -> HttpResponse:
    """Take it for oneself, or give it back to the team."""
    try:
        if request.POST.get("do") == "back":
            put_back(enquiry_id=enquiry, by=request.user, at=now_utc())
            leave_notice(request, _("It waits for your team again."))
        else:
            take_handed(enquiry_id=enquiry, by=request.user, at=now_utc())
            leave_notice(request, _("It is yours now."))
    except REFUSALS as refused:
        leave_notice(request, says(refused), kind="info")
    return redirect(_back(request))


@require_POST
@staff_page(May.TAKE_CONTACTS)
def settled(request: StaffRequest, enquiry: UUID) -> HttpResponse:
    """It is done, and the customer heard of it."""
    told, words = request.POST.get("told", ""), request.POST.get("words", "")[:4000]
    try:
        if told not in ToldHow.values:
            raise SayWhatWasTold
        settle(enquiry_id=enquiry, told=ToldHow(told), words=words, by=request.user, at=now_utc(), rng=CHANCE)
    except REFUSALS as refused:
        leave_notice(request, says(refused), kind="info")
        request.session[TYPED] = {str(enquiry): words}
        return redirect(_back(request))
    leave_notice(
        request,
        _("Noted as done. What you wrote is on its way to them.")
        if told == ToldHow.WROTE
        else _("Noted as done."),
    )
    return redirect(_back(request))


def _back(request: StaffRequest) -> str:
    here = request.POST.get("here", "")
    is_ours = url_has_allowed_host_and_scheme(here, allowed_hosts=None) and here.startswith("/staff/")
    return here if is_ours else reverse("desk")
