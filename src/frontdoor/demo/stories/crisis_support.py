"""What happens in requests for crisis support."""

from __future__ import annotations

from frontdoor.demo.steps import (
    IN_DAYS,
    SAME_DAY,
    SOON,
    By,
    Step,
    Story,
    look,
    move,
    note,
    reply,
    send,
    track,
    wait,
    write,
)
from frontdoor.kernel.facts import Json

SERVICE = "crisis-support"
SHARE = 0.20
COLD = {11: 1.4, 12: 1.8, 1: 1.7, 2: 1.3, 8: 1.2}
HOURS = (0.05, 0.35)
SAFE: dict[str, Json] = {
    "not_safe_now": "safe",
    "home": "settled",
    "weeks_here": "six_or_more",
    "public_funds": "no_limit",
    "child_at_risk": "none",
    "money_now": "nothing",
}
FOOD: dict[str, Json] = {**SAFE, "needs": ["food"], "runs_out": "today", "what_happened": ["benefit_wait"]}
FUEL: dict[str, Json] = {
    **SAFE,
    "needs": ["food", "heating"],
    "runs_out": "tomorrow",
    "what_happened": ["costs"],
    "meter": "prepayment",
}
ITEMS: dict[str, Json] = {
    **SAFE,
    "needs": ["items"],
    "runs_out": "later",
    "what_happened": ["broken"],
    "has_referral": "yes",
    "referral_code": "LARCH-204",
}
OFFERED: dict[str, Json] = dict.fromkeys(
    (
        "alt_benefit_advance",
        "alt_energy",
        "alt_food",
        "alt_money_advice",
        "alt_housing",
        "alt_family",
        "alt_goods",
    ),
    "offered",
)
OTHER_HELP = move("record other help", HOURS, answers={**OFFERED, "alternatives_recorded": True})


def award(method: str, pounds: int, what: str = "food_and_fuel") -> Step:
    """The officer proposes an award."""
    given: dict[str, Json] = {"food_and_fuel_amount": pounds}
    if what == "items":
        given = {"items_amount": pounds, "items_given": "A bed and bedding"}
    answers = {"award_for": what, "award_method": method, "why_not_money": "asked", **given}
    return move("propose award", HOURS, answers=answers)


GIVE = move("give food and fuel award", HOURS)
DECLINED: tuple[Step, ...] = (
    move("start", HOURS),
    OTHER_HELP,
    move(
        "decline",
        HOURS,
        why=("not a crisis",),
        words="You told us that there is enough until the next payday.",
    ),
    move("confirm decline", HOURS, by=By.COLLEAGUE),
)
STORIES: tuple[Story, ...] = (
    Story(
        "food, money sent the same day",
        22,
        FOOD,
        (move("start", HOURS), OTHER_HELP, award("bank", 60), GIVE, move("pay", HOURS)),
        months=COLD,
        age=(18, 70),
    ),
    Story(
        "food and heating, by energy voucher",
        16,
        FUEL,
        (
            move("start", HOURS),
            OTHER_HELP,
            award("energy_voucher", 49),
            GIVE,
            move("send voucher", HOURS),
            track(SOON),
            move("voucher used", SOON),
        ),
        months=COLD,
        age=(18, 80),
    ),
    Story(
        "a voucher nobody used",
        3,
        FUEL,
        (
            move("start", HOURS),
            OTHER_HELP,
            award("cash_voucher", 40),
            GIVE,
            move("send voucher", HOURS),
            wait("voucher not used", (28, 29)),
        ),
        age=(18, 60),
    ),
    Story(
        "a bed and bedding",
        10,
        ITEMS,
        (
            move("start", HOURS),
            OTHER_HELP,
            award("goods", 140, "items"),
            move("confirm household items award", HOURS, by=By.COLLEAGUE),
            move("pay", SOON),
        ),
        age=(18, 60),
    ),
    Story(
        "a larger award, confirmed by a colleague",
        4,
        {**FUEL, "household": ["child"], "what_happened": ["lost_money"]},
        (
            move("start", HOURS),
            OTHER_HELP,
            award("bank", 180),
            move("confirm food and fuel award", HOURS, by=By.COLLEAGUE),
            move("pay", HOURS),
        ),
        age=(20, 50),
    ),
    Story(
        "danger at home, dealt with at once",
        4,
        {
            **FOOD,
            "not_safe_now": "not_always",
            "safe_contact": ["text"],
            "what_happened": ["abuse"],
            "runs_out": "gone",
        },
        (
            move("deal with it now", (0.01, 0.05)),
            move(
                "tell the duty worker",
                HOURS,
                answers={"duty_worker_told": "adult"},
                words="Told at once, by phone.",
            ),
            OTHER_HELP,
            award("cash_voucher", 80),
            GIVE,
            move("send voucher", HOURS),
            move("voucher used", SOON),
        ),
        age=(20, 60),
    ),
    Story(
        "other help found",
        12,
        {**FOOD, "runs_out": "few_days", "what_happened": ["benefit_wait"]},
        (
            move("start", HOURS),
            write(
                "Your adviser at the job centre can pay an advance today. We have told them that you will ring."
            ),
            OTHER_HELP,
            move(
                "find alternative", SOON, answers={"alternative_taken_up": "An advance of Universal Credit"}
            ),
        ),
        age=(18, 60),
    ),
    Story(
        "a housing duty of the district",
        3,
        {**FOOD, "home": "none", "here_now": True, "left_because": "other"},
        (
            move("start", HOURS),
            move(
                "name the duty",
                HOURS,
                answers={"body_with_duty": "The district council’s housing team"},
                words="They see you today.",
            ),
        ),
        age=(18, 50),
    ),
    Story(
        "third award in a year, circumstances exceptional",
        5,
        {**FUEL, "weeks_here": "fewer", "left_because": "disaster", "what_happened": ["disaster"]},
        (
            move("consider exception", HOURS),
            move(
                "decide exception",
                HOURS,
                answers={"exception_weeks": True},
                words="A flood took everything three weeks ago.",
            ),
            OTHER_HELP,
            award("bank", 90),
            GIVE,
            move("pay", HOURS),
        ),
        age=(18, 70),
    ),
    Story(
        "asked for something, and it came",
        5,
        FOOD,
        (
            move("start", HOURS),
            move("ask for information", HOURS, words="Please tell us which account the money should go to."),
            send((0.2, 1.5), kinds=("bank statement",)),
            look(HOURS),
            OTHER_HELP,
            award("bank", 55),
            GIVE,
            move("pay", HOURS),
        ),
        age=(18, 70),
    ),
    Story(
        "never answered",
        4,
        {**FOOD, "runs_out": "few_days"},
        (
            move("start", HOURS),
            move("ask for information", HOURS, words="We tried to call you."),
            wait("close without information", (7, 8)),
        ),
        age=(18, 60),
    ),
    Story(
        "declined",
        5,
        {**FOOD, "runs_out": "later", "money_now": "more", "what_happened": ["costs"]},
        DECLINED,
        age=(18, 70),
    ),
    Story(
        "declined, and it stands",
        2,
        {**FOOD, "runs_out": "later", "money_now": "more", "what_happened": ["other"]},
        (
            *DECLINED,
            move("ask for a review", SOON, by=By.CUSTOMER, words="The car broke down since."),
            move(
                "uphold decision",
                IN_DAYS,
                by=By.COLLEAGUE,
                why=("not a crisis",),
                words="A repair is outside the scheme.",
            ),
        ),
        age=(18, 70),
    ),
    Story(
        "declined, and changed",
        2,
        {**FOOD, "runs_out": "later", "money_now": "under_100", "what_happened": ["illness"]},
        (
            *DECLINED,
            move(
                "ask for a review", SOON, by=By.CUSTOMER, words="My sick pay has stopped. I have nothing now."
            ),
            move(
                "change decision",
                IN_DAYS,
                by=By.COLLEAGUE,
                words="Things have changed. We are sorry you had to ask twice.",
            ),
            award("bank", 60),
            GIVE,
            move("pay", HOURS),
        ),
        age=(18, 70),
    ),
    Story(
        "withdrawn",
        2,
        {**FOOD, "runs_out": "few_days"},
        (
            note("No answer on the first call.", SAME_DAY),
            reply("My sister has helped me out.", SOON),
            move("withdraw", SOON, by=By.CUSTOMER, words="I do not need it any more. Thank you."),
        ),
        age=(18, 70),
    ),
)
