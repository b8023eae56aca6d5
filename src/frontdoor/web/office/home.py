"""The first page after sign-in: who works on cases goes to their list, who takes contacts to the desk, and everybody
else sees what is theirs to see.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontdoor.staff.permissions import May, may
from frontdoor.web.navigation import staff_links
from frontdoor.web.office.access import StaffRequest, staff_page


@require_safe
@staff_page()
def staff_home(request: StaffRequest) -> HttpResponse:
    """To the desk, to the work list, or a page with the parts that this role has."""
    if may(request.user, May.TAKE_CONTACTS) and not may(request.user, May.HANDLE_CASES):
        return redirect("desk")
    if may(request.user, May.SEE_CASES):
        return redirect("work")
    links = staff_links(role=request.user.role, path=request.path)
    wants_figures = may(request.user, May.SEE_FIGURES) and not links
    return render(request, "office/home.html", {"links": links, "wants_figures": wants_figures})
