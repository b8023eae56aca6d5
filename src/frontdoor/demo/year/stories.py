"""What becomes of the cases of a year: a few stories of each service with a form, as often as a county sees them.

How many and how they end is Lancashire's where it says so (domain 12): 24,800 Blue Badge applications a year of which
85 % are approved, twice 2,001 requests for crisis support of which 35 % are met, twice 24 complaints and 34 compliments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdoor.kernel.facts import Json

CASES: Mapping[str, int] = {
    "blue-badge": 24_800,
    "street-problem": 18_000,
    "crisis-support": 4_002,
    "complaint": 48,
    "compliment-and-feedback": 500,
}
"""A year of each; reports and remarks are made up."""


@dataclass(frozen=True)
class Turn:
    """A move, so many working days after the one before (0: within the hours). `by_colleague`: not by who decided."""

    move: str
    after: tuple[int, int]
    answers: Mapping[str, Json] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    words: str = ""
    by_colleague: bool = False


@dataclass(frozen=True)
class Story:
    """A way in which cases of a service go. `weight`: how often, beside the others of the service; `is_named`: the
    customer says who they are.
    """

    service: str
    weight: float
    answers: Mapping[str, Json]
    turns: tuple[Turn, ...]
    is_named: bool = True


BADGE: Mapping[str, Json] = {
    "applicant": "person",
    "has_badge": "never",
    "sr1": False,
    "may_check_address": True,
    "delivery": "council",
}
FOOD: Mapping[str, Json] = {
    "needs": ["food"],
    "child_at_risk": "none",
    "not_safe_now": "safe",
    "home": "settled",
    "weeks_here": "six_or_more",
    "public_funds": "no_limit",
    "income": ["wages"],
    "share_with_helpers": True,
}
OFFERED: Mapping[str, Json] = {
    **dict.fromkeys(
        (
            *("alt_benefit_advance", "alt_energy", "alt_food", "alt_money_advice"),
            *("alt_housing", "alt_family", "alt_goods"),
        ),
        "offered",
    ),
    "alternatives_recorded": True,
}
AWARD: Mapping[str, Json] = {
    "award_for": "food_and_fuel",
    "award_method": "bank",
    "food_and_fuel_amount": 60,
}
POTHOLE: Mapping[str, Json] = {
    "category": "pothole",
    "danger": "none",
    "hole_depth": "golf_ball",
    "hole_width": "dinner_plate",
    "hole_position": "wheel_track",
    "wants_news": False,
    "place": "By the bus stop, on the side of the shops.",
}
HOLE: Mapping[str, Json] = {
    "defect_type": "hole",
    "asset": "carriageway",
    "hierarchy": "CH4",
    "impact": 2,
    "likelihood": 2,
}
REMARK: Mapping[str, Json] = {
    "kind": "comment",
    "about": "pages",
    "words": "The new form is shorter than the old one.",
    "wants_answer": False,
}
COMPLAINT: Mapping[str, Json] = {
    "at_risk": "none",
    "about": "contact",
    "what_happened": "I rang four times about my street light. Each time somebody promised to ring back. Nobody did.",
    "told_before": "waiting",
    "legal": "no",
    "wanted": ["sorry", "explain"],
    "adjustments": [],
    "equality_asked": False,
}
DEFINED = Turn(
    "acknowledge",
    (1, 5),
    {
        "complaint_definition": "That four calls were not returned.",
        "outcome_wanted": "An explanation, and an apology where we were wrong.",
        "looked_into_by": "The manager of the service",
    },
)
FOUND: Mapping[str, Json] = {
    "investigation": "We read the record of the calls and asked those who took them.",
    "remedy": ["explanation"],
    "remedy_words": "We have told you what we found.",
    "root_cause": "communication",
    "learning": "Calls that were promised are kept on a list that a supervisor reads each morning.",
}

STORIES: tuple[Story, ...] = (
    Story(
        "blue-badge",
        85,
        {**BADGE, "benefit": "pip", "moving_around": 10, "award_length": "ongoing"},
        (
            Turn("start desk check", (0, 5)),
            Turn("approve", (1, 30)),
            Turn("payment received", (0, 6)),
            Turn("post badge", (1, 8)),
        ),
    ),
    Story(
        "blue-badge",
        15,
        {
            **BADGE,
            "benefit": "nothing",
            "main_reason": "walking",
            "conditions": "Osteoarthritis in both knees.",
            "is_lasting": "lasting",
            "difficulties": ["pain"],
        },
        (
            Turn("start desk check", (0, 5)),
            Turn(
                "refuse",
                (2, 26),
                reasons=("walking not very hard",),
                words="You told us that you walk ten minutes at a steady pace.",
            ),
            Turn("confirm refusal", (0, 3), by_colleague=True),
        ),
    ),
    Story(
        "crisis-support",
        35,
        {**FOOD, "runs_out": "today", "what_happened": ["benefit_wait"], "money_now": "nothing"},
        (
            Turn("start", (0, 0)),
            Turn("record other help", (0, 0), OFFERED),
            Turn("propose award", (0, 1), AWARD),
            Turn("give food and fuel award", (0, 0)),
            Turn("pay", (0, 1)),
        ),
    ),
    Story(
        "crisis-support",
        40,
        {**FOOD, "runs_out": "few_days", "what_happened": ["costs"], "money_now": "under_100"},
        (
            Turn("start", (0, 0)),
            Turn("record other help", (0, 1), OFFERED),
            Turn("find alternative", (0, 1), {"alternative_taken_up": "The food bank of the town"}),
        ),
    ),
    Story(
        "crisis-support",
        25,
        {**FOOD, "runs_out": "later", "what_happened": ["costs"], "money_now": "more"},
        (
            Turn("start", (0, 0)),
            Turn("record other help", (0, 0), OFFERED),
            Turn(
                "decline",
                (0, 1),
                reasons=("not a crisis",),
                words="You told us that there is enough until the next payday.",
            ),
            Turn("confirm decline", (0, 1), by_colleague=True),
        ),
    ),
    Story(
        "street-problem",
        82,
        POTHOLE,
        (Turn("record inspection", (1, 9), HOLE), Turn("repair", (3, 40))),
        is_named=False,
    ),
    Story(
        "street-problem",
        18,
        {**POTHOLE, "category": "sign"},
        (Turn("find no defect", (1, 9), words="The sign stood straight and could be read when we came."),),
        is_named=False,
    ),
    Story(
        "complaint",
        55,
        COMPLAINT,
        (DEFINED, Turn("uphold", (4, 12), {**FOUND, "remedy": ["apology"]}, ("we were at fault",))),
    ),
    Story("complaint", 45, COMPLAINT, (DEFINED, Turn("do not uphold", (4, 12), FOUND, ("policy followed",)))),
    Story(
        "compliment-and-feedback",
        68,
        {**REMARK, "kind": "compliment", "words": "She stayed on the line until it was all sorted."},
        (Turn("pass thanks on", (0, 4), {"thanks_went_to": "The advisor, and her manager"}),),
        is_named=False,
    ),
    Story("compliment-and-feedback", 432, REMARK, (Turn("note", (0, 7)),), is_named=False),
)
