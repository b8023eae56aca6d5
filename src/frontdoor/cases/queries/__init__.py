"""Reads of the cases room."""

from frontdoor.cases.queries.enquiries import (
    enquiries_handed_on,
    enquiries_visible_to,
    enquiries_waiting_for,
)
from frontdoor.cases.queries.nearby import NearbyReport, nearby_open_reports
from frontdoor.cases.queries.record import count_given
from frontdoor.cases.queries.worklist import (
    Part,
    Wanted,
    count_changes,
    count_parts,
    find_cases,
    next_to_take,
    work_list,
)

__all__ = [
    "NearbyReport",
    "Part",
    "Wanted",
    "count_changes",
    "count_given",
    "count_parts",
    "enquiries_handed_on",
    "enquiries_visible_to",
    "enquiries_waiting_for",
    "find_cases",
    "nearby_open_reports",
    "next_to_take",
    "work_list",
]
