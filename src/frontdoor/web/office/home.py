"""The first page after sign-in: where the work of this role is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from frontdoor.web.navigation import FIRST_PAGES, page_exists
from frontdoor.web.office.access import StaffRequest, staff_page


@require_safe
@staff_page()
def staff_home(request: StaffRequest) -> HttpResponse:
    """To the first page of this role; to one's own account where an installation is without that part."""
    first = FIRST_PAGES[request.user.role]
    return redirect(first if page_exists(first) else "own_account")
