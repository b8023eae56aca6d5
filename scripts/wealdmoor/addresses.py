"""Homes along the streets, with postcodes in an area (ZW) that does not exist."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from shapely import STRtree, prepare, union_all
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from .land import Land, district_of
from .names import house_name
from .shapes import to_lon_lat
from .streets import Street

INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # the letters that end a postcode
PER_POSTCODE = 13
COLUMNS = ("uprn", "house", "street", "usrn", "town", "postcode", "district", "lat", "lon")


@dataclass
class Home:
    """One address; the point is in the plane."""

    house: str
    street: Street
    town: str
    x: float
    y: float
    postcode: str = ""


def make_addresses(rng: Random, land: Land, streets: list[Street]) -> list[dict[str, str]]:
    """Rows of the address file, one a home, in the order of the streets."""
    lines = [street.shape for street in streets]
    tree = STRtree(lines)
    water = prepared(land)
    homes = [
        home
        for street in streets
        for home in _along(rng, street)
        if _is_clear(home, tree, lines) and not water.intersects(Point(home.x, home.y))
    ]
    _give_postcodes(homes, land)
    return [_row(home, number, land) for number, home in enumerate(homes)]


def prepared(land: Land) -> BaseGeometry:
    """The water of the county and a narrow bank, made ready for many questions."""
    water = union_all([shape for _, shape in land.water]).buffer(0.01)
    prepare(water)
    return water


def _row(home: Home, number: int, land: Land) -> dict[str, str]:
    lon, lat = to_lon_lat(home.x, home.y)
    values = (
        f"999{100_000_000 + number * 37:09d}",
        home.house,
        home.street.name,
        home.street.usrn,
        home.town,
        home.postcode,
        district_of(land, home.x, home.y),
        f"{lat:.5f}",
        f"{lon:.5f}",
    )
    return dict(zip(COLUMNS, values, strict=True))


def _is_clear(home: Home, tree: STRtree, lines: list[LineString]) -> bool:
    point = Point(home.x, home.y)
    return all(lines[at].distance(point) > 0.008 for at in tree.query(point.buffer(0.008)))


def _along(rng: Random, street: Street) -> list[Home]:
    if street.road_class == "trunk":
        return []
    if street.place is None:
        return _farms(rng, street)
    step = {"city": 0.13, "town": 0.062}.get(street.place.size, 0.055)
    if street.form == "radial":
        step *= 2.2
    line, homes, at, number = street.shape, [], 0.03, 1
    is_named = street.place.size == "village" and rng.random() < 0.5
    while at < line.length - 0.015:
        if rng.random() < 0.88:
            house = house_name(rng, farm=False) if is_named else str(number)
            homes += _home(rng, street, house, *_beside(line, at, 1 if number % 2 else -1))
        number += 1
        at += step
    return _without_twins(homes)


def _without_twins(homes: list[Home]) -> list[Home]:
    seen: set[str] = set()
    return [home for home in homes if not (home.house in seen or seen.add(home.house))]  # type: ignore[func-returns-value]


def _home(rng: Random, street: Street, house: str, x: float, y: float) -> list[Home]:
    is_central = street.place is not None and street.place.size in ("town", "city")
    if is_central and house.isdigit() and rng.random() < 0.014:
        flats = rng.choice((4, 6, 8))
        return [Home(f"Flat {flat}, {house}", street, street.town, x, y) for flat in range(1, flats + 1)]
    if house.isdigit() and rng.random() < 0.02:
        return [Home(house, street, street.town, x, y), Home(f"{house}A", street, street.town, x + 0.004, y)]
    return [Home(house, street, street.town, x, y)]


def _farms(rng: Random, street: Street) -> list[Home]:
    line = street.shape
    count = int(line.length / 1.3)
    spots = sorted(rng.uniform(0.1, 0.9) * line.length for _ in range(count))
    farms = []
    for spot in spots:
        x, y = _beside(line, spot, rng.choice((-3, 3)))
        farms.append(Home(house_name(rng, farm=True), street, "", x, y))
    return _without_twins(farms)


def _beside(line: LineString, at: float, side: int) -> tuple[float, float]:
    here, ahead = line.interpolate(at), line.interpolate(at + 0.005)
    angle = math.atan2(ahead.y - here.y, ahead.x - here.x) + math.pi / 2
    return here.x + 0.014 * side * math.cos(angle), here.y + 0.014 * side * math.sin(angle)


def _give_postcodes(homes: list[Home], land: Land) -> None:
    """About a dozen neighbours share a postcode, whatever border runs between them."""
    from_land = dict(zip(sorted(land.districts), ("ZW1", "ZW5", "ZW8", "ZW4", "ZW6", "ZW9"), strict=True))
    count: dict[str, int] = {}
    for street_homes in _by_street(homes):
        for at in range(0, len(street_homes), PER_POSTCODE):
            group = street_homes[at : at + PER_POSTCODE]
            outward = _outward(group[0], from_land, land)
            number = count[outward] = count.get(outward, -1) + 1
            for home in group:
                home.postcode = f"{outward} {_inward(number)}"


def _outward(home: Home, from_land: dict[str, str], land: Land) -> str:
    if home.street.place is None:
        return from_land[district_of(land, home.x, home.y)]
    codes = home.street.place.outward
    return codes[0] if home.x < home.street.place.x or len(codes) == 1 else codes[1]


def _by_street(homes: list[Home]) -> list[list[Home]]:
    groups: dict[str, list[Home]] = {}
    for home in homes:
        groups.setdefault(home.street.usrn, []).append(home)
    return list(groups.values())


def _inward(number: int) -> str:
    sector, rest = 1 + number // 400, number % 400
    return f"{sector}{INWARD[rest // 20]}{INWARD[rest % 20]}"
