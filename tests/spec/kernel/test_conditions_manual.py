"""The manual of conditions and formulas, run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdoor.kernel.conditions import BadCondition, Truth, compile_condition, compile_formula

HERE = Path(__file__).parent
YAML_READER = YAML(typ="safe")
CHAPTERS: dict[str, list[dict[str, Any]]] = YAML_READER.load(HERE / "conditions.yaml")
FORMULAS: list[dict[str, Any]] = YAML_READER.load(HERE / "formulas.yaml")
NAMES = (
    {"moving_around", "planning_journeys", "benefit", "age", "home", "award_end", "today", "born", "town"}
    | {"words", "postcode", "children", "a", "b", "list"}
)  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{title}: {case['when']}")
        for title, cases in CHAPTERS.items()
        for case in cases
    ],
)
def test_condition_of_the_manual(case: dict[str, Any]) -> None:
    condition = compile_condition(case["when"], names=NAMES)
    weighed = condition.weigh(case["facts"], not_asked=frozenset(case.get("not asked", ())))
    assert (weighed.truth, list(weighed.missing)) == (Truth(case["truth"]), case.get("missing", []))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["work out"]) for case in FORMULAS if "refused" not in case]
)
def test_formula_of_the_manual(case: dict[str, Any]) -> None:
    computed = compile_formula(case["work out"], names=NAMES).compute(case["facts"])
    expected_notes = (case["note"],) if "note" in case else ()
    assert (computed.value, computed.is_known) == (case.get("value"), "value" in case)
    assert (computed.notes, list(computed.missing)) == (expected_notes, case.get("missing", []))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["work out"]) for case in FORMULAS if "refused" in case]
)
def test_formula_refused_by_the_manual(case: dict[str, Any]) -> None:
    with pytest.raises(BadCondition) as caught:
        compile_formula(case["work out"], names=NAMES)
    assert caught.value.problem == case["refused"]
