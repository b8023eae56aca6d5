"""Conditions and formulas over any names, as tests write them."""

from __future__ import annotations

from typing import overload

from frontdoor.kernel.conditions import Condition, Formula, compile_condition, compile_formula
from frontdoor.kernel.expression_text import names_read, tokens_of


@overload
def condition(text: str) -> Condition: ...
@overload
def condition(text: None) -> None: ...
def condition(text: str | None) -> Condition | None:
    """The condition of this text; whatever names it reads are taken as known."""
    return None if text is None else compile_condition(text, names=names_read(tokens_of(text)))


def formula(text: str) -> Formula:
    """The formula of this text; whatever names it reads are taken as known."""
    return compile_formula(text, names=names_read(tokens_of(text)))
