"""Write the made-up county: `python -m scripts.make_wealdmoor [FOLDER]` (default: councils/wealdmoor).

The same seed gives the same bytes. Coordinates are WGS84, longitude first, as GeoJSON wants them.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from shapely.geometry import LineString, Point, mapping
from shapely.geometry.base import BaseGeometry

from scripts.wealdmoor.addresses import COLUMNS, make_addresses
from scripts.wealdmoor.land import CITY, COUNTY, DISTRICTS, PLACES, Land, make_land
from scripts.wealdmoor.shapes import blob, to_lon_lat
from scripts.wealdmoor.streets import Street, make_streets

SEED = 20260401
LIGHT_EVERY_KM = 0.26


def main(folder: Path) -> None:
    """Make the county and write its three files."""
    land = make_land(Random(SEED))
    streets = make_streets(Random(SEED + 1), land)
    rows = make_addresses(Random(SEED + 2), land, streets)
    folder.mkdir(parents=True, exist_ok=True)
    _write_features(folder / "places.geojson", _features(land, streets))
    _write_features(folder / "lights.geojson", _lights(Random(SEED + 3), streets))
    with (folder / "addresses.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _features(land: Land, streets: list[Street]) -> Iterator[dict[str, Any]]:
    yield _feature(land.county, kind="boundary", name="Wealdmoor")
    titles = {name: title for name, (title, _, _) in DISTRICTS.items()} | dict([CITY])
    for district, shape in land.districts.items():
        tier = "unitary" if district == CITY[0] else "district"
        yield _feature(shape, kind="district", id=district, name=titles[district], tier=tier)
    for name, what, shape in land.green:
        yield _feature(shape, kind="green", name=name, green=what)
    yield from _parks(land)
    for name, shape in land.water:
        yield _feature(shape, kind="water", name=name)
    for name, line in land.rail:
        yield _feature(line, kind="rail", name=name)
    for street in sorted(streets, key=lambda street: "UCBAt".index(street.road_class[0])):
        yield _road(street)
    for place in PLACES:
        yield _feature(Point(place.x, place.y), kind="place", name=place.name, size=place.size)


def _parks(land: Land) -> Iterator[dict[str, Any]]:
    rng = Random(SEED + 4)
    for place in PLACES:
        if place.size in ("city", "town"):
            for name in ("Park", "Recreation Ground"):
                angle = rng.uniform(0, 6.28)
                reach = place.radius * 1.04
                x, y = place.x - reach * math.sin(angle), place.y + reach * math.cos(angle)
                shape = blob(x, y, rng.uniform(0.14, 0.24), phase=angle, points=20)
                yield _feature(shape, kind="green", name=f"{place.name} {name}", green="park")


def _road(street: Street) -> dict[str, Any]:
    line = street.shape.simplify(0.002)
    facts = {"name": street.name, "class": street.road_class, "usrn": street.usrn, "owner": street.owner}
    return _feature(line, kind="road", **facts, town=street.town, lit=street.lit, gritting=street.gritting)


def _lights(rng: Random, streets: list[Street]) -> Iterator[dict[str, Any]]:
    number = 1001
    for street in streets:
        if street.lit and street.owner == COUNTY:
            line: LineString = street.shape
            at = LIGHT_EVERY_KM * rng.uniform(0.2, 0.6)
            while at < line.length:
                facts = {"column": f"WM{number:05d}", "usrn": street.usrn}
                yield _feature(line.interpolate(at), kind="street light", **facts)
                number += rng.choice((1, 1, 1, 2))
                at += LIGHT_EVERY_KM


def _feature(shape: BaseGeometry, **facts: object) -> dict[str, Any]:
    geometry = mapping(shape)
    places = _round(geometry["coordinates"])
    return {
        "type": "Feature",
        "properties": facts,
        "geometry": {"type": geometry["type"], "coordinates": places},
    }


def _round(coordinates: Any) -> Any:
    if isinstance(coordinates[0], (int, float)):
        return list(to_lon_lat(coordinates[0], coordinates[1]))
    return [_round(part) for part in coordinates]


def _write_features(path: Path, features: Iterable[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    path.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "councils" / "wealdmoor")
