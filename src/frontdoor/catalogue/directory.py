"""The directory for the finder: what others do and where to go for it, and our own services not offered here yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from frontdoor.catalogue.council import Contact, Council, Listing
from frontdoor.dialogue.finder import Entry, Kind


@dataclass(frozen=True)
class Whose:
    """Who meets a need, and how to reach them. `name` is None while the customer's place is not known."""

    name: str | None
    ours: bool
    contact: Contact


def directory_entries(council: Council) -> tuple[Entry, ...]:
    """Every listing as something to be found; our own services come as articles until they have a pack."""
    return tuple(_entry(listing) for listing in council.directory)


def listing_of(council: Council, entry_id: str) -> Listing | None:
    """The listing behind an entry that was found, None if it is not from the directory."""
    return next((one for one in council.directory if one.id == entry_id), None)


def whose(*, council: Council, listing: Listing, district: str | None, on: date) -> Whose:
    """Who meets the need of a listing for somebody in a district (its id, or None) on a day."""
    if listing.who == "us":
        return Whose(council.name, ours=True, contact=council.contact)
    if listing.who != "district":
        body = next(one for one in council.bodies if one.id == listing.who)
        return Whose(body.name, ours=False, contact=body.contact)
    if district is None:
        return Whose(
            None, ours=False, contact=Contact(words="Tell us your postcode to see which council it is.")
        )
    now = council.authority_on(district, on)
    return Whose(now.name, ours=council.is_ours(now.id, on), contact=now.contact)


def due_for_review(council: Council, on: date) -> tuple[Listing, ...]:
    """Listings whose facts must be checked by now, the longest overdue first."""
    due = (listing for listing in council.directory if listing.review_by <= on)
    return tuple(sorted(due, key=lambda listing: (listing.review_by, listing.id)))


def _entry(listing: Listing) -> Entry:
    kind: Kind = "article" if listing.who == "us" else "not ours"
    return Entry(listing.id, listing.title, listing.phrases, listing.keywords, kind)
