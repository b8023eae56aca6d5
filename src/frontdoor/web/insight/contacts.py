"""The contacts that make a figure, for those who may see them: no names, and nothing of restricted services."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.cases.models import Case, Cause
from frontdoor.cases.permissions import visible_to
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Contact
from frontdoor.insight.measures.every import BY_ID
from frontdoor.insight.measures.shape import Measure
from frontdoor.insight.opening import LISTS_WHAT_IT_MISSES, contacts_behind
from frontdoor.staff.permissions import May, may
from frontdoor.web.bounded import BoundedPaginator
from frontdoor.web.insight.asked import asked_of
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.words import datetime_words

ON_A_PAGE = 50


@require_safe
@staff_page(May.SEE_FIGURES)
def contacts(request: StaffRequest) -> HttpResponse:
    """One page of them, newest first; the case behind each where this person may know of it."""
    asked = asked_of(request)
    figure = BY_ID.get(request.GET.get("figure", ""))
    cause = request.GET.get("cause", "")
    cause = cause if cause in Cause.values else ""
    found = contacts_behind(
        figure=figure.id if figure else "", cause=cause, period=asked.period, scope=asked.scope
    )
    page = BoundedPaginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "about": _about(figure, cause),
        "period": asked.words,
        "table": _table(shown, _cases(request, shown)),
        "page": page,
        "more": asked.address(reverse("figures_contacts"), figure=figure.id if figure else "", cause=cause)
        + "&page=",
        "back": asked.address(reverse("figures")),
    }
    return no_store(render(request, "insight/contacts.html", context))


def _about(figure: Measure | None, cause: str) -> str:
    """Which contacts are listed, in words."""
    if cause:
        return str(Cause(cause).label)
    if figure is None:
        return _("Contacts received")
    misses = figure.id in LISTS_WHAT_IT_MISSES
    return _("%(figure)s: those it misses") % {"figure": figure.name} if misses else figure.name


def _cases(request: StaffRequest, shown: list[Contact]) -> dict[Any, Case]:
    if not may(request.user, May.SEE_CASES):
        return {}
    wanted = [each.conversation_id for each in shown]
    return {case.conversation_id: case for case in visible_to(request.user).filter(conversation__in=wanted)}


def _table(shown: list[Contact], cases: dict[Any, Case]) -> dict[str, Any]:
    columns = [_("When"), _("Channel"), _("Service"), _("About"), _("Answered"), _("Case")]
    return {
        "caption": _("Contacts"),
        "columns": [{"text": text} for text in columns],
        "rows": [_row(each, cases.get(each.conversation_id)) for each in shown],
        "empty": _("No contact came in this period."),
    }


def _row(each: Contact, case: Case | None) -> list[dict[str, Any]]:
    service = our_catalogue().services.get(each.service)
    answered = datetime_words(each.answered_at) if each.answered_at else ""
    return [
        {"text": datetime_words(each.received_at), "head": True},
        {"text": each.get_channel_display()},
        {"text": service.name if service else each.service or _("Not known")},
        {"text": each.enquiry},
        {"text": _("gave up") if each.abandoned_at else answered},
        {"text": case.reference, "href": reverse("case", args=[case.reference])} if case else {"text": ""},
    ]
