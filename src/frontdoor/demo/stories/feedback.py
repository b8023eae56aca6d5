"""What becomes of thanks, suggestions and comments."""

from __future__ import annotations

from frontdoor.demo.steps import IN_A_WEEK, SOON, Answers, Story, move

SERVICE = "compliment-and-feedback"
SHARE = 0.03
THANKS: Answers = {
    "kind": "compliment",
    "about": "contact_centre",
    "who_or_where": "The lady who took my call on Monday",
    "words": "She stayed on the line until it was all sorted. I did not feel a nuisance for once.",
    "may_quote": "without_name",
    "wants_answer": True,
}
IDEA: Answers = {
    "kind": "suggestion",
    "about": "libraries",
    "words": "Could the library open one evening a week? Those of us who work cannot come before six.",
    "wants_answer": True,
}
REMARK: Answers = {
    "kind": "comment",
    "about": "pages",
    "words": "The new form is shorter than the old one.",
    "wants_answer": False,
}

STORIES: tuple[Story, ...] = (
    Story(
        "thanks, passed on",
        30,
        THANKS,
        (
            move(
                "pass thanks on",
                SOON,
                answers={"thanks_went_to": "The advisor who took the call, and her manager"},
            ),
        ),
        brings=(),
    ),
    Story(
        "a suggestion, taken up",
        10,
        IDEA,
        (
            move("consider", SOON, answers={"asked_team": "The head of libraries"}),
            move("take up", IN_A_WEEK, words="From next month the library is open until eight on Thursdays."),
        ),
        brings=(),
    ),
    Story(
        "a suggestion, not taken up",
        8,
        IDEA,
        (
            move("consider", SOON, answers={"asked_team": "The head of libraries"}),
            move(
                "do not take up",
                IN_A_WEEK,
                why=("too dear",),
                words="An evening would cost more than the branch has this year. We look at it again in spring.",
            ),
        ),
        brings=(),
    ),
    Story("a comment", 12, REMARK, (move("note", SOON),), brings=()),
)
