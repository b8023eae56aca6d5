"""The desk with nobody on the line, and the one screen of a contact."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.models import Enquiry
from frontdoor.cases.queries import enquiries_waiting_for
from frontdoor.contacts.models import Contact
from frontdoor.handling.appointments.ringing import calls_to_come, calls_to_ring
from frontdoor.handling.demand.classifying import to_confirm
from frontdoor.handling.desk.drafts import unfinished_of
from frontdoor.handling.desk.guidance import what_is_meant
from frontdoor.handling.desk.sameness import doubts_about, merge_to_part, pairs_to_settle
from frontdoor.handling.desk.seeing import everything_open, find_customers, postcode_of
from frontdoor.handling.desk.taking import contact_in_hand
from frontdoor.kernel.clock import day_of, now_utc, start_of_day
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.staff.queries import all_teams
from frontdoor.web.desk import shown
from frontdoor.web.desk.careful import care_shown
from frontdoor.web.desk.handed import TYPED as HANDED_TYPED
from frontdoor.web.desk.handed import given_shown, told_choices, with_all
from frontdoor.web.desk.visit import ASKED_FOR, LOOKED_FOR, TYPED, Visit, contact_page
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import take_notice

LONGEST = 100
MOST_ROWS = 25
MOST_PAIRS = 99


@require_safe
@staff_page(May.TAKE_CONTACTS)
def desk(request: StaffRequest) -> HttpResponse:
    """Begin a contact; what waits for this person, and what they took today. A contact in hand opens instead."""
    user, at = request.user, now_utc()
    in_hand = contact_in_hand(user=user)
    if in_hand is not None:
        return redirect("desk_contact", in_hand.pk)
    today = Contact.objects.filter(taken_by=user, answered_at__gte=start_of_day(day_of(at)))
    waiting = enquiries_waiting_for(user=user)
    context = {
        "ways": shown.WAYS,
        "taken": today.count(),
        "late": waiting.filter(promised_for_at__lt=at).count(),
        "causes": to_confirm(user=user, at=at).count(),
        "waiting_count": waiting.count(),
        "waiting": given_shown(with_all(waiting)[:MOST_ROWS], user, at),
        "told": told_choices(),
        "here": request.path,
        "typed": request.session.pop(HANDED_TYPED, {}),
        "pairs": _pairs(user),
        "calls": [shown.call(each, at) for each in calls_to_ring(user=user, at=at)[:MOST_ROWS]],
        "calls_to_come": calls_to_come(user=user, at=at).count(),
        "today": [shown.taken(each) for each in _with_enquiries(today)],
        "notice": take_notice(request),
    }
    return render(request, "desk/desk.html", context)


def _pairs(user: User) -> str:
    """How many records may be one person, for who may settle it; a long list is not counted to its end."""
    if not may(user, May.SETTLE_SAMENESS):
        return ""
    count = pairs_to_settle(user=user)[: MOST_PAIRS + 1].count()
    return f"{MOST_PAIRS}+" if count > MOST_PAIRS else str(count or "")


def _sameness(visit: Visit) -> dict[str, Any]:
    customer, user = visit.contact.customer, visit.user
    if customer is None:
        return {"doubts": [], "merged": None}
    doubts = doubts_about(customer=customer, user=user)
    return {
        "doubts": [{**shown.candidate(each.other), "id": each.likeness_id} for each in doubts],
        "merged": merge_to_part(customer=customer, user=user),
    }


def _with_enquiries(today: Any) -> list[Contact]:
    found = today.select_related("customer").prefetch_related("enquiries").order_by("-answered_at")
    return list(found[:MOST_ROWS])


@require_safe
@contact_page
def contact(visit: Visit) -> HttpResponse:
    """The one screen: who it is, what they have open, what it is about, what to say, and how it ended."""
    if visit.contact.wrapped_at is not None:
        return redirect("desk")
    words, asked = _kept(visit, LOOKED_FOR), _kept(visit, ASKED_FOR)
    enquiries = list(
        Enquiry.objects.filter(contact=visit.contact)
        .select_related("case", "to_team")
        .order_by("began_at", "pk")
    )
    current = next((each for each in enquiries if each.is_open), None)
    customer = visit.contact.customer
    picture = everything_open(customer=customer, user=visit.user, at=visit.at) if customer else None
    context = {
        "contact": visit.contact,
        "way": shown.way_of(visit.contact),
        "words": words,
        "found": _found(visit, words) if customer is None and words else [],
        "picture": shown.picture_of(picture) if picture else None,
        "care": care_shown(visit),
        "unfinished": unfinished_of(customer=customer, but_not=visit.contact.pk, user=visit.user, at=visit.at)
        if customer
        else [],
        **_sameness(visit),
        "closed": [shown.closed(each) for each in enquiries if not each.is_open],
        "current": shown.current_of(current) if current else None,
        "asked": asked,
        **_meant(visit, asked),
        "subjects": shown.subject_choices(),
        "outcomes": shown.OUTCOMES,
        "withins": shown.WITHINS,
        "whom": shown.whom_of(all_teams()),
        "typed": visit.request.session.pop(TYPED, ""),
        "notice": take_notice(visit.request),
    }
    return render(visit.request, "desk/contact.html", context)


@require_POST
@contact_page
def find(visit: Visit) -> HttpResponse:
    """Who may be meant by what was typed so far: a part of the page as one types, or the page itself."""
    words = visit.posted("q", LONGEST)
    if visit.request.headers.get("HX-Request"):
        context = {"contact": visit.contact, "words": words, "found": _found(visit, words), "is_part": True}
        return render(visit.request, "desk/_found.html", context)
    visit.request.session[LOOKED_FOR] = {"contact": str(visit.contact.pk), "words": words}
    return redirect("desk_contact", visit.contact.pk)


@require_POST
@contact_page
def about(visit: Visit) -> HttpResponse:
    """What it may be about, in the customer's words: a part of the page as one types, or the page itself."""
    asked = visit.posted("asked", 300)
    if visit.request.headers.get("HX-Request"):
        context = {"contact": visit.contact, "asked": asked, "way": shown.way_of(visit.contact)}
        return render(visit.request, "desk/_meant.html", {**context, **_meant(visit, asked)})
    visit.request.session[ASKED_FOR] = {"contact": str(visit.contact.pk), "words": asked}
    return redirect(visit.page("desk_contact") + "#about-title")


def _meant(visit: Visit, asked: str) -> dict[str, Any]:
    if not asked:
        return {"meant": [], "danger": None}
    customer = visit.contact.customer
    postcode = postcode_of(customer=customer, user=visit.user) if customer else ""
    found, danger = what_is_meant(words=asked, postcode=postcode, on=day_of(visit.at))
    return {
        "meant": [shown.meant(each) for each in found],
        "danger": shown.danger(danger) if danger else None,
    }


def _kept(visit: Visit, what: str) -> str:
    """What was typed last in this contact; what was typed in another is forgotten."""
    kept = visit.request.session.get(what, {})
    return str(kept.get("words", "")) if kept.get("contact") == str(visit.contact.pk) else ""


def _found(visit: Visit, words: str) -> list[dict[str, Any]]:
    found = find_customers(words=words, user=visit.user) if words else []
    return [shown.candidate(each) for each in found]
