"""Make a person's copy of what we hold of them, and see which copies were made."""

from __future__ import annotations

import random
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.cases.models import CopyMade
from frontdoor.cases.permissions import OwnInterest
from frontdoor.handling.rights.copying import MayNotCopy, NoReason, copy_records
from frontdoor.handling.rights.whom import NobodyFound, SeveralFound
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.words import datetime_words, size_words

LONGEST = 1000
MOST = 50


@require_http_methods(["GET", "POST"])
@staff_page(May.COPY_RECORDS)
def copies(request: StaffRequest) -> HttpResponse:
    """The form and one's own copies; posted, the copy itself as a download."""
    if request.method != "POST":
        return _page(request, {"reference": "", "reason": ""}, "")
    typed = {name: request.POST.get(name, "").strip()[:LONGEST] for name in ("reference", "reason")}
    try:
        made = copy_records(**typed, by=request.user, at=timezone.now(), rng=random.SystemRandom())
    except MayNotCopy as refused:
        return _page(request, typed, str(refused.__doc__), status=403)
    except (NoReason, NobodyFound, SeveralFound, OwnInterest) as refused:
        return _page(request, typed, str(refused.__doc__), status=409)
    answer = HttpResponse(made.content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return no_store(answer)


def _page(request: StaffRequest, typed: dict[str, str], fault: str, status: int = 200) -> HttpResponse:
    made = CopyMade.objects.filter(by=request.user).order_by("-made_at")[:MOST]
    table: dict[str, Any] = {
        "caption": _("Copies you made"),
        "columns": [{"text": _(name)} for name in ("When", "Why", "Size")],
        "rows": [
            [
                {"text": datetime_words(each.made_at), "head": True},
                {"text": each.reason},
                {"text": size_words(each.size)},
            ]
            for each in made
        ],
        "empty": _("You have made none."),
    }
    context = {"typed": typed, "fault": " ".join(fault.split()), "table": table}
    return render(request, "office/copies.html", context, status=status)
