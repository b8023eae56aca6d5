"""Why contacts came, as the record says: the advisor agrees with one key, or says what it was instead."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.models import Cause, DemandType, Enquiry
from frontdoor.catalogue.published import our_catalogue
from frontdoor.handling.demand.classifying import CauseNotGiven, NotYourEnquiry, confirm_cause, to_confirm
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.words import date_words

MOST_ROWS = 25
VALUE, NOT_OURS = "value", "not_ours"


@require_safe
@staff_page(May.TAKE_CONTACTS)
def causes(request: StaffRequest) -> HttpResponse:
    """Contacts of this advisor that the record calls avoidable and nobody has looked at, newest first."""
    waiting = to_confirm(user=request.user, at=now_utc())
    context = {
        "rows": [_shown(each) for each in waiting[:MOST_ROWS]],
        "count": waiting.count(),
        "choices": _choices(),
        "notice": take_notice(request),
    }
    return render(request, "desk/causes.html", context)


def _choices() -> list[dict[str, str]]:
    """What it may have been: of value, somebody else's job, or one of the causes."""
    kinds = [
        {"value": VALUE, "text": _("It was of value")},
        {"value": NOT_OURS, "text": _("It was not ours")},
    ]
    causes = [each for each in Cause if each is not Cause.NOT_COUNCIL_RESPONSIBILITY]
    return kinds + [{"value": each.value, "text": str(each.label)} for each in causes]


def _shown(enquiry: Enquiry) -> dict[str, Any]:
    service = our_catalogue().services.get(enquiry.service)
    because = enquiry.because[0] if enquiry.because else {}
    cause = enquiry.proposed_cause
    return {
        "id": enquiry.pk,
        "at": enquiry.began_at,
        "about": service.name if service else _("Not known what about"),
        "reference": enquiry.case.reference if enquiry.case else "",
        "words": enquiry.words,
        "cause": str(Cause(cause).label) if cause else str(DemandType(enquiry.proposed_type).label),
        "rule": because.get("rule", ""),
        "evidence": _evidence(because),
    }


def _evidence(because: dict[str, str]) -> str:
    """What the proposal rests on, with its day."""
    if not because.get("at"):
        return ""
    return f"{because.get('words', '')}, {date_words(datetime.fromisoformat(because['at']))}".lstrip(", ")


@require_POST
@staff_page(May.TAKE_CONTACTS)
def confirm(request: StaffRequest, enquiry: UUID) -> HttpResponse:
    """As proposed (the button alone), or what was chosen instead."""
    found = to_confirm(user=request.user, at=now_utc()).filter(pk=enquiry).first()
    if found is None:
        leave_notice(request, str(NotYourEnquiry.__doc__))
        return redirect("desk_causes")
    is_right = request.POST.get("is") == "right"
    kind, cause = _proposed(found) if is_right else _chosen(request.POST.get("cause", ""))
    if kind is None:
        leave_notice(request, _("Choose what it was instead."))
        return redirect("desk_causes")
    try:
        confirm_cause(enquiry_id=enquiry, type=kind, cause=cause, by=request.user, at=now_utc())
    except (NotYourEnquiry, CauseNotGiven) as fault:
        leave_notice(request, str(fault) or str(fault.__doc__))
    return redirect("desk_causes")


def _proposed(enquiry: Enquiry) -> tuple[DemandType, Cause | None]:
    cause = enquiry.proposed_cause
    return DemandType(enquiry.proposed_type), Cause(cause) if cause else None


def _chosen(value: str) -> tuple[DemandType | None, Cause | None]:
    if value == VALUE:
        return DemandType.VALUE, None
    if value == NOT_OURS:
        return DemandType.NOT_OURS, Cause.NOT_COUNCIL_RESPONSIBILITY
    return (DemandType.FAILURE, Cause(value)) if value in Cause.values else (None, None)
