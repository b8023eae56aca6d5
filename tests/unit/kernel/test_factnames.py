"""From plain words to the names that conditions read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.conditions import compile_condition
from frontdoor.kernel.factnames import fact_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("eligible without assessment", "eligible_without_assessment"),
        ("PIP letter", "pip_letter"),
        ("three-or-over", "three_or_over"),
        ("who they are?", "who_they_are"),
        ("café", "cafe"),
        ("18 or over", "n_18_or_over"),
    ],
)
def test_fact_name(words: str, name: str) -> None:
    assert fact_name(words) == name


@given(st.text(max_size=30))
def test_a_name_can_be_read_by_a_condition_and_is_its_own_name(words: str) -> None:
    name = fact_name(words)
    assert fact_name(name) == name
    if name and name not in ("true", "false", "null", "in"):
        assert compile_condition(f"seen_{name} == true", names={f"seen_{name}"}).names == {f"seen_{name}"}
