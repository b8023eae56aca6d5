"""Find a service in one's own words, and what others do: whose it is and where to go."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from frontdoor.catalogue.council import Listing
from frontdoor.handling.finding import (
    Offer,
    find_help,
    note_danger,
    note_sent_elsewhere,
    whose_is,
)
from frontdoor.handling.finding import listing as listing_in_directory
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.kernel.postcodes import read_postcode
from frontdoor.web.public import sessions
from frontdoor.web.public.markdown import to_html

LONGEST_SEARCH = 300


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What the words may be about; danger first; whose it is where it is not ours."""
    words = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    if not words:
        return render(request, "public/find.html", {"q": "", "help": None, "results": []})
    at, found = now_utc(), find_help(words=words)
    if found.urgent and sessions.is_first_time(request, f"danger {found.urgent.danger}"):
        note_danger(danger=found.urgent.danger, channel="web", at=at)
    first = found.offers[0] if found.offers else None
    answer = _elsewhere(first, at_once=found.is_sure) if first else None
    if (
        answer
        and first
        and first.listing
        and sessions.is_first_time(request, f"elsewhere {first.listing.id}")
    ):
        note_sent_elsewhere(listing_id=first.listing.id, channel="web", at=at)
    rest = found.offers[1:] if answer else found.offers
    results = [{"offer": offer, "href": address_of(offer)} for offer in rest]
    urgent = to_html(found.urgent.do) if found.urgent else ""
    context = {"q": words, "help": found, "answer": answer, "results": results, "urgent_html": urgent}
    return render(request, "public/find.html", context)


def _elsewhere(offer: Offer, *, at_once: bool) -> dict[str, object] | None:
    """The answer itself, where it is sure what is meant and others do it."""
    if not at_once or offer.leads != "elsewhere" or offer.listing is None:
        return None
    who = whose_is(entry=offer.listing, postcode="", on=day_of(now_utc()))
    return {"listing": offer.listing, "whose": who, "href": address_of(offer)}


def address_of(offer: Offer) -> str:
    """Where an offer leads."""
    if offer.leads == "form":
        return reverse("service", kwargs={"service": offer.service})
    if offer.leads == "track":
        return reverse("track")
    if offer.leads == "article":
        return reverse("article", kwargs={"service": offer.service, "article": offer.article})
    assert offer.listing is not None  # every other kind comes from the directory
    return reverse("elsewhere", kwargs={"listing": offer.listing.id})


@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest, listing: str) -> HttpResponse:
    """Whose it is, and where to go. Which district it is, is told from a postcode that is not kept."""
    entry = _listing_or_404(listing)
    at = now_utc()
    if sessions.is_first_time(request, f"elsewhere {entry.id}") and entry.who != "us":
        note_sent_elsewhere(listing_id=entry.id, channel="web", at=at)
    typed = request.POST.get("postcode", "").strip()[:20]
    postcode = read_postcode(typed) or "" if typed else ""
    who = whose_is(entry=entry, postcode=postcode, on=day_of(at))
    fault = ""
    if request.method == "POST" and not postcode:
        fault = "Enter a full UK postcode, like ZW3 1AA"
    elif postcode and who.name is None:
        fault = "We do not know this postcode. Check it, or call us and we tell you which council it is"
    errors = [{"text": fault, "href": "#postcode"}] if fault else []
    context = {
        "listing": entry,
        "whose": who,
        "postcode": typed,
        "errors": errors,
        "back": {"href": reverse("home")},
    }
    return render(request, "public/elsewhere.html", context)


def _listing_or_404(listing_id: str) -> Listing:
    entry = listing_in_directory(listing_id)
    if entry is None:
        raise Http404
    return entry
