"""Find a case by reference, name or postcode. What is looked for is posted, so that no name stands in an address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.cases.queries import find_cases
from frontdoor.kernel.ids import read_reference
from frontdoor.staff.permissions import May, may
from frontdoor.web.office import rows
from frontdoor.web.office.access import StaffRequest, staff_page

LOOKED_FOR = "office_search"
MOST = 50
LONGEST = 100


@require_http_methods(["GET", "POST"])
@staff_page(May.SEE_CASES)
def search(request: StaffRequest) -> HttpResponse:
    """The cases found; one that is meant by its reference opens at once."""
    if request.method == "POST":
        request.session[LOOKED_FOR] = request.POST.get("q", "").strip()[:LONGEST]
        return redirect("search")
    words = request.session.get(LOOKED_FOR, "")
    found = list(find_cases(user=request.user, words=words)[: MOST + 1]) if words else []
    if len(found) == 1 and found[0].reference == read_reference(words):
        return redirect("case", reference=found[0].reference)
    empty = _("Nothing you may see has this reference, name or postcode. Check how it is written.")
    context = {
        "words": words,
        "table": rows.table(found[:MOST], caption=_("Cases found"), empty=empty),
        "count": min(len(found), MOST),
        "is_more": len(found) > MOST,
        "may_open": may(request.user, May.OPEN_IN_EMERGENCY),
        "may_keep": may(request.user, May.KEEP_RECORDS),
    }
    return render(request, "office/search.html", context)
