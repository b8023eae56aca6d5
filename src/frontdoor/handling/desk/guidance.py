"""What an advisor may be asked about, and what the pack gives them to read while they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from frontdoor.catalogue.council import Listing
from frontdoor.catalogue.directory import Whose
from frontdoor.catalogue.pack import Article, ContactService
from frontdoor.catalogue.published import our_catalogue
from frontdoor.catalogue.schema.texts import Reader
from frontdoor.dialogue.urgent import Urgent
from frontdoor.handling.finding import Offer, find_help, whose_is

FORM = "form"


@dataclass(frozen=True)
class Subject:
    """One thing that people come with: `id` is `service/enquiry`."""

    id: str
    title: str


@dataclass(frozen=True)
class Guidance:
    """What there is to read about an enquiry: for who answers, and for the customer; what is closest to it first.

    `can_fill`: the service has a form that can be filled in together. `transfer_to` is the team behind the service.
    """

    service_name: str
    summary: str
    team: str
    skills: tuple[str, ...]
    for_staff: tuple[Article, ...]
    for_customers: tuple[Article, ...]
    can_fill: bool


@dataclass(frozen=True)
class Meant:
    """What somebody's words may be about: a subject of ours (`service/enquiry`), or what others do, and who they are."""

    title: str
    subject: str
    service_name: str
    listing: Listing | None = None
    whose: Whose | None = None


def what_is_meant(*, words: str, postcode: str, on: date) -> tuple[list[Meant], Urgent | None]:
    """What these words may be about, best first, and the danger that is heard in them; `postcode` says whose district
    it is, where that matters.
    """
    found = find_help(words=words, at_desk=True)
    meant = [_meant(offer, postcode, on) for offer in found.offers]
    once = {(each.subject, each.listing.id if each.listing else ""): each for each in reversed(meant)}
    return list(reversed(once.values())), found.urgent


def _meant(offer: Offer, postcode: str, on: date) -> Meant:
    if offer.listing is not None:
        return Meant(
            offer.title, "", "", offer.listing, whose_is(entry=offer.listing, postcode=postcode, on=on)
        )
    service = our_catalogue().services[offer.service]
    named = (
        name
        for name, each in service.enquiries.items()
        if each.title == offer.title or (offer.article and each.article == offer.article)
    )
    name = next(named, "")
    return Meant(offer.title, f"{service.id}/{name}" if name else service.id, offer.service_name)


def subjects() -> list[tuple[str, list[Subject]]]:
    """All that people come with, by the name of the service."""
    return [(each.name, _of(each)) for each in our_catalogue().by_name()]


def guidance_for(*, service: str, enquiry: str) -> Guidance | None:
    """What there is to read about this enquiry; None while it is not known what it is about."""
    offered = our_catalogue().services.get(service)
    if offered is None:
        return None
    pack = our_catalogue().packs.get(service)
    articles = pack.articles.values() if pack else ()
    every = sorted(articles, key=lambda each: (each.enquiry != (enquiry or None), each.title))
    return Guidance(
        service_name=offered.name,
        summary=offered.summary,
        team=offered.owner,
        skills=offered.skills,
        for_staff=tuple(each for each in every if each.reader is Reader.STAFF),
        for_customers=tuple(each for each in every if each.reader is Reader.CUSTOMERS),
        can_fill=any(each.starts == FORM for each in offered.enquiries.values()),
    )


def title_of(*, service: str, enquiry: str) -> str:
    """What an enquiry is called; the name of the service, or its bare id, where that is all there is."""
    offered = our_catalogue().services.get(service)
    if offered is None:
        return service
    found = offered.enquiries.get(enquiry)
    return found.title if found else offered.name


def _of(service: ContactService) -> list[Subject]:
    return [Subject(f"{service.id}/{name}", each.title) for name, each in service.enquiries.items()]
