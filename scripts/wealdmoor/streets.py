"""Roads between places and the streets inside them."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from random import Random

from shapely.geometry import LineString, Point

from .land import CITY, COUNTY, PLACES, Land, Place, district_of
from .names import StreetNames
from .shapes import Line, smooth, wander

EDGES = {  # where roads leave the county: a point beyond its edge
    "south west": (-21.0, -27.0),
    "north": (9.5, 33.0),
    "west": (-33.0, 3.0),
    "north east": (25.0, 25.0),
    "south east": (29.0, -20.0),
    "south": (-1.0, -33.0),
    "east": (34.0, 8.0),
}
TRUNK = [
    (-21, -27),
    (-16, -19.5),
    (-10, -13),
    (-5.2, -6.5),
    (-4.6, 0.5),
    (-2.2, 5.6),
    (2.4, 11),
    (6.6, 17),
    (8.0, 26),
    (9.5, 33),
]
LINKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("A", "A1991", ("Ambercester", "Starlingford", "Tallowbridge", "Oxbarrow", "west")),
    ("A", "A1992", ("Ambercester", "Grendlebeck", "Quernbeck", "Ravensgarth")),
    ("A", "A1993", ("Ambercester", "Pellowby", "Brindleford", "Copperwick", "north east")),
    ("A", "A1994", ("Ambercester", "Staunchfield", "Sedgeminster", "Ottermouth", "south east")),
    ("A", "A1995", ("Ambercester", "Wrenmarsh", "Merestow", "south")),
    ("A", "A1996", ("Sedgeminster", "Tansyworth", "Larkhampton", "Brindleford")),
    ("B", "B1991", ("Tallowbridge", "Marlowick", "Nether Quern", "Quernbeck")),
    ("B", "B1992", ("Tallowbridge", "Hazelbarrow", "Merestow")),
    ("B", "B1993", ("Merestow", "Cranmarsh", "Fennimarsh", "Ottermouth")),
    ("B", "B1994", ("Brindleford", "Thistlewick", "Corvendale", "Quernbeck")),
    ("B", "B1995", ("Thistlewick", "Kestrelby", "Copperwick")),
    ("B", "B1996", ("Ambercester", "Dunnowby", "Larkhampton", "east")),
    ("B", "B1997", ("Tallowbridge", "Owlerthorpe", "Fallowhithe", "Hallowick", "Merestow")),
)
GRITTED = {"A": "primary", "B": "primary", "C": "secondary"}
SPACING = {"city": 0.36, "town": 0.27, "large village": 0.3, "village": 0.45}  # km between side streets
RINGS = {
    "city": (0.1, 0.24, 0.42, 0.64, 0.9),
    "town": (0.14, 0.36, 0.62, 0.92),
    "large village": (0.32, 0.85),
    "village": (0.6,),
}


@dataclass
class Street:
    """A named road or street as one line of the plane."""

    name: str
    road_class: str  # trunk | A | B | C | U
    line: Line
    town: str  # "" in open country
    form: str  # radial | arc | spoke | close | link
    owner: str = ""
    lit: bool = False
    gritting: str = ""
    usrn: str = ""
    place: Place | None = field(default=None, repr=False)

    @property
    def shape(self) -> LineString:
        """The line as a shapely geometry."""
        return LineString(self.line)


def make_streets(rng: Random, land: Land) -> list[Street]:
    """Every street of the county, in a fixed order, with its owner and its number."""
    gates = _gates()
    streets = [Street("A1990 Wealdmoor Way", "trunk", _clip(land, smooth(TRUNK, 4)), "", "link")]
    streets += _links(rng, land, gates)
    for place in PLACES:
        laid = _Town(rng, place, gates[place.name]).streets()
        streets += [street for street in laid if street.form in ("radial", "arc") or _is_dry(land, street)]
    for number, street in enumerate(streets):
        street.usrn = f"999{10007 + number * 13:05d}"
        street.owner, street.lit = _owner(rng, land, street), _is_lit(rng, street)
        street.gritting = GRITTED.get(street.road_class, "") if street.owner == COUNTY else ""
    return streets


def _is_dry(land: Land, street: Street) -> bool:
    """Whether a street keeps out of the water; a street may cross it by a bridge if both its ends are on land."""
    ends = (Point(street.line[0]), Point(street.line[-1]))
    wet = sum(shape.intersection(street.shape).length for _, shape in land.water)
    is_bridge = street.form != "close" and wet < 0.45 * street.shape.length
    return not wet or (is_bridge and not any(shape.covers(end) for _, shape in land.water for end in ends))


def _owner(rng: Random, land: Land, street: Street) -> str:
    if street.road_class == "trunk":
        return "national-highways"
    middle = street.shape.interpolate(0.5, normalized=True)
    district = district_of(land, middle.x, middle.y)
    if street.form == "close" and rng.random() < 0.06:
        return "private"
    if street.form == "close" and rng.random() < 0.03 and district != CITY[0]:
        return district  # an access way to a car park or a block of flats
    return CITY[0] if district == CITY[0] else COUNTY


def _is_lit(rng: Random, street: Street) -> bool:
    if street.place is None:
        return False
    return rng.random() < {"village": 0.25, "large village": 0.6}.get(street.place.size, 0.97)


def _clip(land: Land, line: Line) -> Line:
    inside = LineString(line).intersection(land.county)
    longest = max(getattr(inside, "geoms", [inside]), key=lambda part: part.length)
    return [(x, y) for x, y in longest.coords]


def _stops() -> dict[str, tuple[float, float]]:
    return {place.name: (place.x, place.y) for place in PLACES} | EDGES


def _hops() -> list[tuple[str, str, str, str]]:
    """Every stretch of road between two neighbouring stops: class, number, from, to."""
    hops = [(kind, number, a, b) for kind, number, stops in LINKS for a, b in itertools.pairwise(stops)]
    joined = {frozenset(hop[2:]) for hop in hops}
    for at, one in enumerate(PLACES):
        for other in PLACES[at + 1 :]:
            if _are_neighbours(one, other) and frozenset((one.name, other.name)) not in joined:
                hops.append(("C", "", one.name, other.name))  # noqa: PERF401 - a loop reads better here
    return hops


def _are_neighbours(one: Place, other: Place) -> bool:
    """Gabriel's rule: no third place lies in the circle that has the two at its ends."""
    middle, reach = (
        ((one.x + other.x) / 2, (one.y + other.y) / 2),
        math.dist((one.x, one.y), (other.x, other.y)) / 2,
    )
    return reach < 6.5 and all(math.dist((p.x, p.y), middle) > reach for p in PLACES if p not in (one, other))


@dataclass
class _Gate:
    """Where a road enters a place: the angle it comes in at."""

    towards: str
    road_class: str
    angle: float


def _gates() -> dict[str, list[_Gate]]:
    stops = _stops()
    gates: dict[str, list[_Gate]] = {place.name: [] for place in PLACES}
    for kind, _, a, b in _hops():
        for here, there in ((a, b), (b, a)):
            if here in gates:
                (ax, ay), (bx, by) = stops[here], stops[there]
                gates[here].append(_Gate(there, kind, math.atan2(by - ay, bx - ax)))
    for found in gates.values():
        _spread(found)
    return gates


def _spread(gates: list[_Gate]) -> None:
    """Push apart roads that come in from nearly the same side."""
    for _ in range(30):
        gates.sort(key=lambda gate: gate.angle)
        for one, other in zip(gates, [*gates[1:], gates[0]], strict=True):
            gap = (other.angle - one.angle) % math.tau
            if len(gates) > 1 and gap < 0.6:
                one.angle -= 0.06
                other.angle += 0.06


def _links(rng: Random, land: Land, gates: dict[str, list[_Gate]]) -> list[Street]:
    stops, places = _stops(), {place.name: place for place in PLACES}
    streets = []
    for kind, number, a, b in _hops():
        ends = []
        for here, there in ((a, b), (b, a)):
            if here in places:
                gate = next(gate for gate in gates[here] if gate.towards == there)
                ends.append(polar(places[here], 1.0, gate.angle))
            else:
                ends.append(stops[here])
        line = _clip(land, wander(rng, ends[0], ends[1], sway=0.55 if kind == "C" else 0.3, step=0.35))
        name = f"{number} {b if b in places else a} Road" if number else f"{b} Lane"
        streets.append(Street(name, kind, smooth(line, 1), "", "link"))
    return streets


def polar(place: Place, reach: float, angle: float) -> tuple[float, float]:
    """A point of a place at part `reach` (0 to 1) of the way to its edge; each is bent in its own way."""
    phase = place.x * 1.7 + place.y
    swell = 1 + 0.13 * math.sin(2 * angle + phase) * reach + 0.09 * math.sin(3 * angle + 2 * phase)
    turned = angle + 0.22 * (1 - reach) * math.sin(phase) + 0.08 * math.sin(5 * reach + phase)
    x = place.x + place.radius * reach * swell * math.cos(turned)
    y = place.y + place.radius * reach * swell * math.sin(turned)
    bend, wave = 0.085 * place.radius, 5.5 / place.radius
    return x + bend * math.sin(wave * (y - 0.4 * x) + phase), y + bend * math.sin(
        0.8 * wave * (x + 0.3 * y) - phase
    )


class _Town:
    """Lays out one place: the roads that meet in it, rings about its middle, streets between the rings."""

    def __init__(self, rng: Random, place: Place, gates: list[_Gate]) -> None:
        self.rng, self.place = rng, place
        self.names = StreetNames(rng, centre={"city": 14, "town": 13, "large village": 6}.get(place.size, 3))
        self.gates = list(gates)
        while len(self.gates) < {"city": 8, "town": 6, "large village": 4}.get(place.size, 3):
            self._add_lane()
        self.rings = RINGS[place.size]
        self.green_sector = rng.randrange(len(self.gates))
        self.made: list[Street] = []

    def streets(self) -> list[Street]:
        """All streets of the place."""
        for gate in self.gates:
            self._radial(gate)
        for at, gate in enumerate(self.gates):
            after = self.gates[(at + 1) % len(self.gates)]
            self._sector(
                gate.angle, (after.angle - gate.angle) % math.tau or math.tau, park=at == self.green_sector
            )
        return self.made

    def _add_lane(self) -> None:
        self.gates.sort(key=lambda gate: gate.angle)
        gaps = [
            (b.angle - a.angle) % math.tau
            for a, b in zip(self.gates, [*self.gates[1:], self.gates[0]], strict=True)
        ]
        widest = max(range(len(gaps)), key=lambda at: gaps[at] or math.tau)
        self.gates.append(_Gate("", "U", self.gates[widest].angle + (gaps[widest] or math.tau) / 2))
        self.gates.sort(key=lambda gate: gate.angle % math.tau)

    def _put(self, name: str, road_class: str, line: Line, form: str) -> None:
        self.made.append(Street(name, road_class, line, self.place.name, form, place=self.place))

    def _radial(self, gate: _Gate) -> None:
        line = [polar(self.place, step / 10, gate.angle) for step in range(11)]
        towns = {place.name for place in PLACES}
        name = f"{gate.towards} Road" if gate.towards in towns else self.names.next("spoke", central=True)
        self._put(self.names.take(name), gate.road_class, line, "radial")

    def _sector(self, start: float, width: float, *, park: bool) -> None:
        odds = [0.95, 0.9, 0.8, 0.5, 0.5][: len(self.rings)]
        has_arc = [not (park and at >= 2) and self.rng.random() < chance for at, chance in enumerate(odds)]
        for at, reach in enumerate(self.rings):
            outer = self.rings[at + 1] if at + 1 < len(self.rings) else min(1.12, reach + 0.2)
            if has_arc[at]:
                self._arc(reach, start, width, inner=at < 2)
                if not (park and at >= 1):
                    self._spokes(
                        reach, outer, start, width, meets=at + 1 < len(self.rings) and has_arc[at + 1]
                    )

    def _arc(self, reach: float, start: float, width: float, *, inner: bool) -> None:
        steps = max(4, round(self.place.radius * reach * width / 0.09))
        line = [polar(self.place, reach, start + width * step / steps) for step in range(steps + 1)]
        central = inner and self.place.size != "village"
        self._put(
            self.names.next("arc", central=central),
            "C" if inner and self.place.size == "city" else "U",
            line,
            "arc",
        )

    def _spokes(self, inner: float, outer: float, start: float, width: float, *, meets: bool) -> None:
        """Side streets outward from a ring; they go through only where there is a ring to meet."""
        length = self.place.radius * (inner + outer) / 2 * width
        count = int(length / SPACING[self.place.size] + self.rng.random() * 0.6)
        for at in range(count):
            angle = start + width * (at + 0.5 + self.rng.uniform(-0.22, 0.22)) / count
            is_close = not meets or self.rng.random() < 0.3
            reach = inner + (outer - inner) * (self.rng.uniform(0.5, 0.8) if is_close else 1.0)
            lean = self.rng.uniform(-0.12, 0.12) * width / max(count, 1)
            line = [
                polar(self.place, inner + (reach - inner) * s / 4, angle + lean * s / 4) for s in range(5)
            ]
            form = "close" if is_close else "spoke"
            self._put(self.names.next(form), "U", line, form)
