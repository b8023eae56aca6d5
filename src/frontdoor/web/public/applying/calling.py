"""Ask for a call, so that the form is filled in together: first a time, then whom to ring on which number."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.cases.actions.appointments import TimeTaken
from frontdoor.contacts.identity import TooManyTries
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.appointments.booking import (
    BOOKED_WITHIN,
    BookedAlready,
    EnoughCalls,
    NotANumber,
    NotSafeToRing,
    Wish,
    book_own_call,
    call_of_draft,
)
from frontdoor.handling.appointments.times import offers_calls
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.phones import read_phone
from frontdoor.web import errors
from frontdoor.web.calls import DAYS_ON_A_PHONE, read_start, times_shown
from frontdoor.web.public import sessions
from frontdoor.web.public.applying.visit import CHANCE, Visit, with_draft
from frontdoor.web.public.fields import summary_of
from frontdoor.web.words import day_words, time_words

FIELDS = ("full_name", "phone", "email")
LONGEST = 200


@require_http_methods(["GET", "POST"])
@with_draft
def when(visit: Visit) -> HttpResponse:
    """Choose a time at which we ring."""
    _require_calls(visit)
    if booked := _booked(visit):
        return booked
    if visit.request.method == "GET":
        return _times(
            visit,
            _("This time has just been taken. Select another one.") if visit.request.GET.get("taken") else "",
        )
    starts_at = read_start(visit.request.POST.get("starts_at", ""))
    if starts_at is None:
        return _times(visit, _("Select a time"))
    return redirect(
        reverse("apply_call_number", kwargs={"service": visit.service}, query={"time": starts_at.isoformat()})
    )


@require_http_methods(["GET", "POST"])
@with_draft
def number(visit: Visit) -> HttpResponse:
    """Who is rung, and on which number."""
    _require_calls(visit)
    if booked := _booked(visit):
        return booked
    post = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    starts_at = read_start(post.get("time", ""))
    if starts_at is None:
        return redirect("apply_call", service=visit.service)
    if visit.request.method == "GET":
        said = visit.draft.answers
        return _number(visit, starts_at, {name: str(said.get(name) or "") for name in FIELDS}, [])
    given = {name: " ".join(visit.request.POST.get(name, "").split())[:LONGEST] for name in FIELDS}
    if faults := _faults(given):
        return _number(visit, starts_at, given, faults)
    wish = Wish(
        starts_at=starts_at,
        full_name=given["full_name"],
        phone=given["phone"],
        email=read_email(given["email"]) or "",
        knock=visit.request.META.get("REMOTE_ADDR", ""),
    )
    try:
        booked_call = book_own_call(draft_id=visit.draft.pk, wish=wish, at=visit.at, rng=CHANCE)
    except TimeTaken:
        return redirect(reverse("apply_call", kwargs={"service": visit.service}, query={"taken": "yes"}))
    except BookedAlready:
        return _booked(visit) or redirect("apply_call", service=visit.service)
    except TooManyTries:
        return errors.too_many(visit.request, wait_seconds=int(BOOKED_WITHIN.total_seconds()))
    except (EnoughCalls, NotANumber, NotSafeToRing) as refused:
        words = " ".join(str(refused.__class__.__doc__).split())
        return _number(visit, starts_at, given, [FieldFault("phone", words)])
    sessions.remember(visit.request, "call", "call", {"call": str(booked_call.pk)}, visit.at)
    return redirect(reverse("track_call", query={"done": "booked"}))


def _require_calls(visit: Visit) -> None:
    if not offers_calls(visit.service):
        raise Http404


def _booked(visit: Visit) -> HttpResponse | None:
    """The page of the call that is booked for this form already, if one is."""
    already = call_of_draft(draft=visit.draft)
    if already is None:
        return None
    sessions.remember(visit.request, "call", "call", {"call": str(already.pk)}, visit.at)
    return redirect("track_call")


def _times(visit: Visit, fault: str) -> HttpResponse:
    since = visit.request.GET.get("from", "")
    context: dict[str, Any] = {
        "times": times_shown(service=visit.service, at=visit.at, since=since, most=DAYS_ON_A_PHONE),
        "minutes": _minutes(visit),
        "fault": fault,
        "errors": summary_of([FieldFault("starts_at", fault)] if fault else []),
        "back": {"href": visit.page("start")},
    }
    return visit.show("public/apply/call.html", context)


def _minutes(visit: Visit) -> int:
    calls = visit.pack.service.phone_appointments
    assert calls is not None  # it was looked at before
    return calls.minutes


def _number(visit: Visit, starts_at: Any, given: dict[str, str], faults: list[FieldFault]) -> HttpResponse:
    context = {
        "given": given,
        "time": starts_at.isoformat(),
        "when": f"{time_words(starts_at)}, {day_words(starts_at)}",
        "faults": {each.field: each.words for each in faults},
        "errors": summary_of(faults),
        "back": {"href": visit.page("call")},
    }
    return visit.show("public/apply/call_number.html", context)


def _faults(given: dict[str, str]) -> list[FieldFault]:
    wrong = {
        "full_name": "" if given["full_name"] else _("Enter your full name"),
        "phone": "" if read_phone(given["phone"]) else _("Enter a phone number, like 01632 960 001"),
        "email": ""
        if not given["email"] or read_email(given["email"])
        else _("Enter an email address in the correct format, like name@example.com"),
    }
    return [FieldFault(name, words) for name, words in wrong.items() if words]
