"""Addresses and places on the map."""

from __future__ import annotations

import re

from frontdoor.forms.definition import Question
from frontdoor.forms.reading.outcome import Answer, Faults, FieldFault, Reading, Typed, fault, plain, typed
from frontdoor.kernel.facts import Json
from frontdoor.kernel.postcodes import read_postcode

LONGEST_LINE = 100
LINES = ("line1", "line2", "line3")
UK = frozenset(
    {"", "uk", "united kingdom", "gb", "great britain", "england", "wales", "scotland", "northern ireland"}
)
DECIMAL = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?")
# A box around the United Kingdom and the sea beside it, where made-up councils lie; in degrees (WGS 84): south, north,
# west, east. Whether a place is the council's own is for its gazetteer to say.
SOUTH, NORTH, WEST, EAST = 49.8, 60.9, -8.7, 3.2
LONGEST_WORDS = 500


def read_address(question: Question, given: Typed) -> Reading:
    """An address, looked up or typed. Abroad (`…-country`) a postcode may be left out and have any form."""
    fields = {
        name: typed(given, f"{question.id}-{name}")
        for name in (*LINES, "town", "postcode", "country", "uprn", "district")
    }
    is_uk = plain(fields["country"]) in UK
    postcode = read_postcode(fields["postcode"]) if is_uk else fields["postcode"].upper()
    wrong = {
        "line1": "" if fields["line1"] else "Enter address line 1, typically the building and street",
        "town": "" if fields["town"] else "Enter a town or city",
        "postcode": _wrong_postcode(fields["postcode"], postcode),
    }
    wrong |= {
        name: f"This line must be {LONGEST_LINE} characters or fewer"
        for name, text in fields.items()
        if len(text) > LONGEST_LINE
    }
    if any(wrong.values()):
        return Faults(
            tuple(FieldFault(f"{question.id}-{name}", words) for name, words in wrong.items() if words)
        )
    return Answer(_address(fields, postcode or "", is_uk=is_uk))


def read_place(question: Question, given: Typed) -> Reading:
    """A place: a point chosen on the map, a street, or words that describe it; the more the better."""
    field = {
        name: typed(given, f"{question.id}-{name}")
        for name in ("lat", "lon", "words", "street", "usrn", "district")
    }
    words = field["words"] or typed(given, question.id)
    if len(words) > LONGEST_WORDS:
        return fault(f"{question.id}-words", f"The description must be {LONGEST_WORDS} characters or fewer")
    if not (words or field["street"] or (field["lat"] and field["lon"])):
        return fault(f"{question.id}-words", "Choose the place on the map, or describe where it is")
    place: dict[str, Json] = {}
    if field["lat"] or field["lon"]:
        point = _point(field["lat"], field["lon"])
        if point is None:
            return fault(f"{question.id}-lat", "Choose a place on the map that is in the United Kingdom")
        place = {"lat": point[0], "lon": point[1]}
    extra = {name: field[name] for name in ("street", "usrn", "district") if field[name]}
    return Answer({**place, **extra, "words": words})


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    """The point to about ten centimetres, where it lies in or about the United Kingdom."""
    if not DECIMAL.fullmatch(lat) or not DECIMAL.fullmatch(lon):
        return None
    north, east = round(float(lat), 6), round(float(lon), 6)
    return (north, east) if SOUTH <= north <= NORTH and WEST <= east <= EAST else None


def _wrong_postcode(text: str, postcode: str | None) -> str:
    if postcode is not None:
        return ""
    return "Enter a full UK postcode, like AA3 1AB" if text else "Enter a postcode"


def _address(fields: dict[str, str], postcode: str, *, is_uk: bool) -> dict[str, Json]:
    extra = {name: fields[name] for name in ("uprn", "district") if fields[name]}
    country = {} if is_uk else {"country": fields["country"]}
    lines = [fields[name] for name in LINES if fields[name]]
    return {"lines": lines, "town": fields["town"], "postcode": postcode, **country, **extra}
