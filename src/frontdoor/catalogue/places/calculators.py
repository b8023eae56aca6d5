"""The calculators that look at places, as packs name them: each takes answers as JSON and gives JSON, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from frontdoor.catalogue.council import Contact, Council
from frontdoor.catalogue.places.owners import OUTSIDE, UnknownCategory, authority_over, owner_of
from frontdoor.kernel.facts import Json
from frontdoor.kernel.postcodes import outward_code, read_postcode

if TYPE_CHECKING:  # its geometry is loaded with the first address that is asked for
    from frontdoor.catalogue.places.gazetteer import Gazetteer

NAME_OF_OUTSIDE = "another council"


def place_functions(council: Council, places: Gazetteer, on: date) -> Mapping[str, Callable[..., Json]]:
    """Every calculator that needs the council's places, as it answers on this day."""
    here = _Here(council, places, on)
    return {
        "authority at address": here.authority_at_address,
        "authority at postcode": here.authority_at_postcode,
        "name of authority": here.name_of_authority,
        "district at place": here.district_at_place,
        "owner of problem at place": here.owner_of_problem,
    }


class _Here:
    """The council and its places on one day."""

    def __init__(self, council: Council, places: Gazetteer, on: date) -> None:
        self._council, self._places, self._on = council, places, on

    def authority_at_address(self, address: Json) -> Json:
        """The id of the upper-tier council at an address; by its UPRN where it has one, else by its postcode."""
        if not isinstance(address, dict):
            return None
        known = self._places.address(str(address.get("uprn") or ""))
        return self._over(known.district) if known else self.authority_at_postcode(address.get("postcode"))

    def authority_at_postcode(self, postcode: Json) -> Json:
        """The id of the upper-tier council of a postcode; None where it lies in several, or is new to us."""
        read = read_postcode(postcode) if isinstance(postcode, str) else None
        if read is None:
            return None
        districts = self._places.authority_for_postcode(read)
        if not districts:
            return None if self._places.has_outward(outward_code(read)) else OUTSIDE
        found = {self._over(district) for district in districts}
        return found.pop() if len(found) == 1 else None

    def name_of_authority(self, authority: Json) -> Json:
        """The name of a council of the area."""
        known = {one.id: one.name for one in self._council.authorities}
        return known.get(str(authority), NAME_OF_OUTSIDE)

    def district_at_place(self, place: Json) -> Json:
        """The id of the district at a place."""
        point = _point(place)
        return self._places.district_at(*point) if point else None

    def owner_of_problem(self, category: Json, place: Json) -> Json:
        """Who answers for a kind of problem at a place: `is_us`, `name`, `contact` in words."""
        point = _point(place)
        if point is None:
            return None
        try:
            owner = owner_of(
                council=self._council,
                places=self._places,
                category=str(category),
                lat=point[0],
                lon=point[1],
                on=self._on,
            )
        except UnknownCategory:
            return None
        return {"is_us": owner.ours, "name": owner.name, "contact": contact_in_words(owner.contact)}

    def _over(self, district: str) -> str:
        return authority_over(council=self._council, district=district, tier="upper tier", on=self._on)


def contact_in_words(contact: Contact) -> str:
    """How to reach a body, in one sentence."""
    ways = [
        f"call {contact.phone}" if contact.phone else "",
        f"email {contact.email}" if contact.email else "",
        f"go to {contact.link}" if contact.link else "",
    ]
    said = " or ".join(way for way in ways if way)
    return " ".join(each for each in (contact.words, f"You can {said}." if said else "") if each)


def _point(place: Json) -> tuple[float, float] | None:
    if not isinstance(place, dict):
        return None
    lat, lon = place.get("lat"), place.get("lon")
    return (float(lat), float(lon)) if isinstance(lat, int | float) and isinstance(lon, int | float) else None
