"""Places and addresses made whole from the council's own gazetteer: what was typed or pressed on the map gets the
street, the district and the point that belong to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from frontdoor.catalogue.places.values import Address
from frontdoor.catalogue.published import our_places
from frontdoor.forms.definition import Question, QuestionType
from frontdoor.forms.reading.outcome import Typed

if TYPE_CHECKING:  # its geometry is loaded with the first address that is asked for
    from frontdoor.catalogue.places.gazetteer import Gazetteer

NEAR_STREET_METRES = 60.0
PARTS = ("line1", "line2", "line3", "town", "postcode", "uprn", "district")


def addresses_for(postcode: str) -> list[Address]:
    """The addresses of a postcode, in the order of a walk down the street; empty for one we do not know."""
    return our_places().addresses_at(postcode)


def located(*, question: Question, given: Typed) -> Typed:
    """The fields of a page with what the gazetteer adds to them; other questions come back as they are.

    An address chosen from the list (`…-chosen`, a UPRN) fills the lines; a point fills street and district; a
    street chosen by name (`…-usrn`) fills the point.
    """
    if question.type is QuestionType.ADDRESS:
        return _with_address(question.id, given)
    if question.type is QuestionType.PLACE:
        return _with_place(question.id, given, our_places())
    return given


def _with_address(name: str, given: Typed) -> Typed:
    chosen = one(given, f"{name}-chosen")
    address = our_places().address(chosen) if chosen else None
    if address is None:
        return given
    fields = {
        "uprn": address.uprn,
        "district": address.district,
        "postcode": address.postcode,
        **_lines(address),
    }
    return {**_without(name, PARTS, given), **{f"{name}-{part}": value for part, value in fields.items()}}


def _lines(address: Address) -> dict[str, str]:
    """The lines of an envelope. Where there is no town the road stands in its place, as the post does it."""
    if not address.town:
        return {"line1": address.house, "town": address.street}
    lines = [line for line in address.lines if line != address.town]
    return {**dict(zip(("line1", "line2", "line3"), lines, strict=False)), "town": address.town}


def _with_place(name: str, given: Typed, places: Gazetteer) -> Typed:
    lat, lon = _degrees(one(given, f"{name}-lat")), _degrees(one(given, f"{name}-lon"))
    if lat is not None and lon is not None:
        return {**_without(name, ("street", "usrn", "district"), given), **_at_point(name, places, lat, lon)}
    street = places.street(one(given, f"{name}-usrn"))
    if street is None:
        return _without(name, ("street", "usrn", "district"), given)
    found = {"street": street.words, "lat": f"{street.lat:.6f}", "lon": f"{street.lon:.6f}"}
    district = places.district_at(street.lat, street.lon)
    return {
        **given,
        **{f"{name}-{part}": value for part, value in {**found, "district": district or ""}.items()},
    }


def _at_point(name: str, places: Gazetteer, lat: float, lon: float) -> dict[str, str]:
    fields = {f"{name}-district": places.district_at(lat, lon) or ""}
    near = places.nearest_street(lat, lon)
    if near is not None and near.metres <= NEAR_STREET_METRES:
        fields |= {f"{name}-street": near.street.words, f"{name}-usrn": near.street.usrn}
    return fields


def one(given: Typed, field: str) -> str:
    """The single value of a field, trimmed; the last where it came more than once."""
    value = given.get(field, "")
    text = value if isinstance(value, str) else (value[-1] if value else "")
    return text.strip()


def _without(name: str, parts: Sequence[str], given: Typed) -> Mapping[str, str | Sequence[str]]:
    dropped = {f"{name}-{part}" for part in parts}
    return {field: value for field, value in given.items() if field not in dropped}


def _degrees(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -180 <= value <= 180 else None
