"""Open reports near a place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from uuid import UUID

from frontdoor.cases.models import Case

METRES_A_DEGREE = 111_320.0
NEAR_METRES = 60.0
MOST = 10


@dataclass(frozen=True)
class NearbyReport:
    """An open report and how far it is, in metres."""

    case: Case
    metres: float


def nearby_open_reports(
    *,
    service: str,
    category: str,
    lat: float,
    lon: float,
    but_not: UUID | None = None,
    within: float = NEAR_METRES,
) -> list[NearbyReport]:
    """Open reports of the same category within so many metres, nearest first, ten at most.

    A box by degrees finds them through the index; the distance is taken on the plane, which is exact enough
    at this size.
    """
    up = within / METRES_A_DEGREE
    across = up / max(math.cos(math.radians(lat)), 0.01)
    rows = Case.objects.filter(
        service=service,
        closed_at__isnull=True,
        is_restricted=False,
        lat__range=(lat - up, lat + up),
        lon__range=(lon - across, lon + across),
        answers__category=category,
    )
    if but_not is not None:
        rows = rows.exclude(pk=but_not)
    found = [NearbyReport(case, _metres(lat, lon, case)) for case in rows.order_by("received_at")[:200]]
    return sorted((each for each in found if each.metres <= within), key=lambda each: each.metres)[:MOST]


def _metres(lat: float, lon: float, case: Case) -> float:
    north = (float(case.lat or 0) - lat) * METRES_A_DEGREE
    east = (float(case.lon or 0) - lon) * METRES_A_DEGREE * math.cos(math.radians(lat))
    return math.hypot(north, east)
