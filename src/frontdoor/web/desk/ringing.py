"""Ring the customers who booked a call: whom, on which number, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontdoor.cases.actions.appointments import AppointmentOver, TimeTaken
from frontdoor.cases.models import Appointment, Cancelled
from frontdoor.cases.permissions import NotYours
from frontdoor.contacts.safety import safety_of
from frontdoor.handling.applying import known_draft
from frontdoor.handling.appointments.booking import call_off, change_call
from frontdoor.handling.appointments.ringing import (
    NotYourCall,
    SomebodyElseRings,
    begin_to_ring,
    call_of,
    calls_to_come,
    not_reached,
    reached,
    times_missed,
)
from frontdoor.handling.appointments.telling import when_in_words
from frontdoor.handling.appointments.times import NoCalls, offers_calls
from frontdoor.handling.desk.drafts import draft_together
from frontdoor.handling.desk.taking import StillTaking, contact_in_hand
from frontdoor.handling.people import staff
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.phones import spoken_phone
from frontdoor.staff.permissions import May
from frontdoor.web.calls import read_start, times_shown
from frontdoor.web.careful_words import safety_lines
from frontdoor.web.desk import shown
from frontdoor.web.desk.visit import CHANCE, says
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.words import service_name

MOST_ROWS = 100
REFUSALS = (AppointmentOver, NoCalls, NotYours, SomebodyElseRings, TimeTaken)


@require_safe
@staff_page(May.TAKE_CONTACTS)
def calls(request: StaffRequest) -> HttpResponse:
    """The calls of later days that this person may take."""
    at = now_utc()
    rows = calls_to_come(user=request.user, at=at)[:MOST_ROWS]
    context = {"calls": [shown.call(each, at) for each in rows], "notice": take_notice(request)}
    return render(request, "desk/calls.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(May.TAKE_CONTACTS)
def ring(request: StaffRequest, call: UUID) -> HttpResponse:
    """Begin to ring, and see all there is to know for it."""
    appointment = _call_or_404(request, call)
    at = now_utc()
    if request.method == "POST":
        if contact_in_hand(user=request.user) is not None:
            leave_notice(request, says(StillTaking()), kind="info")
            return redirect("desk")
        try:
            begin_to_ring(appointment_id=call, by=request.user, at=at)
        except REFUSALS as refused:
            leave_notice(request, says(refused), kind="info")
            return redirect("desk")
        return redirect("desk_ring", call)
    return render(request, "desk/ring.html", _page(request, appointment))


@require_POST
@staff_page(May.TAKE_CONTACTS)
def answered(request: StaffRequest, call: UUID) -> HttpResponse:
    """They answered: on to the form that waits for the call, or to the page of the contact."""
    _call_or_404(request, call)
    at = now_utc()
    try:
        enquiry = reached(appointment_id=call, by=request.user, at=at, rng=CHANCE)
    except (*REFUSALS, StillTaking) as refused:
        leave_notice(request, says(refused), kind="info")
        return redirect("desk")
    except NotYourCall:
        raise Http404 from None
    if draft_together(enquiry=enquiry, at=at) is not None:
        return redirect("desk_form", enquiry.contact_id, enquiry.pk)
    return redirect("desk_contact", enquiry.contact_id)


@require_POST
@staff_page(May.TAKE_CONTACTS)
def unanswered(request: StaffRequest, call: UUID) -> HttpResponse:
    """Nobody answered."""
    _call_or_404(request, call)
    try:
        rung = not_reached(appointment_id=call, by=request.user, at=now_utc(), rng=CHANCE)
    except REFUSALS as refused:
        leave_notice(request, says(refused), kind="info")
        return redirect("desk")
    except NotYourCall:
        raise Http404 from None
    if not rung.is_missed:
        leave_notice(request, _("Noted. Try once more in a quarter of an hour: the call stays in the list."))
    elif rung.told is not None:
        title = _("Noted as missed. They are told, and can choose another time by themselves.")
        leave_notice(request, title)
    else:
        title = _("Noted as missed. We have no safe way to write to them: they have to get in touch again.")
        leave_notice(request, title, kind="info")
    return redirect("desk")


@require_POST
@staff_page(May.TAKE_CONTACTS)
def change(request: StaffRequest, call: UUID) -> HttpResponse:
    """Another time, or none: we have to move or cancel it."""
    _call_or_404(request, call)
    at, by = now_utc(), staff(request.user)
    starts_at = read_start(request.POST.get("starts_at", ""))
    try:
        if request.POST.get("do") == "cancel":
            call_off(appointment_id=call, because=Cancelled.US, by=by, at=at, rng=CHANCE)
            leave_notice(
                request, _("The call is cancelled, and they are told so that they can choose another.")
            )
        elif starts_at is None:
            leave_notice(request, _("Select a time."), kind="info")
            return redirect("desk_ring", call)
        else:
            moved = change_call(appointment_id=call, starts_at=starts_at, by=by, at=at, rng=CHANCE)
            leave_notice(request, _("We ring them at %(when)s.") % {"when": when_in_words(moved.at)})
    except REFUSALS as refused:
        leave_notice(request, says(refused), kind="info")
        return redirect("desk_ring", call)
    return redirect("desk")


def _call_or_404(request: StaffRequest, call: UUID) -> Appointment:
    try:
        return call_of(appointment_id=call, user=request.user, at=now_utc())
    except NotYourCall:
        raise Http404 from None


def _page(request: StaffRequest, appointment: Appointment) -> dict[str, Any]:
    at = now_utc()
    draft = appointment.draft
    is_waiting = draft is not None and not hasattr(draft, "case") and draft.expires_at > at
    known = known_draft(draft=draft, at=at) if draft is not None and is_waiting else None
    person = appointment.customer
    safety = safety_of(customer_id=person.pk) if person else None
    return {
        "call": shown.call(appointment, at),
        "number": spoken_phone(appointment.phone),
        "dial": appointment.phone,
        "words": appointment.words,
        "service": service_name(appointment.service),
        "case": appointment.case.reference if appointment.case else "",
        "left": len(known.pages_missing()) if known else 0,
        "has_form": known is not None,
        "heed": safety_lines(safety) if safety else [],
        "died_on": person.died_on if person else None,
        "missed": [each.at for each in times_missed(appointment=appointment)],
        "is_mine": appointment.is_to_come and appointment.taken_by_id == request.user.pk,
        "is_over": not appointment.is_to_come,
        "times": times_shown(service=appointment.service, at=at, since=request.GET.get("from", ""))
        if offers_calls(appointment.service) and appointment.is_to_come
        else {"days": [], "later": "", "is_later": False},
        "notice": take_notice(request),
    }
