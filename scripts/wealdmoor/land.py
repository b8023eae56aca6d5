"""Outline, districts, water, green and the places of the county, in plane kilometres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from shapely import MultiPoint, Point, Polygon, segmentize, transform, union_all, voronoi_polygons
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from .shapes import blob, meander, smooth, warp


@dataclass(frozen=True)
class Place:
    """A town or village: where it is, how far it reaches (km) and the outward codes it uses."""

    name: str
    size: str  # city | town | large village | village
    x: float
    y: float
    radius: float
    outward: tuple[str, ...]


PLACES = (
    Place("Ambercester", "city", 2.0, 1.0, 3.3, ("ZW1", "ZW2")),
    Place("Tallowbridge", "town", -14.0, -5.0, 1.55, ("ZW3",)),
    Place("Quernbeck", "town", -11.0, 13.6, 1.2, ("ZW4",)),
    Place("Brindleford", "town", 13.0, 14.0, 1.35, ("ZW5",)),
    Place("Sedgeminster", "town", 16.0, -8.5, 1.45, ("ZW6",)),
    Place("Ottermouth", "town", 21.0, -15.0, 1.0, ("ZW7",)),
    Place("Merestow", "town", -2.0, -17.0, 1.35, ("ZW8",)),
    Place("Hallowick", "large village", -8.5, -22.0, 0.6, ("ZW8",)),
    Place("Cranmarsh", "large village", 8.0, -17.5, 0.6, ("ZW7",)),
    Place("Nether Quern", "large village", -17.0, 8.0, 0.55, ("ZW4",)),
    Place("Oxbarrow", "large village", -21.5, 1.0, 0.55, ("ZW3",)),
    Place("Thistlewick", "large village", 3.5, 18.0, 0.65, ("ZW5",)),
    Place("Larkhampton", "large village", 21.0, 6.0, 0.65, ("ZW5",)),
    Place("Pellowby", "large village", 9.5, 8.2, 0.6, ("ZW5",)),
    Place("Staunchfield", "large village", 11.0, -3.4, 0.6, ("ZW6",)),
    Place("Grendlebeck", "large village", -4.5, 8.6, 0.55, ("ZW4",)),
    Place("Fennimarsh", "large village", 13.5, -15.0, 0.55, ("ZW7",)),
    Place("Owlerthorpe", "village", -20.0, -10.5, 0.4, ("ZW3",)),
    Place("Corvendale", "village", -4.5, 20.5, 0.4, ("ZW4",)),
    Place("Wrenmarsh", "village", 2.0, -9.5, 0.4, ("ZW8",)),
    Place("Hazelbarrow", "village", -8.0, -10.5, 0.4, ("ZW3",)),
    Place("Ravensgarth", "village", -19.0, 15.5, 0.38, ("ZW4",)),
    Place("Copperwick", "village", 18.5, 18.0, 0.42, ("ZW5",)),
    Place("Starlingford", "village", -6.5, -2.4, 0.42, ("ZW3",)),
    Place("Tansyworth", "village", 21.0, -1.5, 0.42, ("ZW6",)),
    Place("Marlowick", "village", -12.5, 3.0, 0.4, ("ZW3",)),
    Place("Kestrelby", "village", 9.0, 22.5, 0.4, ("ZW5",)),
    Place("Fallowhithe", "village", -13.5, -15.5, 0.42, ("ZW8",)),
    Place("Dunnowby", "village", 7.9, 2.3, 0.5, ("ZW2",)),  # lies across the city's edge on purpose
    Place("Aldermarsh", "village", 6.0, -12.6, 0.45, ("ZW8",)),  # lies across two districts on purpose
)
DISTRICTS = {
    "E-QUERNSIDE": ("Quernside District Council", -13.0, 14.0),
    "E-BRINDLEWOLD": ("Brindlewold Borough Council", 11.0, 15.0),
    "E-SEDGEMARCH": ("Sedgemarch District Council", 16.5, -9.0),
    "E-HALLOWMERE": ("Hallowmere District Council", -4.5, -16.2),
    "E-TALLOWDALE": ("Tallowdale Borough Council", -16.5, -3.0),
}
COUNTY = "E-WEALDMOOR"  # ids of authorities, as council.yaml has them
CITY = ("E-AMBERCESTER", "Ambercester City Council")
QUERN = [(-25, 19), (-19, 17), (-14.5, 15), (-10.5, 13.2), (-7.2, 10.6), (-4, 8.1), (-1.5, 4.6), (1.2, 1.6)]
QUERN_LOWER = [
    (4.2, -0.8),
    (8, -2),
    (11, -4.2),
    (13.2, -7),
    (16.4, -9),
    (18.2, -12),
    (20.6, -15.4),
    (28, -21),
]
TALLOW = [
    (-30, -9.5),
    (-22, -7.6),
    (-17.5, -6.2),
    (-13.6, -5.4),
    (-10, -3.4),
    (-6.8, -2.9),
    (-2.4, -1.2),
    (1.2, 1.6),
]
RAIL = [
    (-32, -3.5),
    (-20, -5.2),
    (-14.6, -4.0),
    (-7, -0.9),
    (-1, 1.6),
    (2.6, 2.0),
    (7, 6),
    (12.4, 13.1),
    (20, 21),
    (24, 27),
]
RAIL_BRANCH = [(2.6, 2.0), (6, -0.4), (11.4, -2.6), (15.2, -7.6), (19.6, -13.2), (20.6, -14.4)]

WOODS = ("Hanger", "Coppice", "Spinney", "Holt", "Shaw", "Covert", "Plantation", "Thicket", "Frith", "Dene")


@dataclass(frozen=True)
class Land:
    """What lies under the streets."""

    districts: dict[str, BaseGeometry]  # by authority id, the city among them
    water: list[tuple[str, BaseGeometry]]
    green: list[tuple[str, str, BaseGeometry]]  # name, what it is, shape
    rail: list[tuple[str, LineString]]

    @property
    def county(self) -> BaseGeometry:
        """The whole county, the city included."""
        return union_all(list(self.districts.values())).buffer(0.01).buffer(-0.01)


def make_land(rng: Random) -> Land:
    """The county without its streets."""
    districts = _districts()
    county = union_all(list(districts.values()))
    water = _water(rng, county)
    rivers = union_all([shape for _, shape in water])
    main_line = _within(LineString(smooth(RAIL, 4)), county)
    junction = main_line.interpolate(main_line.project(Point(RAIL_BRANCH[0])))
    branch = LineString(smooth([(junction.x, junction.y), *RAIL_BRANCH[1:]], 4))
    rail = [("Wealdmoor main line", main_line), ("Ottermouth branch", branch)]
    return Land(districts, water, _green(rng, county, rivers), rail)


def district_of(land: Land, x: float, y: float) -> str:
    """The id of the lower-tier authority at a point of the plane, or the nearest to it."""
    point = Point(x, y)
    return min(land.districts, key=lambda name: land.districts[name].distance(point))


def _districts() -> dict[str, BaseGeometry]:
    outline = Polygon([_rim(math.tau * step / 160) for step in range(160)])
    seeds = {name: Point(x, y) for name, (_, x, y) in DISTRICTS.items()}
    cells = voronoi_polygons(MultiPoint(list(seeds.values())), extend_to=outline.buffer(20))
    city = blob(2.0, 1.0, 4.9, phase=0.6, points=90)
    found: dict[str, BaseGeometry] = {}
    for cell in cells.geoms:
        name = next(name for name, seed in seeds.items() if cell.contains(seed))
        found[name] = transform(segmentize(cell.intersection(outline), 0.5), warp).difference(city)
    return {**dict(sorted(found.items())), CITY[0]: city}


def _rim(angle: float) -> tuple[float, float]:
    reach = (
        30.2
        + 1.9 * math.sin(2 * angle + 2.4)
        + 1.5 * math.sin(3 * angle + 0.4)
        + 0.9 * math.sin(5 * angle + 2)
    )
    return reach * math.cos(angle) * 1.04, reach * math.sin(angle) * 0.96


def _water(rng: Random, county: BaseGeometry) -> list[tuple[str, BaseGeometry]]:
    upper, lower, tallow = (meander(rng, line) for line in (QUERN, [QUERN[-1], *QUERN_LOWER], TALLOW))
    shapes = [
        ("River Quern", _river(upper + lower[1:], 0.02, 0.11)),
        ("Tallow Water", _river(tallow, 0.015, 0.05)),
        ("Hallow Mere", blob(-6.2, -14.4, 1.0, phase=2.1)),
        ("Quern Water", blob(-20.5, 19.0, 0.75, phase=4.4)),
        ("Sedge Broad", blob(18.8, -10.4, 0.5, phase=1.2)),
    ]
    return [(name, shape.intersection(county)) for name, shape in shapes]


def _river(line: list[tuple[float, float]], source: float, mouth: float) -> BaseGeometry:
    last = len(line) - 1
    pieces = [
        LineString(line[at : at + 2]).buffer(source + (mouth - source) * at / last, quad_segs=2)
        for at in range(last)
    ]
    return union_all(pieces).simplify(0.006)


def _within(line: LineString, area: BaseGeometry) -> LineString:
    cut = line.intersection(area)
    parts = [part for part in getattr(cut, "geoms", [cut]) if isinstance(part, LineString)]
    return max(parts, key=lambda part: part.length)


def _green(rng: Random, county: BaseGeometry, rivers: BaseGeometry) -> list[tuple[str, str, BaseGeometry]]:
    homes = union_all([Point(place.x, place.y).buffer(place.radius * 1.15) for place in PLACES])
    moor = (
        blob(-18.5, 17.2, 8.2, phase=0.9, points=80).intersection(county).difference(homes).difference(rivers)
    )
    green = [("Weald Moor", "moor", moor)]
    names = iter(WOODS * 2)
    taken = union_all([moor, homes.buffer(0.3), rivers.buffer(0.2)])
    while len(green) < 21:
        x, y, reach = rng.uniform(-25, 25), rng.uniform(-25, 25), rng.uniform(0.5, 1.7)
        wood = blob(x, y, reach, phase=rng.uniform(0, 6), points=26)
        if county.buffer(-0.8).contains(wood) and not taken.intersects(wood):
            near = min(PLACES, key=lambda place: math.dist((place.x, place.y), (x, y)))
            green.append((f"{near.name} {next(names)}", "wood", wood))
            taken = taken.union(wood.buffer(0.4))
    return green
