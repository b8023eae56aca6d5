"""Facts and sheets in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.decisions.automation import may_automate
from frontdoor.decisions.definition import Automation, EvidenceState, RuleSet
from frontdoor.decisions.explain import sheet_as_text
from frontdoor.decisions.weighing import weigh
from frontdoor.decisions.words import fill, say_fact
from frontdoor.kernel.facts import Json
from tests.builders.decisions import a_rule_set


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not known"),
        (True, "yes"),
        (False, "no"),
        (8, "8"),
        (8.0, "8"),
        (2.5, "2.5"),
        ("2027-03-01", "1 March 2027"),
        ("2027-02-30", "2027-02-30"),
        ("pip", "pip"),
        (["a", 2], "a, 2"),
        ({"line": "1 High Street", "town": "Moorby"}, "1 High Street, Moorby"),
    ],
)
def test_say_fact(value: Json, words: str) -> None:
    assert say_fact(value) == words


def test_fill_prefers_the_words_it_is_given_and_evaluates_nothing() -> None:
    filled = fill(
        "{benefit}, {points} points, {missing}, {a.b} {0}",
        {"benefit": "pip", "points": 8},
        {"benefit": "PIP"},
    )
    assert filled == "PIP, 8 points, not known, {a.b} not known"


@given(st.text(max_size=40))
def test_a_fact_is_never_read_as_a_template(text: str) -> None:
    assert fill("[{fact}]", {"fact": "{other}" + text, "other": "secret"}, {}) == "[{other}" + text + "]"


def rules(automation: str) -> RuleSet:
    return a_rule_set(
        {
            "automation": automation,
            "groups": {
                "eligible": {
                    "needs": "any",
                    "criteria": {
                        "points": {"when": "points >= 8", "proved by": "letter", "source": "Regulation 4"}
                    },
                }
            },
            "outcomes": {
                "approve": {"when": "eligible", "move": "approve", "says": "Yes"},
                "note": {"when": "points == 1"},
                "assess": {"otherwise": True, "move": "assess"},
            },
        }
    )


@pytest.mark.parametrize(
    ("automation", "points", "consent", "allowed", "why"),
    [
        ("automatic", 8, False, True, "The outcome “approve” is clear: points."),
        ("automatic with consent", 8, True, True, "The outcome “approve” is clear: points."),
        (
            "automatic with consent",
            8,
            False,
            False,
            "The customer has not agreed to a decision without a person.",
        ),
        ("prepare only", 8, True, False, "This service lets software prepare a decision; a person makes it."),
        ("automatic", 4, True, False, "No rule decides this case, so a person does."),
        ("automatic", 1, True, False, "No rule decides this case, so a person does."),
    ],
)
def test_may_automate(automation: str, points: int, consent: bool, allowed: bool, why: str) -> None:
    chosen = rules(automation)
    sheet = weigh(
        rules=chosen,
        facts={"points": points},
        not_asked=frozenset(),
        evidence={"letter": EvidenceState.ACCEPTED},
        on=date(2026, 11, 22),
    )
    verdict = may_automate(sheet=sheet, rules=chosen, consent=consent)
    assert (bool(verdict), verdict.why) == (allowed, why)


def test_every_degree_of_automation_is_tried_above() -> None:
    assert {each.value for each in Automation} == {"automatic", "automatic with consent", "prepare only"}


def test_sheet_as_text_shows_status_fact_proof_and_source() -> None:
    sheet = weigh(
        rules=rules("automatic"),
        facts={"points": 12},
        not_asked=frozenset(),
        evidence={"letter": EvidenceState.ACCEPTED},
        on=date(2026, 11, 22),
    )
    assert sheet_as_text(sheet=sheet, title="Amina").splitlines() == [
        "Amina",
        "═════",
        "",
        "Outcome:    approve (clear: nothing it rests on is in doubt)",
        "In words:   Yes",
        "Next move:  approve",
        "Because:    points",
        "Rules:      in force from 1 January 2020",
        "",
        "✓ Eligible: met",
        "─" * 96,
        "  ✓ met         points: Points: met",
        "                facts:     points = 12",
        "                proof:     letter, seen and accepted",
        "                source:    Regulation 4",
        "",
    ]
