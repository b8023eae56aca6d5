"""Small geometry: curves that look drawn by weather and carts instead of a ruler."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

Line = list[tuple[float, float]]
LATITUDE, LONGITUDE = 54.75, 2.35  # the Dogger Bank, open sea
KM_PER_DEGREE = 111.32


def to_lon_lat(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point of the plane, to 5 decimals (about a metre)."""
    lat = LATITUDE + y / KM_PER_DEGREE
    lon = LONGITUDE + x / (KM_PER_DEGREE * math.cos(math.radians(LATITUDE)))
    return round(lon, 5), round(lat, 5)


def warp(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend the plane a little, the same way for every shape, so that shared borders stay shared."""
    x, y = points[:, 0], points[:, 1]
    east = 0.75 * np.sin(y / 2.1 + 1) + 0.5 * np.sin((x + y) / 1.1) + 0.22 * np.sin(y / 0.43 + x / 0.9)
    north = 0.75 * np.sin(x / 2.3 + 2) + 0.5 * np.sin((x - y) / 1.2) + 0.22 * np.sin(x / 0.47 - y / 0.8)
    return np.column_stack([x + east, y + north])


def blob(x: float, y: float, reach: float, *, phase: float, points: int = 40) -> Polygon:
    """A rounded, uneven patch about a point."""
    rim: Line = []
    for step in range(points):
        angle = math.tau * step / points
        swell = 1 + 0.16 * math.sin(2 * angle + phase) + 0.12 * math.sin(3 * angle + 2 * phase)
        swell += 0.06 * math.sin(7 * angle + 3 * phase)
        rim.append((x + reach * swell * math.cos(angle), y + reach * swell * math.sin(angle)))
    return Polygon(rim)


def smooth(line: Sequence[tuple[float, float]], rounds: int) -> Line:
    """Chaikin's corner cutting; the ends stay where they are."""
    points = [(float(x), float(y)) for x, y in line]
    for _ in range(rounds):
        cut = [points[0]]
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            cut += [
                (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
                (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
            ]
        points = [*cut, points[-1]]
    return points


def wander(
    rng: Random, start: tuple[float, float], end: tuple[float, float], *, sway: float, step: float
) -> Line:
    """A lane from one point to another that strays up to about `sway` km and has a point each `step` km."""
    length = math.dist(start, end)
    count = max(2, round(length / step))
    across = ((start[1] - end[1]) / length, (end[0] - start[0]) / length)
    waves = [(rng.uniform(-1, 1) / wave, wave, rng.uniform(0, math.tau)) for wave in (1, 2, 3, 5)]
    line: Line = []
    for at in range(count + 1):
        part = at / count
        off = (
            sway * math.sin(math.pi * part) * sum(a * math.sin(math.tau * w * part + p) for a, w, p in waves)
        )
        line.append(
            (
                start[0] + (end[0] - start[0]) * part + across[0] * off,
                start[1] + (end[1] - start[1]) * part + across[1] * off,
            )
        )
    return line


def meander(rng: Random, course: Sequence[tuple[float, float]]) -> Line:
    """A river along a course given by a few points."""
    bent: Line = [course[0]]
    for start, end in itertools.pairwise(course):
        bent += wander(rng, start, end, sway=0.42, step=0.55)[1:]
    return smooth(bent, 2)
