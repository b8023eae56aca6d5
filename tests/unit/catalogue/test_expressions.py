"""Conditions as authors write them, and back."""

from __future__ import annotations

import pytest

from frontdoor.catalogue.expressions import to_expression, to_words

NAMES = ["in any case", "arms and drives", "not for hire", "evidence is missing", "photo"]


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("a and b", "a && b"),
        ("a or not b", "a || !b"),
        ("not (a and b)", "!(a && b)"),
        ("a == 'this and that' and b", "a == 'this and that' && b"),
        ('a == "not \\" or" or b', 'a == "not \\" or" || b'),
        ("android or order", "android || order"),
        ("arms and drives and in any case", "arms_and_drives && in_any_case"),
        ("not for hire and not not for hire", "not_for_hire && !not_for_hire"),
        ("Evidence is missing", "evidence_is_missing"),
        ("arms  and\n drives", "arms_and_drives"),
        ("photo and x in ['in any case']", "photo && x in ['in any case']"),
        ("a != b", "a != b"),
    ],
)
def test_words_become_an_expression(words: str, expression: str) -> None:
    assert to_expression(words, names=NAMES) == expression


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("a && !b || c != 'x && y'", "a and not b or c != 'x && y'"),
        ("in_any_case && photo", "in any case and photo"),
    ],
)
def test_an_expression_becomes_words(expression: str, words: str) -> None:
    assert to_words(expression, names={"in_any_case": "in any case"}) == words
