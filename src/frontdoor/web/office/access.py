"""Who may open a page of the office. Each page asks here; a link that is not shown is a kindness, not a lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from frontdoor.cases.models import Case
from frontdoor.cases.permissions import may_read_now
from frontdoor.handling.people import staff
from frontdoor.journal.actions import record
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


Page = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def staff_page(*needs: May) -> Callable[[Page[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """A page for staff who may do one of these things; without any, for every member of staff."""

    def wrap(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return redirect_to_login(request.get_full_path())
            if needs and not any(may(user, each) for each in needs):
                raise PermissionDenied
            return page(request, *args, **kwargs)  # type: ignore[arg-type]  # its user was just looked at

        return guarded

    return wrap


def seen_case(request: StaffRequest, reference: str) -> Case:
    """The case of this reference, if this person may know of it; else there is no such page.

    Every look at a restricted case is kept in the journal.
    """
    at = timezone.now()
    found = may_read_now(request.user, at=at).select_related(
        "customer", "owner", "team", "pack", "conversation"
    )
    case = found.filter(reference=reference).first()
    if case is None:
        raise Http404
    if case.is_restricted:
        record(
            at=at,
            by=staff(request.user).actor,
            event="case viewed",
            case=case.pk,
            service=case.service,
            facts={"page": (request.resolver_match.url_name or "") if request.resolver_match else ""},
        )
    return case


def no_store(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and no cache."""
    response["Cache-Control"] = "no-store, private"
    return response
