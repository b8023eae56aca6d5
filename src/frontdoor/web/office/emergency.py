"""Emergency access to a restricted case: opened by officers and supervisors, looked at by managers."""

from __future__ import annotations

import random
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontdoor.cases.models import EmergencyAccess
from frontdoor.cases.permissions import OwnInterest
from frontdoor.handling.rights.emergency import (
    NoReason,
    NoSuchCase,
    NotForYou,
    NotYourReview,
    OpenAlready,
    accesses,
    end_access,
    open_in_emergency,
    review_access,
    running_access,
)
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.permissions import May, may
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.words import datetime_words

LONGEST = 1000
ON_A_PAGE = 50


@require_http_methods(["GET", "POST"])
@staff_page(May.OPEN_IN_EMERGENCY, May.REVIEW_ACCESS)
def emergency(request: StaffRequest) -> HttpResponse:
    """Ask for access, or look at what access there was."""
    if request.method == "POST":
        return _open(request)
    return _page(request, {"reference": "", "reason": ""}, "")


@require_POST
@staff_page(May.OPEN_IN_EMERGENCY)
def end(request: StaffRequest, number: int) -> HttpResponse:
    """The case is closed to this person again, before its time."""
    access = get_object_or_404(EmergencyAccess.objects.select_related("case"), pk=number, user=request.user)
    end_access(access=access, by=request.user, at=timezone.now())
    leave_notice(request, _("Your access to %(reference)s has ended.") % {"reference": access.case.reference})
    return redirect("emergency")


@require_POST
@staff_page(May.REVIEW_ACCESS)
def review(request: StaffRequest, number: int) -> HttpResponse:
    """A manager looked at an access."""
    get_object_or_404(EmergencyAccess, pk=number)
    try:
        review_access(access_id=number, by=request.user, at=timezone.now())
    except NotYourReview as refused:
        return _page(request, {"reference": "", "reason": ""}, str(refused.__doc__), status=403)
    leave_notice(request, _("Noted that you looked at it."))
    return redirect("emergency")


def _open(request: StaffRequest) -> HttpResponse:
    typed = {name: request.POST.get(name, "").strip()[:LONGEST] for name in ("reference", "reason")}
    try:
        access = open_in_emergency(**typed, by=request.user, at=timezone.now(), rng=random.SystemRandom())
    except NotForYou as refused:
        return _page(request, typed, str(refused.__doc__), status=403)
    except (NoReason, NoSuchCase, OpenAlready, OwnInterest) as refused:
        return _page(request, typed, str(refused.__doc__), status=409)
    until = datetime_words(access.ends_at)
    leave_notice(
        request,
        _("You may read this case until %(until)s. A manager was told, and every page you open is noted.")
        % {"until": until},
    )
    return redirect("case", reference=access.case.reference)


def _page(request: StaffRequest, typed: dict[str, str], fault: str, status: int = 200) -> HttpResponse:
    reviews = may(request.user, May.REVIEW_ACCESS)
    page = Paginator(accesses(), ON_A_PAGE).get_page(request.GET.get("page")) if reviews else None
    context: dict[str, Any] = {
        "may_open": may(request.user, May.OPEN_IN_EMERGENCY),
        "running": list(running_access(user=request.user, at=timezone.now())),
        "typed": typed,
        "fault": " ".join(fault.split()),
        "page": page,
        "looked_at": _rows(list(page.object_list)) if page is not None else [],
        "notice": take_notice(request),
    }
    return render(request, "office/emergency.html", context, status=status)


def _rows(shown: list[EmergencyAccess]) -> list[dict[str, Any]]:
    """Each access with how many pages of the case this person opened while it ran."""
    cases = {access.case_id for access in shown}
    views = JournalEntry.objects.filter(event="case viewed", case_id__in=cases)
    rows: list[dict[str, Any]] = []
    for access in shown:
        own = views.filter(case_id=access.case_id, actor_kind="staff", actor_id=str(access.user_id))
        looks = own.filter(at__gte=access.opened_at, at__lte=access.ends_at).aggregate(looks=Count("pk"))
        rows.append({"access": access, **looks})
    return rows
