"""Find what somebody needs from their own words: our services, things to read, and what others do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from frontdoor.catalogue.council import Listing
from frontdoor.catalogue.directory import Whose, directory_entries, listing_of, whose
from frontdoor.catalogue.pack import Catalogue, ContactService, Enquiry, Pack
from frontdoor.catalogue.published import our_catalogue, our_council, our_places
from frontdoor.catalogue.schema.texts import Reader
from frontdoor.dialogue.finder import Entry, Finder, Found
from frontdoor.dialogue.urgent import Urgent
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor

ARTICLE_MARK = "read:"
UNNAMED = Actor("customer", "unnamed")
Leads = Literal["form", "track", "article", "advisor", "elsewhere", "ours"]


@dataclass(frozen=True)
class Offer:
    """One thing that may be meant. `leads` says where: a form, tracking, an article, an advisor's own answer (only at
    the desk), somebody else's service, or one of our own that is not offered here yet.
    """

    title: str
    leads: Leads
    service: str = ""
    service_name: str = ""
    article: str = ""
    listing: Listing | None = None


@dataclass(frozen=True)
class Help:
    """What was found. `is_sure`: the first may be taken as meant; `corrected` says which words were taken as which."""

    offers: tuple[Offer, ...]
    is_sure: bool
    corrected: tuple[tuple[str, str], ...]
    urgent: Urgent | None


def find_help(*, words: str, at_desk: bool = False) -> Help:
    """What these words may be about, best first, at most six; danger is heard before anything else. `at_desk`: among
    them what advisors answer of services that have no pack, instead of the words for customers about the same.
    """
    kept = _kept(at_desk)
    findings = kept.finder.find(words)
    offers = [offer for found in findings.found if (offer := kept.offer(found))]
    once = list(
        {(offer.leads, offer.service, offer.article, offer.title): offer for offer in offers}.values()
    )
    return Help(tuple(once), findings.sure, findings.corrected, findings.urgent)


def hear(words: str) -> Urgent | None:
    """The danger in these words, if any."""
    return find_help(words=words).urgent


def listing(listing_id: str) -> Listing | None:
    """An entry of the directory of what others do."""
    return listing_of(our_council(), listing_id)


def whose_is(*, entry: Listing, postcode: str, on: date) -> Whose:
    """Who meets the need of a listing; for a district's service, the district of the postcode."""
    districts = our_places().authority_for_postcode(postcode) if postcode else frozenset()
    district = next(iter(districts)) if len(districts) == 1 else None
    return whose(council=our_council(), listing=entry, district=district, on=on)


def note_sent_elsewhere(*, listing_id: str, channel: str, at: datetime) -> None:
    """Count that somebody came to us with what others do: contact that could have been avoided."""
    facts = {"listing": listing_id, "channel": channel, "counts_as": "not ours"}
    record(at=at, by=UNNAMED, event="sent elsewhere", facts=facts)


def note_danger(*, danger: str, channel: str, at: datetime) -> None:
    """Count that danger was heard and what to do was said."""
    facts = {"danger": danger, "channel": channel, "counts_as": "emergency"}
    record(at=at, by=UNNAMED, event="danger heard", facts=facts)


class _Kept:
    """The finder over one catalogue, and the way back from what it finds."""

    def __init__(self, catalogue: Catalogue, *, at_desk: bool) -> None:
        self.catalogue = catalogue
        directory: Iterable[Entry] = directory_entries(our_council())
        if at_desk:
            answered = (each for each in directory if each.id not in catalogue.contacts_only)
            directory = [*_answered_at_desk(catalogue), *answered]
        self.finder = Finder([*_entries(catalogue), *directory])

    def offer(self, found: Found) -> Offer | None:
        if found.entry.id.startswith(ARTICLE_MARK):
            service, name = found.entry.id.removeprefix(ARTICLE_MARK).split("/", 1)
            return _to_article(self.catalogue.pack(service), name)
        service, _, name = found.entry.id.partition("/")
        pack = self.catalogue.packs.get(service) if name else None
        if pack is not None:
            return _to_service(pack, pack.service.enquiries[name])
        if name and (service in self.catalogue.contacts_only):
            return _to_advisor(self.catalogue.contacts_only[service], name)
        entry = listing(found.entry.id)
        if entry is None:
            return None
        return Offer(entry.title, "ours" if entry.who == "us" else "elsewhere", listing=entry)


_finders: dict[bool, _Kept] = {}


def _kept(at_desk: bool) -> _Kept:
    """The finder of the catalogue in use, for the public or for the desk; made anew when the packs were read anew."""
    kept = _finders.get(at_desk)
    if kept is None or kept.catalogue is not our_catalogue():
        kept = _finders[at_desk] = _Kept(our_catalogue(), at_desk=at_desk)
    return kept


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    for pack in catalogue:
        for enquiry in pack.service.enquiries.values():
            yield Entry(
                id=enquiry.id,
                title=f"{enquiry.title} {pack.service.name}",
                phrases=enquiry.phrases,
                keywords=enquiry.keywords,
                priority=1 if enquiry.starts == "form" else 0,
            )
        for article in pack.articles.values():
            if article.reader is Reader.CUSTOMERS and article.phrases:
                yield Entry(
                    id=f"{ARTICLE_MARK}{pack.id}/{article.name}",
                    title=article.title,
                    phrases=article.phrases,
                    kind="article",
                )


def _answered_at_desk(catalogue: Catalogue) -> Iterator[Entry]:
    for service in catalogue.contacts_only.values():
        for enquiry in service.enquiries.values():
            title = f"{enquiry.title} {service.name}"
            yield Entry(enquiry.id, title, enquiry.phrases, enquiry.keywords)


def _to_advisor(service: ContactService, name: str) -> Offer:
    return Offer(service.enquiries[name].title, "advisor", service=service.id, service_name=service.name)


def _to_service(pack: Pack, enquiry: Enquiry) -> Offer:
    if enquiry.article is not None:
        return _to_article(pack, enquiry.article)
    leads: Leads = "track" if enquiry.starts == "track" else "form"
    return Offer(enquiry.title, leads, service=pack.id, service_name=pack.service.name)


def _to_article(pack: Pack, name: str) -> Offer:
    article = pack.articles[name]
    return Offer(article.title, "article", service=pack.id, service_name=pack.service.name, article=name)
