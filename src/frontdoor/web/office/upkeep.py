"""What is broken and needs a person, for administrators; the same that they are sent once a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontdoor.handling.upkeep import what_is_broken
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, staff_page


@require_safe
@staff_page(May.MANAGE_STAFF)
def upkeep(request: StaffRequest) -> HttpResponse:
    """Every fault with what it means and, where there is one, the page on which it is mended."""
    faults = what_is_broken(at=timezone.now())
    table = {
        "caption": _("What needs mending"),
        "columns": [{"text": _("What")}, {"text": _("What it means")}, {"text": _("Where")}],
        "rows": [
            [
                {"text": _(fault.what), "head": True},
                {"text": _(fault.means)},
                {"text": _("Open"), "href": reverse(fault.page)} if fault.page else {"text": ""},
            ]
            for fault in faults
        ],
        "empty": _("Nothing is broken. You get an email in the morning of a day on which something is."),
    }
    return render(request, "office/upkeep.html", {"table": table})
