"""What customers said of us: points and words by service, for those who may read them, and what becomes of the words."""

from __future__ import annotations

from datetime import timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.models import Case, Survey
from frontdoor.cases.permissions import visible_to
from frontdoor.catalogue.published import our_catalogue
from frontdoor.handling.surveys_passed_on import NothingToPassOn, PassedAs, pass_on
from frontdoor.kernel.clock import now_utc, start_of_day
from frontdoor.staff.permissions import May
from frontdoor.web.insight.asked import Asked, asked_of
from frontdoor.web.insight.tables import table_of
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice

ON_A_PAGE = 25
CHANCE = SystemRandom()


@require_safe
@staff_page(May.READ_SURVEYS)
def surveys(request: StaffRequest) -> HttpResponse:
    """Scores by service with the response rate, and the words, newest first."""
    asked = asked_of(request)
    points = request.GET.get("points", "")
    points = points if points in ("1", "2", "3", "4", "5") else ""
    page = Paginator(_answered(request, asked, points), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "filters": [*asked.filters(), _points(points)],
        "feedback": table_of("feedback", asked),
        "rows": [_row(each) for each in page.object_list],
        "page": page,
        "more": asked.address(reverse("figures_surveys"), points=points) + "&page=",
        "back": asked.address(reverse("figures_of", args=["feedback"])),
        "notice": take_notice(request),
    }
    return no_store(render(request, "insight/surveys.html", context))


@require_POST
@staff_page(May.READ_SURVEYS)
def pass_survey_on(request: StaffRequest, survey: UUID) -> HttpResponse:
    """Make a compliment, or with the customer's say a complaint, of the words."""
    wanted = request.POST.get("as", "")
    try:
        case = pass_on(
            survey_id=survey, passed_as=PassedAs(wanted), by=request.user, at=now_utc(), rng=CHANCE
        )
    except (ValueError, Survey.DoesNotExist, NothingToPassOn):
        leave_notice(request, str(NothingToPassOn.__doc__), kind="info")
    else:
        leave_notice(request, _("Passed on as %(reference)s.") % {"reference": case.reference})
    return redirect("figures_surveys")


def _points(points: str) -> dict[str, Any]:
    every = [{"value": "", "text": _("Any")}]
    options = every + [{"value": str(each), "text": str(each)} for each in range(5, 0, -1)]
    return {"name": "points", "label": _("Points"), "type": "select", "value": points, "options": options}


def _answered(request: StaffRequest, asked: Asked, points: str) -> QuerySet[Survey]:
    """Those with words; which case one is about is told to whom may see the case."""
    found = Survey.objects.exclude(words="").filter(
        answered_at__gte=start_of_day(asked.period.first),
        answered_at__lt=start_of_day(asked.period.last + timedelta(days=1)),
    )
    found = found.filter(service=asked.service) if asked.service else found
    found = found.filter(channel=asked.channel) if asked.channel else found
    found = found.filter(rating=int(points)) if points else found
    seen = visible_to(request.user)
    may_see = Exists(seen.filter(pk=OuterRef("case"))), Exists(seen.filter(pk=OuterRef("passed_to")))
    found = found.annotate(sees_case=may_see[0], sees_passed=may_see[1])
    return found.select_related("case", "passed_to").order_by("-answered_at", "pk")


def _row(survey: Any) -> dict[str, Any]:
    service = our_catalogue().services.get(survey.service)
    return {
        "id": survey.pk,
        "at": survey.answered_at,
        "service": service.name if service else survey.service or _("Not known"),
        "channel": survey.channel,
        "points": survey.rating,
        "words": survey.words,
        "case": _reference(survey.case) if survey.sees_case else "",
        "is_passed_on": survey.passed_to_id is not None,
        "passed_to": _reference(survey.passed_to) if survey.sees_passed else "",
    }


def _reference(case: Case | None) -> str:
    return case.reference if case else ""
