"""What an advisor may be asked about, and what the pack gives them to read while they answer."""

from __future__ import annotations

from dataclasses import dataclass

from frontdoor.catalogue.pack import Article, Pack
from frontdoor.catalogue.published import our_catalogue
from frontdoor.catalogue.schema.texts import Reader

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


def subjects() -> list[tuple[str, list[Subject]]]:
    """All that people come with, by the name of the service."""
    packs = sorted(our_catalogue(), key=lambda pack: pack.service.name)
    return [(pack.service.name, _of(pack)) for pack in packs]


def guidance_for(*, service: str, enquiry: str) -> Guidance | None:
    """What there is to read about this enquiry; None while it is not known what it is about."""
    pack = our_catalogue().packs.get(service)
    if pack is None:
        return None
    every = sorted(pack.articles.values(), key=lambda each: (each.enquiry != (enquiry or None), each.title))
    return Guidance(
        service_name=pack.service.name,
        summary=pack.service.summary,
        team=pack.service.owner,
        skills=pack.service.skills,
        for_staff=tuple(each for each in every if each.reader is Reader.STAFF),
        for_customers=tuple(each for each in every if each.reader is Reader.CUSTOMERS),
        can_fill=any(each.starts == FORM for each in pack.service.enquiries.values()),
    )


def title_of(*, service: str, enquiry: str) -> str:
    """What an enquiry is called; the name of the service, or its bare id, where that is all there is."""
    pack = our_catalogue().packs.get(service)
    if pack is None:
        return service
    found = pack.service.enquiries.get(enquiry)
    return found.title if found else pack.service.name


def _of(pack: Pack) -> list[Subject]:
    return [Subject(f"{pack.id}/{name}", each.title) for name, each in pack.service.enquiries.items()]
