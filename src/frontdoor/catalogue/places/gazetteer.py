"""Addresses by postcode, streets by name or nearness, authorities by point. Files are read once, when first needed."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process
from shapely import STRtree, prepare
from shapely.geometry.base import BaseGeometry

from frontdoor.catalogue.places.plane import Plane
from frontdoor.catalogue.places.reading import Area, Drawn, read_addresses, read_features, read_lights
from frontdoor.catalogue.places.values import Address, Light, NearStreet, Street
from frontdoor.kernel.postcodes import read_postcode

LEAST_LIKE = 68.0
ENDINGS = {
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "dr": "drive",
    "cres": "crescent",
}


@lru_cache(maxsize=8)
def gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a council's folder; the same one each time it is asked for."""
    return Gazetteer(folder)


class Gazetteer:
    """Look-ups over `places.geojson` and `addresses.csv` of one folder. Raises `PlacesFaults` when first used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def addresses_at(self, postcode: str) -> list[Address]:
        """The addresses with a postcode, however it is typed, in the order of a walk down the street."""
        tidy = read_postcode(postcode)
        return sorted(self._by_postcode.get(tidy or "", ()), key=_walk)

    def address(self, uprn: str) -> Address | None:
        """The address with this UPRN; leading noughts do not matter."""
        return self._by_uprn.get(uprn.lstrip("0"))

    def every_address(self) -> list[Address]:
        """All addresses, in the order of the council's file."""
        return self._addresses

    def authority_for_postcode(self, postcode: str) -> frozenset[str]:
        """Ids of the authorities the postcode's addresses lie in.

        More than one: the postcode cannot decide; ask for the address.
        """
        return frozenset(address.district for address in self.addresses_at(postcode))

    def has_outward(self, outward: str) -> bool:
        """Whether any of our addresses has a postcode that begins so (`ZW3`): an unknown one of these may be new."""
        return any(postcode.split()[0] == outward for postcode in self._by_postcode)

    def search_streets(self, text: str, limit: int = 10) -> list[Street]:
        """Streets most like the words, best first; slips of the keyboard are forgiven, a town's name helps."""
        words = _plain(text)
        if not words:
            return []
        found = process.extract(
            words, self._street_words, scorer=_likeness, limit=max(limit * 3, 30), score_cutoff=LEAST_LIKE
        )
        best = sorted(found, key=lambda one: (-one[1], one[0]))[:limit]
        return [self._drawn[at].street for _, _, at in best]

    def street(self, usrn: str) -> Street | None:
        """The street with this USRN."""
        return self._by_usrn.get(usrn)

    def nearest_street(self, lat: float, lon: float) -> NearStreet | None:
        """The street nearest to a point; None where the council has no streets at all."""
        point = self._plane.point(lat, lon)
        if not self._drawn:
            return None
        at = int(self._street_tree.nearest(point))
        return NearStreet(self._drawn[at].street, round(self._lines[at].distance(point), 1))

    def streets_near(self, lat: float, lon: float, *, metres: float) -> list[NearStreet]:
        """Every street within so many metres, nearest first."""
        point = self._plane.point(lat, lon)
        found = self._street_tree.query(point, predicate="dwithin", distance=metres)
        near = [NearStreet(self._drawn[at].street, round(self._lines[at].distance(point), 1)) for at in found]
        return sorted(near, key=lambda one: (one.metres, one.street.usrn))

    def light(self, column: str) -> Light | None:
        """The street light with this number on its column, however it is typed."""
        return self._by_column.get(_plain(column).replace(" ", ""))

    def lights_near(self, lat: float, lon: float, *, metres: float) -> list[Light]:
        """Every street light within so many metres, nearest first."""
        point = self._plane.point(lat, lon)
        found = self._light_tree.query(point, predicate="dwithin", distance=metres)
        return [self._lights[at] for at in sorted(found, key=lambda at: self._lamps[at].distance(point))]

    def district_at(self, lat: float, lon: float) -> str | None:
        """The id of the lower-tier authority at a point (a unitary council counts); None outside all of them."""
        point = self._plane.point(lat, lon)
        at = next((at for at in self._area_tree.query(point) if self._area_shapes[at].covers(point)), None)
        return None if at is None else self._areas[at].authority

    def within(self, lat: float, lon: float) -> bool:
        """Whether a point lies on the council's map at all (in any of its areas, a unitary city included)."""
        return self.district_at(lat, lon) is not None

    @cached_property
    def _features(self) -> tuple[list[Area], list[Drawn]]:
        return read_features(self._folder / "places.geojson")

    @property
    def _areas(self) -> list[Area]:
        return self._features[0]

    @property
    def _drawn(self) -> list[Drawn]:
        return self._features[1]

    @cached_property
    def _plane(self) -> Plane:
        bounds = [area.shape.bounds for area in self._areas]
        south, north = min(box[1] for box in bounds), max(box[3] for box in bounds)
        return Plane((south + north) / 2)

    @cached_property
    def _lines(self) -> list[BaseGeometry]:
        return [self._plane.flat(drawn.line) for drawn in self._drawn]

    @cached_property
    def _street_tree(self) -> STRtree:
        return STRtree(self._lines)

    @cached_property
    def _area_shapes(self) -> list[BaseGeometry]:
        shapes = [self._plane.flat(area.shape) for area in self._areas]
        prepare(shapes)
        return shapes

    @cached_property
    def _area_tree(self) -> STRtree:
        return STRtree(self._area_shapes)

    @cached_property
    def _lights(self) -> list[Light]:
        return read_lights(self._folder / "lights.geojson")

    @cached_property
    def _lamps(self) -> list[BaseGeometry]:
        return [self._plane.point(light.lat, light.lon) for light in self._lights]

    @cached_property
    def _light_tree(self) -> STRtree:
        return STRtree(self._lamps)

    @cached_property
    def _by_column(self) -> dict[str, Light]:
        return {_plain(light.column).replace(" ", ""): light for light in self._lights}

    @cached_property
    def _by_usrn(self) -> dict[str, Street]:
        return {drawn.street.usrn: drawn.street for drawn in self._drawn}

    @cached_property
    def _street_words(self) -> list[str]:
        return [_plain(drawn.street.words) for drawn in self._drawn]

    @cached_property
    def _addresses(self) -> list[Address]:
        return list(read_addresses(self._folder / "addresses.csv"))

    @cached_property
    def _by_uprn(self) -> dict[str, Address]:
        return {address.uprn.lstrip("0"): address for address in self._addresses}

    @cached_property
    def _by_postcode(self) -> dict[str, list[Address]]:
        found: dict[str, list[Address]] = defaultdict(list)
        for address in self._addresses:
            found[address.postcode].append(address)
        return dict(found)


def _plain(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("'", "").replace("’", ""))
    return " ".join(ENDINGS.get(word, word) for word in words)


def _likeness(one: str, other: str, *, score_cutoff: float | None = None, **_: object) -> float:
    """How like two plain names are, 0 to 100: most for the same beginning, less for the same words anywhere."""
    start = fuzz.ratio(one, other[: len(one)])
    return max(start, 0.97 * fuzz.token_sort_ratio(one, other), 0.9 * fuzz.token_set_ratio(one, other))


def _walk(address: Address) -> tuple[str, int, str]:
    number = re.search(r"\d+", address.house.rpartition(", ")[2])
    return address.street, int(number[0]) if number else 0, _padded(address.house)


def _padded(house: str) -> str:
    return re.sub(r"\d+", lambda digits: digits[0].zfill(5), house)
