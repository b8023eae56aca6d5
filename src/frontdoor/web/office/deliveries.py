"""What could not be sent, and what still waits to go out."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.cases.models import Case
from frontdoor.cases.permissions import visible_to
from frontdoor.contacts.models import Delivery, DeliveryStatus
from frontdoor.staff.permissions import May, may
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.case.related import TONES
from frontdoor.web.words import datetime_words

ON_A_PAGE = 50
FAILED = (DeliveryStatus.PERMANENT_FAILURE, DeliveryStatus.TECHNICAL_FAILURE, DeliveryStatus.HELD)
COLUMNS = ("When", "Case", "By", "Where it stands", "Why", "Next try")


@require_safe
@staff_page(May.SUPERVISE, May.MANAGE_STAFF)
def deliveries(request: StaffRequest) -> HttpResponse:
    """Failures first; messages that were tried and wait to be tried again as well."""
    troubled = Delivery.objects.filter(Q(status__in=FAILED) | Q(done_at__isnull=True, tries__gt=0))
    page = Paginator(troubled.order_by("-created_at", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    cases = _cases(request, shown)
    waiting = Delivery.objects.filter(done_at__isnull=True).exclude(status__in=FAILED).count()
    context = {
        "cards": [
            {
                "label": _("Could not be sent"),
                "value": str(Delivery.objects.filter(status__in=FAILED).count()),
                "tone": "bad",
            },
            {"label": _("Waiting to go out"), "value": str(waiting)},
        ],
        "table": _table(shown, cases),
        "page": page,
    }
    return render(request, "office/deliveries.html", context)


def _cases(request: StaffRequest, shown: list[Delivery]) -> dict[Any, Case]:
    """The cases behind these messages that this person may know of, by conversation."""
    if not may(request.user, May.SEE_CASES):
        return {}
    wanted = [each.conversation_id for each in shown if each.conversation_id]
    return {case.conversation_id: case for case in visible_to(request.user).filter(conversation__in=wanted)}


def _table(shown: list[Delivery], cases: dict[Any, Case]) -> dict[str, Any]:
    return {
        "caption": _("Messages that did not go out"),
        "columns": [{"text": _(name)} for name in COLUMNS],
        "rows": [_row(each, cases.get(each.conversation_id)) for each in shown],
        "empty": _("Everything went out. There is nothing to mend."),
    }


def _row(each: Delivery, case: Case | None) -> list[dict[str, Any]]:
    reference = (
        {"text": case.reference, "href": reverse("case_record", args=[case.reference])}
        if case
        else {"text": ""}
    )
    tone = TONES.get(DeliveryStatus(each.status), "neutral")
    return [
        {"text": datetime_words(each.created_at), "head": True},
        reference,
        {"text": each.get_channel_display()},
        {"tag": {"text": DeliveryStatus(each.status).label, "tone": tone}},
        {"text": each.problem},
        {"text": datetime_words(each.next_try_at) if each.next_try_at and not each.done_at else ""},
    ]
