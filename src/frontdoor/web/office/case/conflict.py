"""Two officers at once: the second is told what the first did, and keeps what they typed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from frontdoor.cases.models import Case
from frontdoor.journal.queries import entries_of_case
from frontdoor.web.office.access import StaffRequest
from frontdoor.web.office.case.history import entries_in_words

OWN = ("csrfmiddlewaretoken", "revision", "seen", "do")
READABLE = ("words", "why_not", "where", "with_whom")


def conflict_page(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """What changed since this person opened the case, and their own work, ready to be sent again."""
    case = Case.objects.select_related("pack", "customer").get(pk=case_id)
    entries = entries_of_case(case_id=case.pk)
    seen = request.POST.get("seen", "")
    since = entries.filter(pk__gt=int(seen)) if seen.isdecimal() else entries.order_by("-pk")[:3]
    newest = entries.values_list("pk", flat=True).last() or 0
    kept = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    context = {
        "case": case,
        "changes": entries_in_words(list(since), case),
        "kept": kept,
        "readable": [value for name, value in kept if name in READABLE and value.strip()],
        "seen": newest,
        "again": request.get_full_path(),
    }
    return render(request, "office/case/conflict.html", context, status=409)
