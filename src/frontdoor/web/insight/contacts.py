"""The contacts that make a figure, for those who may see them: no names, and nothing of restricted services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.cases.models import Case
from frontdoor.cases.permissions import visible_to
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Contact
from frontdoor.kernel.clock import start_of_day
from frontdoor.staff.permissions import May, may
from frontdoor.web.insight.asked import Asked, asked_of
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.words import datetime_words

ON_A_PAGE = 50


@require_safe
@staff_page(May.SEE_FIGURES)
def contacts(request: StaffRequest) -> HttpResponse:
    """One page of them, newest first; the case behind each where this person may know of it."""
    asked = asked_of(request)
    page = Paginator(_contacts(asked), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "period": asked.words,
        "table": _table(shown, _cases(request, shown)),
        "page": page,
        "more": asked.address(reverse("figures_contacts")) + "&page=",
        "back": asked.address(reverse("figures")),
    }
    return no_store(render(request, "insight/contacts.html", context))


def _contacts(asked: Asked) -> QuerySet[Contact]:
    scope = asked.scope
    found = Contact.objects.exclude(service__in=scope.restricted).filter(
        received_at__gte=start_of_day(asked.period.first),
        received_at__lt=start_of_day(asked.period.last + timedelta(days=1)),
    )
    if scope.services is not None:
        found = found.filter(service__in=scope.services)
    if scope.channels is not None:
        found = found.filter(channel__in=scope.channels)
    return found.order_by("-received_at", "-pk")


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
