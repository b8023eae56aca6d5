"""What happens in Blue Badge cases."""

from __future__ import annotations

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
    look,
    move,
    note,
    pay,
    reply,
    send,
    track,
    wait,
    write,
)

SERVICE = "blue-badge"
SHARE = 0.46
YES: Answers = {"records_show_address": True}
MAKING: tuple[Step, ...] = (
    pay(IN_DAYS),
    move("post badge", IN_DAYS),
)
PIP: Answers = {"benefit": "pip", "moving_around": 10, "award_length": "ongoing"}
WALKING: Answers = {
    "benefit": "nothing",
    "main_reason": "walking",
    "conditions": "Osteoarthritis in both knees and hips, and spinal stenosis.",
    "is_lasting": "lasting",
    "difficulties": ["pain", "long_time"],
}
JOURNEYS: Answers = {
    "benefit": "nothing",
    "main_reason": "journeys",
    "conditions": "Autism, with panic in busy places.",
    "is_lasting": "lasting",
    "difficulties": ["overwhelmed", "risk"],
}
MET: Answers = {
    "assessment_kind": "clinic",
    "assessed_walking": "meets",
    "assessed_lasting": True,
    "not_for_reassessment": False,
}
NOT_MET: Answers = {**MET, "assessed_walking": "does_not"}
TO_ASSESSOR: tuple[Step, ...] = (
    move("start desk check", SOON),
    move("send to assessment", SOON),
    move("book assessment", SOON, answers={"assessment_kind": "clinic"}),
)
REFUSED: tuple[Step, ...] = (
    look(),
    *TO_ASSESSOR,
    move("record assessment", IN_WEEKS, answers=NOT_MET),
    move(
        "refuse",
        SOON,
        why=("walking not very hard",),
        words="The assessor saw you walk 150 metres at a steady pace, with one short stop.",
    ),
    move("confirm refusal", SOON, by=By.COLLEAGUE),
)

STORIES: tuple[Story, ...] = (
    Story(
        "PIP, all papers at once",
        26,
        {**PIP, "may_check_address": True},
        (
            look(),
            move("record checks", SAME_DAY, answers=YES),
            move("start desk check", SAME_DAY),
            move("approve", SOON),
            *MAKING,
        ),
    ),
    Story(
        "DLA, approved straight away",
        10,
        {"benefit": "dla", "dla_mobility": "higher", "award_length": "fixed", "may_check_address": False},
        (look(), move("approve", SOON), track(), *MAKING),
        age=(66, 92),
    ),
    Story(
        "PIP letter forgotten, sent when asked",
        12,
        {**PIP, "may_check_address": True},
        (
            send((3, 12)),
            look(),
            move("record checks", SAME_DAY, answers=YES),
            move("start desk check", SAME_DAY),
            move("approve", IN_DAYS),
            *MAKING,
        ),
        brings=("identity", "photo", "address"),
    ),
    Story(
        "a photo nobody could use",
        6,
        {**PIP, "may_check_address": True, "moving_around": 12},
        (
            look(turns_down=("photo",)),
            move(
                "ask for evidence",
                SAME_DAY,
                kinds=("photo",),
                words="The photo is too dark to be printed on a badge.",
            ),
            reply("My daughter will take a new photo at the weekend. Is that all right?", SOON),
            write("That is quite all right. Thank you for telling us."),
            send((2, 6)),
            look(),
            move("record checks", SAME_DAY, answers=YES),
            move("approve", SOON),
            *MAKING,
        ),
    ),
    Story(
        "evidence never sent",
        5,
        {**PIP, "may_check_address": True},
        (wait("close without evidence", (28, 30)),),
        brings=(),
    ),
    Story(
        "evidence sent after closing",
        2,
        {**PIP, "may_check_address": True},
        (
            wait("close without evidence", (28, 30)),
            send((3, 10)),
            look(),
            move("record checks", SAME_DAY, answers=YES),
            move("approve", SOON),
            *MAKING,
        ),
        brings=("photo",),
    ),
    Story(
        "walking, assessed and approved",
        10,
        {**WALKING, "may_check_address": False},
        (
            look(),
            *TO_ASSESSOR,
            note("Asked for a ground-floor room at the clinic.", SAME_DAY),
            move("record assessment", IN_WEEKS, answers=MET),
            move("approve after assessment", SOON),
            *MAKING,
        ),
        age=(48, 92),
    ),
    Story(
        "journeys, assessed and approved",
        6,
        {**JOURNEYS, "may_check_address": False},
        (
            look(),
            *TO_ASSESSOR,
            reply("Could the assessment be by phone? Waiting rooms are very hard for me."),
            write("Of course. The assessor rings you at the time we gave you."),
            move("record assessment", IN_WEEKS, answers={**MET, "assessment_kind": "phone"}),
            move("approve after assessment", SOON),
            *MAKING,
        ),
        age=(8, 40),
    ),
    Story(
        "did not come to the assessment",
        3,
        {**WALKING, "may_check_address": False},
        (
            look(),
            *TO_ASSESSOR,
            move("missed assessment", IN_WEEKS),
            move("book assessment", SOON, answers={"assessment_kind": "home"}),
            move("record assessment", IN_WEEKS, answers=MET),
            move("approve after assessment", SOON),
            *MAKING,
        ),
        age=(70, 92),
    ),
    Story("refused", 6, {**WALKING, "may_check_address": False}, REFUSED, age=(30, 60)),
    Story(
        "refusal not confirmed",
        2,
        {**JOURNEYS, "may_check_address": False},
        (
            *REFUSED[:-1],
            move(
                "return refusal",
                SOON,
                by=By.COLLEAGUE,
                words="The report speaks of distress on every journey. Please look again.",
            ),
            move("record assessment", SOON, answers=MET),
            move("approve after assessment", SOON),
            *MAKING,
        ),
    ),
    Story(
        "refused, and upheld on review",
        3,
        {**WALKING, "may_check_address": False},
        (
            *REFUSED,
            move(
                "ask for a review",
                IN_A_WEEK,
                by=By.CUSTOMER,
                words="I walked on a good day. Most days I cannot reach the corner.",
            ),
            move(
                "uphold decision",
                IN_WEEKS,
                by=By.COLLEAGUE,
                why=("walking not very hard",),
                words="We read your letter and the report again. The report speaks of most days, not of one.",
            ),
        ),
    ),
    Story(
        "refused, and changed on review",
        3,
        {**WALKING, "may_check_address": False},
        (
            *REFUSED,
            move(
                "ask for a review",
                IN_A_WEEK,
                by=By.CUSTOMER,
                words="My physiotherapist has written a letter. I attach it.",
            ),
            move(
                "change decision",
                IN_WEEKS,
                by=By.COLLEAGUE,
                words="The letter shows what the assessment could not. We are sorry.",
            ),
            *MAKING,
        ),
    ),
    Story(
        "terminally ill, on the fast track",
        4,
        {"sr1": True, "may_check_address": True},
        (move("approve on fast track", SAME_DAY), move("post badge", SOON)),
        brings=("identity", "photo"),
        age=(40, 90),
    ),
    Story(
        "an organisation's minibuses",
        3,
        {
            "applicant": "organisation",
            "cares_for": True,
            "transports": True,
            "is_hire": False,
            "vehicle_types": ["minibus"],
        },
        (
            look(),
            move("start desk check", SAME_DAY),
            move("approve organisation", IN_DAYS, answers={"badges_agreed": 2}),
            *MAKING,
        ),
        is_organisation=True,
    ),
    Story(
        "withdrawn",
        2,
        {**WALKING, "may_check_address": True},
        (move("withdraw", IN_A_WEEK, by=By.CUSTOMER, words="I am moving to my son’s, in another county."),),
        brings=(),
    ),
    Story(
        "moved to another council",
        1,
        {**PIP, "may_check_address": True},
        (
            move("start desk check", SOON),
            move("transfer", IN_DAYS, answers={"new_council": "The council of the new address"}),
        ),
    ),
    Story(
        "fee never paid",
        2,
        {**PIP, "may_check_address": True},
        (
            look(),
            move("record checks", SAME_DAY, answers=YES),
            move("approve", SOON),
            wait("close unpaid", (60, 62)),
        ),
    ),
    Story(
        "died before a decision",
        1,
        {**WALKING, "may_check_address": True},
        (look(), move("record death", IN_A_WEEK)),
        age=(80, 94),
    ),
    Story(
        "badge lost and cancelled",
        2,
        {**PIP, "may_check_address": True},
        (
            look(),
            move("record checks", SAME_DAY, answers=YES),
            move("approve", SOON),
            *MAKING,
            move("cancel badge", IN_WEEKS, answers={"cancel_reason": "lost"}),
        ),
    ),
    Story(
        "badge holder died",
        1,
        {"benefit": "dla", "dla_mobility": "higher", "award_length": "ongoing", "may_check_address": False},
        (look(), move("approve", SOON), *MAKING, move("record death of holder", IN_WEEKS)),
        age=(80, 94),
    ),
)
