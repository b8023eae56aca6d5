"""Find what somebody needs from their own words: our services, things to read, and what others do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from frontdoor.catalogue.council import Listing
from frontdoor.catalogue.directory import Whose, directory_entries, listing_of, whose
from frontdoor.catalogue.pack import Catalogue, Enquiry, Pack
from frontdoor.catalogue.published import our_catalogue, our_council, our_places
from frontdoor.catalogue.schema.texts import Reader
from frontdoor.dialogue.finder import Entry, Finder, Found
from frontdoor.dialogue.urgent import Urgent
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor

ARTICLE_MARK = "read:"
UNNAMED = Actor("customer", "unnamed")
Leads = Literal["form", "track", "article", "elsewhere", "ours"]


@dataclass(frozen=True)
class Offer:
    """One thing that may be meant. `leads` says where: a form, tracking, an article, somebody else's service, or one of
    our own that is not offered here yet.
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


def find_help(*, words: str) -> Help:
    """What these words may be about, best first, at most six; danger is heard before anything else."""
    kept = _kept()
    findings = kept.finder.find(words)
    offers = [offer for found in findings.found if (offer := kept.offer(found))]
    once = list(
        {(offer.leads, offer.service, offer.article, offer.title): offer for offer in offers}.values()
    )
    return Help(tuple(once), findings.sure, findings.corrected, findings.urgent)


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

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.finder = Finder([*_entries(catalogue), *directory_entries(our_council())])

    def offer(self, found: Found) -> Offer | None:
        if found.entry.id.startswith(ARTICLE_MARK):
            service, name = found.entry.id.removeprefix(ARTICLE_MARK).split("/", 1)
            return _to_article(self.catalogue.pack(service), name)
        service, _, name = found.entry.id.partition("/")
        pack = self.catalogue.packs.get(service) if name else None
        if pack is not None:
            return _to_service(pack, pack.service.enquiries[name])
        entry = listing(found.entry.id)
        if entry is None:
            return None
        return Offer(entry.title, "ours" if entry.who == "us" else "elsewhere", listing=entry)


_finders: list[_Kept] = []


def _kept() -> _Kept:
    """The finder of the catalogue in use; made anew when the packs were read anew."""
    if not _finders or _finders[0].catalogue is not our_catalogue():
        _finders[:] = [_Kept(our_catalogue())]
    return _finders[0]


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


def _to_service(pack: Pack, enquiry: Enquiry) -> Offer:
    if enquiry.article is not None:
        return _to_article(pack, enquiry.article)
    leads: Leads = "track" if enquiry.starts == "track" else "form"
    return Offer(enquiry.title, leads, service=pack.id, service_name=pack.service.name)


def _to_article(pack: Pack, name: str) -> Offer:
    article = pack.articles[name]
    return Offer(article.title, "article", service=pack.id, service_name=pack.service.name, article=name)
