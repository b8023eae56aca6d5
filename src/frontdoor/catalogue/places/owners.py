"""Who answers for something at a place on a day. Nothing here knows a council's name: the rules are its data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from frontdoor.catalogue.council import Contact, Council
from frontdoor.catalogue.council_checks import TIERS
from frontdoor.catalogue.faults import did_you_mean, one_of
from frontdoor.catalogue.places.values import Street

if TYPE_CHECKING:  # its geometry is loaded with the first address that is asked for
    from frontdoor.catalogue.places.gazetteer import Gazetteer

OUTSIDE = "outside"


class UnknownCategory(LookupError):
    """The council's data does not say who answers for this category. Trying again will not help; add it there."""


@dataclass(frozen=True)
class Owner:
    """Who answers: `id` of an authority or body (`outside` where the place is on nobody's map here), and the rule."""

    id: str
    name: str
    ours: bool
    contact: Contact
    rule: str
    street: Street | None = None


def owner_of(
    *, council: Council, places: Gazetteer, category: str, lat: float, lon: float, on: date
) -> Owner:
    """Who answers for a category at a place on a day. Raises `UnknownCategory`."""
    by = _rule_on(council, category, on)
    if by not in TIERS:
        return _body(council, by, by)
    district = places.district_at(lat, lon)
    if district is None:
        words = "This place is outside our area. Ask the council it lies in."
        return Owner(OUTSIDE, "another council", ours=False, contact=Contact(words=words), rule=OUTSIDE)
    if by == "road owner":
        return _road_owner(council, places, district, lat, lon, on)
    return _authority(council, authority_over(council=council, district=district, tier=by, on=on), by, on)


def owner_of_street(*, council: Council, street: Street, on: date) -> Owner:
    """Who looks after a street on a day."""
    if any(one.id == street.owner for one in council.authorities):
        return replace(_authority(council, street.owner, "road owner", on), street=street)
    return replace(_body(council, street.owner, "road owner"), street=street)


def authorities_at(
    *, council: Council, places: Gazetteer, lat: float, lon: float, on: date
) -> frozenset[str]:
    """Ids of every authority with a say at a place on a day: district and county, or one unitary council."""
    district = places.district_at(lat, lon)
    if district is None:
        return frozenset()
    return frozenset(
        authority_over(council=council, district=district, tier=tier, on=on)
        for tier in ("upper tier", "lower tier")
    )


def authority_over(*, council: Council, district: str, tier: str, on: date) -> str:
    """The id of the `upper tier` or `lower tier` authority for a district on a day; a unitary council is both.

    Raises KeyError for a district the council's data does not know.
    """
    now = council.authority_on(district, on)
    if tier == "lower tier" or now.tier == "unitary" or now.parent is None:
        return now.id
    return council.authority_on(now.parent, on).id


def _rule_on(council: Council, category: str, on: date) -> str:
    rules = council.responsibilities.get(category)
    found = next((rule.by for rule in rules or () if rule.holds_on(on)), None)
    if found is None:
        known = list(council.responsibilities)
        help_ = did_you_mean(category, known) or one_of(known)
        raise UnknownCategory(f'Nobody is named for "{category}" on {on}. {help_}')
    return found


def _road_owner(
    council: Council, places: Gazetteer, district: str, lat: float, lon: float, on: date
) -> Owner:
    near = places.nearest_street(lat, lon)
    if near is None:
        return _authority(
            council,
            authority_over(council=council, district=district, tier="upper tier", on=on),
            "upper tier",
            on,
        )
    return owner_of_street(council=council, street=near.street, on=on)


def _authority(council: Council, authority: str, rule: str, on: date) -> Owner:
    now = council.authority_on(authority, on)
    return Owner(now.id, now.name, ours=council.is_ours(now.id, on), contact=now.contact, rule=rule)


def _body(council: Council, body: str, rule: str) -> Owner:
    found = next(one for one in council.bodies if one.id == body)
    return Owner(found.id, found.name, ours=False, contact=found.contact, rule=rule)
