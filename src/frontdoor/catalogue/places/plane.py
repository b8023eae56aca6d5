"""A flat map of the council's area in metres, good to a few metres in a hundred kilometres."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import transform
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Plane:
    """The plane that touches the earth at a middle latitude."""

    latitude: float

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in degrees (longitude first), as metres."""

        def scaled(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return points * self._scale()

        return transform(shape, scaled)

    def point(self, lat: float, lon: float) -> Point:
        """A point given as latitude and longitude, as metres."""
        east, north = self._scale()
        return Point(lon * east, lat * north)

    def degrees(self, point: Point) -> tuple[float, float]:
        """Latitude and longitude of a point in metres."""
        east, north = self._scale()
        return round(point.y / north, 6), round(point.x / east, 6)

    def _scale(self) -> NDArray[np.float64]:
        return np.array([METRES_PER_DEGREE * math.cos(math.radians(self.latitude)), METRES_PER_DEGREE])
