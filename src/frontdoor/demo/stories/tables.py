"""The stories of every service, with how much of the council's casework each service is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frontdoor.demo.steps import Story
from frontdoor.demo.stories import blue_badge, complaint, crisis_support, feedback, street_problem

STORIES: Mapping[str, tuple[float, Sequence[Story]]] = {
    blue_badge.SERVICE: (blue_badge.SHARE, blue_badge.STORIES),
    street_problem.SERVICE: (street_problem.SHARE, street_problem.STORIES),
    crisis_support.SERVICE: (crisis_support.SHARE, crisis_support.STORIES),
    complaint.SERVICE: (complaint.SHARE, complaint.STORIES),
    feedback.SERVICE: (feedback.SHARE, feedback.STORIES),
}
