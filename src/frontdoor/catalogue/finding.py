"""What can be found: the enquiries of every pack with what their articles add, and the council's directory."""

from __future__ import annotations

from collections.abc import Iterator

from frontdoor.catalogue.council import Council
from frontdoor.catalogue.directory import directory_entries
from frontdoor.catalogue.pack import Catalogue, Pack
from frontdoor.catalogue.schema.texts import Reader
from frontdoor.dialogue.finder import Entry, Finder

PRIORITY_OF_FORMS = 2  # of equally good ones, what lets somebody act comes before what is only read


def make_finder(*, catalogue: Catalogue, council: Council) -> Finder:
    """A finder over everything the council offers and knows. Takes about a tenth of a second: keep it."""
    packs = [entry for pack in catalogue for entry in pack_entries(pack)]
    taken = {entry.id for entry in packs}
    return Finder([*packs, *(entry for entry in directory_entries(council) if entry.id not in taken)])


def pack_entries(pack: Pack) -> Iterator[Entry]:
    """The pack's enquiries as entries, by the id `service/enquiry`."""
    for name, enquiry in pack.service.enquiries.items():
        read = [
            article
            for article in pack.articles.values()
            if article.enquiry == name and article.reader is not Reader.STAFF
        ]
        words = (phrase for article in read for phrase in (article.title, *article.phrases))
        starts_form = enquiry.starts == "form"
        yield Entry(
            id=enquiry.id,
            title=enquiry.title,
            phrases=(*enquiry.phrases, *words, *((pack.service.name,) if starts_form else ())),
            keywords=enquiry.keywords,
            kind="service",
            priority=PRIORITY_OF_FORMS if starts_form else 0,
        )
