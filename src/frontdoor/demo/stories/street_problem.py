"""What happens in reports of street problems."""

from __future__ import annotations

from collections.abc import Mapping

from frontdoor.demo.steps import (
    IN_A_WEEK,
    IN_DAYS,
    IN_WEEKS,
    SAME_DAY,
    SOON,
    Answers,
    By,
    Step,
    Story,
    follow,
    look,
    move,
    note,
    reply,
    send,
    wait,
    write,
)
from frontdoor.kernel.facts import Json

SERVICE = "street-problem"
SHARE = 0.34
WINTER = {11: 1.3, 12: 1.6, 1: 2.2, 2: 2.0, 3: 1.5}
SUMMER = {5: 1.6, 6: 1.8, 7: 1.8, 8: 1.5}
NEWS: Answers = {"wants_news": True, "news_wanted": "all", "danger": "none"}
QUIET: Answers = {"wants_news": False, "danger": "none"}
POTHOLE: Answers = {
    "category": "pothole",
    "hole_depth": "golf_ball",
    "hole_width": "dinner_plate",
    "hole_position": "wheel_track",
}
LIGHT: Answers = {"category": "street light", "light_fault": "out"}


def inspected(
    kind: str, asset: str, impact: int, likelihood: int, after: tuple[float, float] = IN_DAYS
) -> Step:
    """An inspector looks, and judges the risk."""
    found: Mapping[str, Json] = {
        "defect_type": kind,
        "asset": asset,
        "hierarchy": "CH4",
        "impact": impact,
        "likelihood": likelihood,
    }
    return move("record inspection", after, answers=found)


STORIES: tuple[Story, ...] = (
    Story(
        "a pothole, repaired in time",
        24,
        {**POTHOLE, **NEWS},
        (
            inspected("hole", "carriageway", 2, 3),
            move("plan repair", SAME_DAY),
            follow(IN_DAYS),
            move("repair", IN_WEEKS),
        ),
        months=WINTER,
    ),
    Story(
        "a pothole, told without a name",
        14,
        {**POTHOLE, **QUIET},
        (inspected("hole", "carriageway", 2, 2), move("plan repair", IN_DAYS), move("repair", IN_WEEKS)),
        months=WINTER,
    ),
    Story(
        "a street light",
        14,
        {**LIGHT, **NEWS},
        (inspected("lighting", "street_light", 2, 2, SOON), move("repair", IN_A_WEEK)),
        months={10: 1.4, 11: 1.7, 12: 1.7, 1: 1.5},
    ),
    Story(
        "a drain without its cover",
        5,
        {
            "category": "drain",
            "drain_fault": "cover_missing",
            "wants_news": True,
            "news_wanted": "all",
            "danger": "now",
        },
        (
            move("send someone now", (0.02, 0.08)),
            inspected("water", "drain", 4, 4, (0.05, 0.15)),
            move("make safe", (0.05, 0.2)),
            move("plan repair", SOON),
            move("repair", IN_A_WEEK),
        ),
    ),
    Story(
        "a slab that rocks",
        8,
        {"category": "pavement", "trip_height": "loose", **NEWS},
        (
            inspected("trip", "footway", 3, 3),
            move("make safe", SAME_DAY),
            reply("Thank you. My mother nearly fell there last week.", SOON),
            move("plan repair", SOON),
            move("repair", IN_WEEKS),
        ),
    ),
    Story(
        "a branch over the path",
        7,
        {"category": "tree", "tree_fault": "branch", **NEWS},
        (inspected("plants", "tree", 2, 2), move("plan repair", SOON), move("repair", IN_WEEKS)),
        months=SUMMER,
    ),
    Story(
        "a dip too small to repair",
        7,
        {
            "category": "pothole",
            "hole_depth": "coin",
            "hole_width": "saucer",
            "hole_position": "edge",
            **NEWS,
        },
        (
            inspected("crack", "carriageway", 1, 2),
            move(
                "close, not done",
                SOON,
                why=("below the level",),
                words="It is 15 mm deep. We look again at the next inspection of the road.",
            ),
        ),
    ),
    Story(
        "nothing to be found",
        5,
        {"category": "sign", **NEWS},
        (move("find no defect", IN_DAYS, words="The sign stood straight and could be read when we came."),),
    ),
    Story(
        "where exactly?",
        4,
        {"category": "flooding", "flood_depth": "kerb", **NEWS},
        (
            move("ask for details", SOON, words="The road is long. Which house is it close to?"),
            send(IN_DAYS, kinds=("photo",)),
            look(SAME_DAY),
            inspected("water", "drain", 2, 3, SOON),
            move("plan repair", SOON),
            move("repair", IN_WEEKS),
        ),
        months=WINTER,
    ),
    Story(
        "never answered",
        2,
        {"category": "verge", **NEWS},
        (move("ask for details", SOON, words="Which verge is it?"), wait("close as not found", (14, 15))),
    ),
    Story(
        "told twice, linked",
        4,
        {**POTHOLE, **NEWS},
        (
            note("The same hole as the one reported last week."),
            move("link", SOON, answers={"first_report": "See the map"}),
            move("first report repaired", IN_WEEKS),
        ),
        months=WINTER,
    ),
    Story(
        "dumped rubbish, passed on to the district",
        4,
        {"category": "fly-tipping", "pass_on": "without_name", **NEWS},
        (move("pass on", SAME_DAY, answers={"passed_on_to": "The district council"}),),
    ),
    Story(
        "rubbish that its finder reports himself",
        2,
        {"category": "litter", "pass_on": "with_name", **NEWS},
        (
            move(
                "name the owner",
                SAME_DAY,
                words="Litter is for your district council to clear. Its page for this is on our site.",
            ),
        ),
    ),
    Story(
        "withdrawn",
        2,
        {"category": "obstruction", **NEWS},
        (
            write("Is the skip still there?"),
            move("withdraw", IN_DAYS, by=By.CUSTOMER, words="It has gone. Thank you."),
        ),
    ),
)
