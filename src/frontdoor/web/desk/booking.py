"""Book a call for the customer who is here, in the enquiry it is about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdoor.cases.actions.appointments import TimeTaken
from frontdoor.cases.models import Appointment, Enquiry
from frontdoor.contacts.models import NewsTo
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.appointments.booking import EnoughCalls, NotANumber, NotSafeToRing
from frontdoor.handling.appointments.telling import News, helpers_of, route_for, when_in_words
from frontdoor.handling.desk.booking import Asked, book_at_desk, number_to_ring
from frontdoor.handling.helping import is_for_helpers_alone
from frontdoor.kernel.phones import spoken_phone
from frontdoor.web.calls import read_start, times_shown
from frontdoor.web.desk import shown
from frontdoor.web.desk.visit import CHANCE, TYPED, Visit, contact_page, says
from frontdoor.web.office.notices import leave_notice
from frontdoor.web.public.fields import summary_of

LONGEST_WORDS = 1000
FIELD_OF = {NotANumber: "phone", NotSafeToRing: "phone", EnoughCalls: "phone", TimeTaken: "starts_at"}
TOLD = {
    "email": "They are told by email, with a calendar file.",
    "text": "They are told by text message.",
    "letter": "They are told by letter.",
}


@require_http_methods(["GET", "POST"])
@contact_page
def book(visit: Visit, enquiry: UUID) -> HttpResponse:
    """Choose a time that is free, and the number to ring."""
    current = (
        Enquiry.objects.select_related("contact__customer", "case")
        .filter(pk=enquiry, contact=visit.contact)
        .first()
    )
    if current is None:
        raise Http404
    if visit.request.method == "GET":
        return _show(visit, current, {"words": visit.request.session.pop(TYPED, "")}, ())
    typed = {name: visit.posted(name, LONGEST_WORDS) for name in ("starts_at", "phone", "words", "safe")}
    starts_at = read_start(typed["starts_at"])
    if starts_at is None:
        return _show(visit, current, typed, (FieldFault("starts_at", _("Select a time")),))
    asked = Asked(starts_at, typed["phone"], typed["words"], is_said_safe=typed["safe"] == "yes")
    try:
        booked = book_at_desk(
            enquiry_id=current.pk,
            asked=asked,
            ends=visit.posted("then") == "end",
            by=visit.user,
            at=visit.at,
            rng=CHANCE,
        )
    except (NotANumber, NotSafeToRing, EnoughCalls, TimeTaken) as refused:
        return _show(visit, current, typed, (FieldFault(FIELD_OF[type(refused)], says(refused)),))
    leave_notice(visit.request, _say(booked), text=_how_told(visit, booked))
    return visit.back()


def _say(booked: Appointment) -> str:
    return _("Booked. Say: we ring you at %(when)s, on %(number)s. Your reference is %(reference)s.") % {
        "when": when_in_words(booked.at),
        "number": spoken_phone(booked.phone),
        "reference": booked.reference,
    }


def _how_told(visit: Visit, booked: Appointment) -> str:
    helpers = helpers_of(booked)
    if is_for_helpers_alone(helpers):
        return _("%(name)s, who helps them, is told in their place.") % {
            "name": next(each for each in helpers if each.news_to == NewsTo.HELPER).full_name
        }
    route = route_for(appointment=booked, news=News.BOOKED, at=visit.at)
    if route is None:
        return _(
            "We have no safe way to write to them: let them write down the time and the reference, and say both twice."
        )
    return _(TOLD[route.channel.value])


def _show(
    visit: Visit, current: Enquiry, typed: dict[str, str], faults: tuple[FieldFault, ...]
) -> HttpResponse:
    times = times_shown(
        service=current.service,
        at=visit.at,
        since=visit.request.GET.get("from", ""),
        chosen=typed.get("starts_at", ""),
    )
    number = number_to_ring(contact=visit.contact)
    context: dict[str, Any] = {
        "contact": visit.contact,
        "way": shown.way_of(visit.contact),
        "enquiry": shown.current_of(current),
        "name": shown.name_of(visit.contact.customer),
        "is_named": visit.contact.customer is not None,
        "times": times,
        "here": visit.page("desk_book", enquiry=current.pk),
        "phone": typed.get("phone", spoken_phone(number) if number else ""),
        "typed": typed.get("words", ""),
        "faults": {each.field: each.words for each in faults},
        "errors": summary_of(faults),
        "asks_if_safe": any(each.field == "phone" for each in faults),
    }
    return render(visit.request, "desk/book.html", context)
