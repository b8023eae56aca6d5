"""A call as its customer sees it: when we ring, another time, cancel it, and a file for the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontdoor.cases.actions.appointments import AppointmentOver, TimeTaken
from frontdoor.cases.models import Appointment, Cancelled
from frontdoor.channels.messages import CALENDAR
from frontdoor.contacts.identity import CODE_REMEMBERED, CodeExpired, TooManyTries, WrongCode
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.appointments.booking import (
    EnoughCalls,
    book_again,
    call_off,
    change_call,
    may_be_made_up,
)
from frontdoor.handling.appointments.proving import (
    call_to_show,
    calls_of_case,
    find_call,
    open_call_with_code,
    routes_for_call,
    send_code_for_call,
)
from frontdoor.handling.appointments.telling import calendar_of
from frontdoor.handling.appointments.times import offers_calls
from frontdoor.handling.people import Person, customer
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.phones import masked_phone
from frontdoor.web import errors
from frontdoor.web.calls import DAYS_ON_A_PHONE, read_start, times_shown
from frontdoor.web.office.words import service_name
from frontdoor.web.public import sessions
from frontdoor.web.public.applying.visit import CHANCE
from frontdoor.web.public.fields import summary_of
from frontdoor.web.public.tracking.visit import CaseVisit, with_case

HOUR = 3600
DONE = {
    "booked": "Your call is booked",
    "changed": "The time of your call is changed",
    "cancelled": "Your call is cancelled",
}


@dataclass(frozen=True)
class CallVisit:
    """A page of a call being asked for by its customer."""

    request: HttpRequest
    call: Appointment
    at: datetime

    @property
    def person(self) -> Person:
        """The customer, as who acts."""
        return customer(self.call.customer_id)

    def show(self, template: str, context: Mapping[str, Any]) -> HttpResponse:
        """The page, in the frame of every page of a call."""
        frame = {"call": self.call, "idle_seconds": int(sessions.TRACK_IDLE.total_seconds())}
        return render(self.request, template, {**frame, **context})


def with_call(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is called with the `CallVisit`; without an open call the page says how to open it again."""

    @wraps(view)
    def wrapped(request: HttpRequest, **parts: object) -> HttpResponse:
        at = now_utc()
        kept = sessions.recall(request, "call", "call", at, sessions.TRACK_IDLE)
        if kept is None:
            return render(request, "public/track/ended.html", {}, status=410)
        try:
            call = call_to_show(appointment_id=UUID(kept["call"]))
        except Appointment.DoesNotExist:
            raise Http404 from None
        return view(CallVisit(request, call, at), **parts)

    return wrapped


@require_safe
@with_call
def call(visit: CallVisit) -> HttpResponse:
    """When we ring, and what can be done about it."""
    is_again = may_be_made_up(appointment=visit.call) and offers_calls(visit.call.service)
    done = DONE.get(visit.request.GET.get("done", ""))
    context = {
        "number": masked_phone(visit.call.phone),
        "about": service_name(visit.call.service),
        "may_change": visit.call.is_to_come and visit.call.at > visit.at,
        "is_again": is_again,
        "goes_on": _goes_on(visit),
        "notice": {"title": _(done), "text": ""} if done else None,
    }
    return visit.show("public/track/call.html", context)


def _goes_on(visit: CallVisit) -> str:
    """The way back to the form, where this browser still has it open."""
    draft = visit.call.draft_id
    opened = sessions.draft_id(visit.request, visit.call.service, visit.at)
    is_open = draft is not None and opened == draft and visit.call.is_to_come
    return reverse("apply_start", kwargs={"service": visit.call.service}) if is_open else ""


@require_http_methods(["GET", "POST"])
@with_call
def change(visit: CallVisit) -> HttpResponse:
    """Another time: for this call, or instead of one that did not take place."""
    if not offers_calls(visit.call.service):
        return redirect("track_call")
    if visit.request.method == "GET":
        return _times(visit, "")
    starts_at = read_start(visit.request.POST.get("starts_at", ""))
    if starts_at is None:
        return _times(visit, _("Select a time"))
    try:
        now = _moved(visit, starts_at)
    except TimeTaken:
        return _times(visit, _("This time has just been taken. Select another one."))
    except (AppointmentOver, EnoughCalls):
        return redirect("track_call")
    sessions.remember(visit.request, "call", "call", {"call": str(now.pk)}, visit.at)
    done = "changed" if now.pk == visit.call.pk else "booked"
    return redirect(reverse("track_call", query={"done": done}))


def _moved(visit: CallVisit, starts_at: datetime) -> Appointment:
    deed = book_again if may_be_made_up(appointment=visit.call) else change_call
    return deed(appointment_id=visit.call.pk, starts_at=starts_at, by=visit.person, at=visit.at, rng=CHANCE)


def _times(visit: CallVisit, fault: str) -> HttpResponse:
    since = visit.request.GET.get("from", "")
    context = {
        "times": times_shown(service=visit.call.service, at=visit.at, since=since, most=DAYS_ON_A_PHONE),
        "fault": fault,
        "errors": summary_of([FieldFault("starts_at", fault)] if fault else []),
        "back": {"href": reverse("track_call")},
    }
    return visit.show("public/track/call_change.html", context)


@require_http_methods(["GET", "POST"])
@with_call
def cancel(visit: CallVisit) -> HttpResponse:
    """Cancel it, once confirmed."""
    if visit.request.method == "GET":
        if not visit.call.is_to_come:
            return redirect("track_call")
        return visit.show("public/track/call_cancel.html", {"back": {"href": reverse("track_call")}})
    try:
        call_off(
            appointment_id=visit.call.pk,
            because=Cancelled.CUSTOMER,
            by=visit.person,
            at=visit.at,
            rng=CHANCE,
        )
    except AppointmentOver:
        return redirect("track_call")
    return redirect(reverse("track_call", query={"done": "cancelled"}))


@require_safe
@with_call
def calendar(visit: CallVisit) -> HttpResponse:
    """The file for a calendar, as the call now stands."""
    answer = HttpResponse(
        calendar_of(appointment=visit.call, at=visit.at), content_type=f"{CALENDAR}; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_safe
def keep_open(request: HttpRequest) -> HttpResponse:
    """Asked by the page when somebody says that they are still there."""
    kept = sessions.recall(request, "call", "call", now_utc(), sessions.TRACK_IDLE)
    return HttpResponse(status=204 if kept else 410)


@require_safe
@with_case
def of_case(visit: CaseVisit, number: int) -> HttpResponse:
    """On from the case to a call about it; who opened the case has proved who they are."""
    calls = calls_of_case(case=visit.case, at=visit.at)
    if visit.is_helper or not 0 < number <= len(calls):
        raise Http404
    sessions.remember(visit.request, "call", "call", {"call": str(calls[number - 1].pk)}, visit.at)
    return redirect("track_call")


def find(request: HttpRequest, *, reference: str, surname: str) -> HttpResponse:
    """The call of this reference, for who knows its surname: on to where the code shall go.

    Raises NotFound, TooManyTries.
    """
    at = now_utc()
    found = find_call(reference=reference, surname=surname, knock=request.META.get("REMOTE_ADDR", ""), at=at)
    sessions.remember(request, "knock", "call", {"call": str(found.pk)}, at)
    return redirect("track_call_code")


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Where the code shall go."""
    at = now_utc()
    kept = sessions.recall(request, "knock", "call", at, sessions.KNOCK_IDLE)
    if kept is None:
        return redirect("track")
    found = call_to_show(appointment_id=UUID(kept["call"]))
    routes = routes_for_call(appointment=found)
    context: dict[str, Any] = {"routes": routes, "back": {"href": reverse("track")}}
    if request.method == "GET" or not routes:
        return render(request, "public/track/choose.html", context)
    chosen = request.POST.get("route", "")
    route = next((each for number, each in enumerate(routes) if str(number) == chosen), None)
    if route is None:
        faults = summary_of([FieldFault("route", _("Select where we send the code"))])
        return render(request, "public/track/choose.html", {**context, "errors": faults})
    try:
        send_code_for_call(appointment_id=found.pk, route=route, at=at, rng=CHANCE)
    except TooManyTries:
        return errors.too_many(request, wait_seconds=HOUR)
    sessions.remember(request, "knock", "call", {"call": str(found.pk), "to": route.masked}, at)
    return redirect("track_call_enter")


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    at = now_utc()
    kept = sessions.recall(request, "knock", "call", at, sessions.KNOCK_IDLE)
    if kept is None or "to" not in kept:
        return redirect("track")
    if request.method == "GET":
        return _enter_form(request, kept, "")
    try:
        opened = open_call_with_code(
            appointment_id=UUID(kept["call"]), code=request.POST.get("code", "")[:20], at=at
        )
    except WrongCode:
        words = _("This security code is not right. Check the newest message from us")
        return _enter_form(request, kept, words)
    except CodeExpired:
        return _enter_form(request, kept, _("This security code has run out. We can send you a new one"))
    except TooManyTries:
        return render(request, "public/track/too_many_codes.html", {}, status=429)
    sessions.forget(request, "knock", "call")
    request.session.cycle_key()
    sessions.remember(request, "call", "call", {"call": str(opened.pk)}, at)
    return redirect("track_call")


def _enter_form(request: HttpRequest, kept: dict[str, Any], fault: str) -> HttpResponse:
    context = {
        "to": kept["to"],
        "errors": summary_of([FieldFault("code", fault)] if fault else []),
        "back": {"href": reverse("track_call_code")},
        "again": reverse("track_call_code"),
        "hours": int(CODE_REMEMBERED.total_seconds() // HOUR),
    }
    return render(request, "public/track/enter.html", context)
