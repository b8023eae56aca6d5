"""Reads of the cases room."""

from frontdoor.cases.queries.nearby import NearbyReport, nearby_open_reports
from frontdoor.cases.queries.record import count_given

__all__ = ["NearbyReport", "count_given", "nearby_open_reports"]
