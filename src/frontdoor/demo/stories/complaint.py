"""What happens to complaints."""

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
    move,
    note,
    reply,
    wait,
)
from frontdoor.kernel.facts import Json

SERVICE = "complaint"
SHARE = 0.02
BASIC: dict[str, Json] = {
    "at_risk": "none",
    "told_before": "waiting",
    "legal": "no",
    "wanted": ["sorry", "explain"],
    "adjustments": [],
    "equality_asked": False,
}
SILENCE: Answers = {
    **BASIC,
    "about": "contact",
    "what_happened": "I rang four times about my street light. Each time somebody promised to ring back. Nobody did.",
}
RUDE: Answers = {
    **BASIC,
    "about": "treated",
    "told_before": "no",
    "what_happened": "The man at the desk sighed and said that I should have read the letter. I cannot read small print.",
}
DELAY: Answers = {
    **BASIC,
    "about": "blue_badge",
    "what_happened": "My application took four months and I was told something different each time.",
}
POLICY: Answers = {
    **BASIC,
    "about": "tips",
    "told_before": "not_right",
    "what_happened": "I was turned away from the recycling centre because I came in a hired van.",
}


def acknowledged(definition: str, after: tuple[float, float] = IN_DAYS) -> Step:
    """The complaint is defined and acknowledged."""
    words: dict[str, Json] = {
        "complaint_definition": definition,
        "outcome_wanted": "An explanation, and an apology where we were wrong.",
        "looked_into_by": "The service’s manager, with the customer relations team",
    }
    return move("acknowledge", after, answers=words)


def found(what: str, says: str, cause: str, *, stage_two: bool = False) -> dict[str, Json]:
    """What the one who answers writes: the finding, the remedy and the cause."""
    given: dict[str, Json] = {
        "investigation": what,
        "remedy": ["apology", "explanation"],
        "remedy_words": says,
        "root_cause": cause,
        "learning": "Calls that were promised are now kept on a list that a supervisor reads each morning.",
    }
    return {f"final_{name}": value for name, value in given.items()} if stage_two else given


SORRY = "We are sorry. You had a right to expect better of us."
SILENCE_FOUND = found(
    "We read the record of calls. Four calls were taken, and three times a call back was promised and not made.",
    SORRY,
    "communication",
)
POLICY_FOUND = found(
    "We spoke to the staff at the gate and read the rules. Hired vans need a permit, which can be had on the day.",
    "We have written the rule on the page where you book, so that nobody else comes for nothing.",
    "policy",
)
TO_STAGE_TWO: tuple[Step, ...] = (
    acknowledged("That you were turned away from the recycling centre in a hired van."),
    move("do not uphold", IN_A_WEEK, answers=POLICY_FOUND, why=("policy followed",)),
    move("ask for a review", IN_A_WEEK, by=By.CUSTOMER, words="The page said nothing of a permit."),
    move(
        "acknowledge stage two",
        IN_DAYS,
        answers={
            "definition_left": "That the page said nothing of a permit.",
            "stage_two_by": "A manager who had no part in the first answer",
        },
    ),
)
LAST = found(
    "We read the page as it stood on that day. It did not say that a hired van needs a permit.",
    SORRY,
    "information",
    stage_two=True,
)

STORIES: tuple[Story, ...] = (
    Story(
        "nobody rang back, upheld",
        24,
        SILENCE,
        (
            acknowledged("That four calls were not returned."),
            move("uphold", IN_A_WEEK, answers=SILENCE_FOUND, why=("not kept informed",)),
        ),
        brings=(),
    ),
    Story(
        "four months for a badge, upheld, and something is still to be done",
        16,
        DELAY,
        (
            acknowledged("That your application took four months, and that you were told different things."),
            note("Asked the team for the record of the case.", SAME_DAY),
            move(
                "uphold with actions",
                IN_A_WEEK,
                answers={
                    **found("The papers lay in a tray for six weeks.", SORRY, "delay"),
                    "actions_left": "The team leader looks at every application older than 20 working days each Monday.",
                    "actions_by": "month",
                },
                why=("we took too long",),
            ),
            move("actions finished", IN_WEEKS, words="The list is read each Monday from now on."),
        ),
        brings=(),
    ),
    Story(
        "spoken to badly, upheld in part",
        14,
        RUDE,
        (
            acknowledged("How you were spoken to, and that the letter was in small print."),
            reply("I only want him to know how it felt."),
            move(
                "partly uphold",
                IN_A_WEEK,
                answers=found(
                    "The accounts of the talk differ. The letter was in small print.", SORRY, "conduct"
                ),
                why=("not treated well", "accounts differ"),
            ),
        ),
        brings=(),
    ),
    Story(
        "put right within the day",
        14,
        SILENCE,
        (
            move(
                "resolve",
                SAME_DAY,
                answers={
                    "resolved_how": "We rang you, said sorry, and the light was mended the same afternoon.",
                    "root_cause": "communication",
                },
            ),
        ),
        brings=(),
    ),
    Story(
        "not upheld, and upheld in part at stage 2",
        8,
        POLICY,
        (
            *TO_STAGE_TWO,
            move(
                "partly uphold at stage two",
                IN_WEEKS,
                by=By.COLLEAGUE,
                answers=LAST,
                why=("wrong information",),
            ),
        ),
        brings=(),
    ),
    Story(
        "upheld at stage 2, and a page has to be changed",
        4,
        POLICY,
        (
            *TO_STAGE_TWO,
            move(
                "uphold at stage two with actions",
                IN_WEEKS,
                by=By.COLLEAGUE,
                answers={
                    **LAST,
                    "final_actions_left": "The page about recycling centres says what a hired van needs.",
                    "final_actions_by": "two_weeks",
                },
                why=("wrong information",),
            ),
            move("actions after stage two finished", IN_A_WEEK, words="The page was changed on Tuesday."),
        ),
        brings=(),
    ),
    Story(
        "not upheld",
        10,
        POLICY,
        (
            acknowledged("That you were turned away from the recycling centre in a hired van."),
            move("do not uphold", IN_A_WEEK, answers=POLICY_FOUND, why=("policy followed",)),
        ),
        brings=(),
    ),
    Story(
        "for a neighbour who never said so",
        3,
        SILENCE,
        (
            move("ask for the agreement", SOON, kinds=("agreement",)),
            wait("close without agreement", (28, 30)),
        ),
        brings=(),
    ),
    Story(
        "a request for service after all",
        6,
        {**SILENCE, "what_happened": "The light outside number 12 is out. Please mend it."},
        (
            move(
                "treat as a request",
                SOON,
                answers={"request_passed_to": "The highways team"},
                words="We agreed on the phone that you want the light mended. The highways team has your report.",
            ),
        ),
        brings=(),
    ),
    Story(
        "another procedure",
        3,
        {**RUDE, "what_happened": "I do not agree with the panel about the school bus."},
        (
            move("record checks", SOON, answers={"found_route": "appeal"}),
            move(
                "send to its own procedure",
                SOON,
                answers={"sent_to": "The appeals panel for travel to school"},
                words="There is a last day for an appeal. It stands in the letter with the decision.",
            ),
        ),
        brings=(),
    ),
    Story(
        "withdrawn",
        3,
        SILENCE,
        (
            acknowledged("That four calls were not returned."),
            move("withdraw", IN_DAYS, by=By.CUSTOMER, words="Somebody rang me today. That is all I wanted."),
        ),
        brings=(),
    ),
)
