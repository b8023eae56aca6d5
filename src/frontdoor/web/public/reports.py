"""The public map and list of open reports: what, where, since when and how it stands; nothing personal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.handling.reports import open_reports, report_categories
from frontdoor.web.look import council_look


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Open reports, of one kind where it is chosen."""
    categories = report_categories()
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in dict(categories) else ""
    context = {
        "reports": open_reports(category=chosen),
        "categories": categories,
        "chosen": chosen,
        "has_map": council_look().places is not None,
        "back": {"href": reverse("home")},
    }
    return render(request, "public/reports.html", context)
