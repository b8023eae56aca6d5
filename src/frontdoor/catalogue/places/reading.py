"""Reads `places.geojson` and `addresses.csv` of a council's folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from shapely.geometry import LineString, shape
from shapely.geometry.base import BaseGeometry

from frontdoor.catalogue.faults import Fault, FaultyFiles
from frontdoor.catalogue.places.values import Address, Gritting, Light, RoadClass, Street

COLUMNS = tuple(column.name for column in fields(Address))


class PlacesFaults(FaultyFiles):
    """The council's places cannot be read; nothing that needs a map or an address works until they are mended."""


@dataclass(frozen=True)
class Area:
    """A lower-tier authority's area, in degrees."""

    authority: str
    name: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Drawn:
    """A street with its line, in degrees."""

    street: Street
    line: LineString


def read_features(path: Path) -> tuple[list[Area], list[Drawn]]:
    """Areas and streets of a GeoJSON file. Raises `PlacesFaults`."""
    features = _features(path)
    areas, streets = [], []
    for number, feature in enumerate(features, start=1):
        try:
            facts = feature["properties"]
            if facts["kind"] == "district":
                areas.append(Area(facts["id"], facts["name"], shape(feature["geometry"])))
            elif facts["kind"] == "road":
                streets.append(_drawn(facts, shape(feature["geometry"])))
        except (KeyError, TypeError, ValueError) as error:
            problem = f"feature {number} lacks or misstates {error}"
            raise _fault(path, number + 1, problem, "Give it the properties its kind needs.") from None
    return areas, streets


def _drawn(facts: dict[str, Any], geometry: BaseGeometry) -> Drawn:
    line = cast(LineString, geometry)
    middle = line.interpolate(0.5, normalized=True)
    street = Street(
        usrn=str(facts["usrn"]),
        name=facts["name"],
        town=facts["town"],
        road_class=cast(RoadClass, facts["class"]),
        owner=facts["owner"],
        is_lit=bool(facts["lit"]),
        gritting=cast(Gritting, facts["gritting"]),
        lat=round(middle.y, 6),
        lon=round(middle.x, 6),
    )
    return Drawn(street, line)


def read_lights(path: Path) -> list[Light]:
    """Street lights of a GeoJSON file of points; none where the council has no such file. Raises `PlacesFaults`."""
    lights = []
    for number, feature in enumerate(_features(path) if path.is_file() else [], start=1):
        try:
            lon, lat = feature["geometry"]["coordinates"]
            facts = feature["properties"]
            lights.append(Light(facts["column"], facts["usrn"], float(lat), float(lon)))
        except (KeyError, TypeError, ValueError) as error:
            problem = f"street light {number} lacks or misstates {error}"
            raise _fault(path, number + 1, problem, "Give it a point, a column and a usrn.") from None
    return lights


def read_addresses(path: Path) -> Iterator[Address]:
    """Addresses of a CSV file with the columns of `Address`, one by one. Raises `PlacesFaults`."""
    if not path.is_file():
        raise _fault(path, 0, "there is no such file", "Write it, or give the right folder.")
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file)
        heading = tuple(next(rows, ()))
        if heading != COLUMNS:
            raise _fault(
                path, 1, f"the columns are {', '.join(heading)}", f"They must be {', '.join(COLUMNS)}."
            )
        for line, row in enumerate(rows, start=2):
            try:
                *words, lat, lon = row
                uprn, house, street, usrn, town, postcode, district = words
                yield Address(uprn, house, street, usrn, town, postcode, district, float(lat), float(lon))
            except ValueError:
                raise _fault(
                    path, line, "this row does not fit the columns", "Correct or remove it."
                ) from None


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    except FileNotFoundError:
        raise _fault(path, 0, "there is no such file", "Write it, or give the right folder.") from None
    except (ValueError, KeyError, TypeError):
        raise _fault(
            path, 0, "this is not a GeoJSON feature collection", "Export it again as GeoJSON."
        ) from None
    return features


def _fault(path: Path, line: int, problem: str, mend: str) -> PlacesFaults:
    return PlacesFaults([Fault(str(path), line, "", problem, mend)])
