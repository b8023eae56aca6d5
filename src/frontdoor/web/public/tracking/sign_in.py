"""Prove who you are in steps. Every miss gets the same answer, whatever was wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontdoor.cases.models import Case
from frontdoor.contacts.identity import CODE_REMEMBERED, CodeExpired, TooManyTries, WrongCode
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.appointments.proving import is_of_a_call
from frontdoor.handling.proving import (
    LOOKUP_WINDOW,
    Found,
    Knocks,
    NotFound,
    find_case,
    open_with_code,
    routes_for_code,
    send_code,
)
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.ids import read_reference
from frontdoor.web import errors
from frontdoor.web.public import sessions
from frontdoor.web.public.applying.visit import CHANCE
from frontdoor.web.public.fields import summary_of
from frontdoor.web.public.tracking import calls

HOUR = 3600


@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Reference and surname."""
    if request.method == "GET":
        return _form(request, reference="")
    reference, surname = (request.POST.get(name, "").strip()[:200] for name in ("reference", "surname"))
    if not reference:
        return _form(request, reference="", faults=[FieldFault("reference", _("Enter your reference"))])
    try:
        if is_of_a_call(reference):
            return calls.find(request, reference=reference, surname=surname)
        found = find_case(
            reference=reference, surname=surname, knock=request.META.get("REMOTE_ADDR", ""), at=now_utc()
        )
    except NotFound:
        words = _(
            "We cannot find anything with this reference and surname. Check both, as they stand in our message to you"
        )
        return _form(request, reference=reference, surname=surname, faults=[FieldFault("reference", words)])
    except TooManyTries:
        return errors.too_many(request, wait_seconds=int(LOOKUP_WINDOW.total_seconds()))
    part, page = ("report", "track_report") if found.case.customer is None else ("knock", "track_code")
    kept = {"case": str(found.case.pk), "knocks": sorted(found.knocks)}
    sessions.remember(request, part, "case", kept, now_utc())
    return redirect(page)


@require_safe
def by_link(request: HttpRequest, reference: str) -> HttpResponse:
    """The link of our messages: the reference stands in the form already. It opens nothing by itself."""
    return _form(request, reference=read_reference(reference) or "")


def _form(
    request: HttpRequest, *, reference: str, surname: str = "", faults: list[FieldFault] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"reference": reference, "surname": surname, "errors": summary_of(faults or [])}
    return render(request, "public/track/find.html", context)


def _knocked(request: HttpRequest, at: datetime) -> Found | None:
    kept = sessions.recall(request, "knock", "case", at, sessions.KNOCK_IDLE)
    if kept is None:
        return None
    case = Case.objects.select_related("customer", "pack").filter(pk=UUID(kept["case"])).first()
    return Found(case, frozenset(Knocks(who) for who in kept.get("knocks", ()))) if case else None


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Where the code shall go."""
    at = now_utc()
    found = _knocked(request, at)
    if found is None:
        return redirect("track")
    routes = routes_for_code(case=found.case, knocks=found.knocks, at=at)
    context: dict[str, Any] = {"routes": routes, "back": {"href": "/track"}}
    if request.method == "GET" or not routes:
        return render(request, "public/track/choose.html", context)
    chosen = request.POST.get("route", "")
    route = next((each for each in routes if str(routes.index(each)) == chosen), None)
    if route is None:
        faults = summary_of([FieldFault("route", _("Select where we send the code"))])
        return render(request, "public/track/choose.html", {**context, "errors": faults})
    try:
        send_code(case_id=found.case.pk, route=route, at=at, rng=CHANCE)
    except TooManyTries:
        return errors.too_many(request, wait_seconds=HOUR)
    kept = {"case": str(found.case.pk), "knocks": sorted(found.knocks), "to": route.masked}
    sessions.remember(request, "knock", "case", kept, at)
    return redirect("track_enter")


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    at = now_utc()
    kept = sessions.recall(request, "knock", "case", at, sessions.KNOCK_IDLE)
    if kept is None or "to" not in kept:
        return redirect("track")
    if request.method == "GET":
        return _enter_form(request, kept, "")
    try:
        opened = open_with_code(
            case_id=UUID(kept["case"]), code=request.POST.get("code", "")[:20], at=at, rng=CHANCE
        )
    except WrongCode:
        return _enter_form(
            request, kept, _("This security code is not right. Check the newest message from us")
        )
    except CodeExpired:
        return _enter_form(request, kept, _("This security code has run out. We can send you a new one"))
    except TooManyTries:
        return render(request, "public/track/too_many_codes.html", {}, status=429)
    sessions.forget(request, "knock", "case")
    request.session.cycle_key()
    seen = {"case": str(opened.case.pk), "knocks": sorted(opened.knocks)}
    sessions.remember(request, "track", "case", seen, at)
    return redirect("track_case")


def _enter_form(request: HttpRequest, kept: dict[str, Any], fault: str) -> HttpResponse:
    faults = summary_of([FieldFault("code", fault)] if fault else [])
    hours = int(CODE_REMEMBERED.total_seconds() // HOUR)
    context = {
        "to": kept["to"],
        "errors": faults,
        "back": {"href": "/track/code"},
        "again": "/track/code",
        "hours": hours,
    }
    return render(request, "public/track/enter.html", context)


@require_safe
def keep_open(request: HttpRequest) -> HttpResponse:
    """Asked by the page when somebody says that they are still there."""
    kept = sessions.recall(request, "track", "case", now_utc(), sessions.TRACK_IDLE)
    return HttpResponse(status=204 if kept else 410)


@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    """Nobody used the page for twenty minutes: the case is closed here."""
    sessions.forget(request, "track", "case")
    return render(request, "public/track/ended.html", {})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The browser forgets the case."""
    sessions.clear(request)
    return redirect("cleared")
