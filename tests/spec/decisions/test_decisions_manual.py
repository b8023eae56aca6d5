"""The manual of decisions, run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdoor.decisions.automation import may_automate
from frontdoor.decisions.definition import EvidenceState
from frontdoor.decisions.explain import sheet_as_text
from frontdoor.decisions.weighing import weigh
from tests.builders.chapters import cases_of, read_yaml
from tests.builders.decisions import a_rule_set

MANUAL = Path(__file__).parent / "weighing.yaml"
RULES = a_rule_set(read_yaml(MANUAL)["rules"])
GIVEN = {"facts", "evidence", "not asked", "on"}


@pytest.mark.parametrize("case", cases_of(MANUAL, "cases"))
def test_a_case_is_weighed_as_the_manual_says(case: dict[str, Any]) -> None:
    sheet = weigh(
        rules=RULES,
        facts=case["facts"],
        not_asked=frozenset(case.get("not asked", ())),
        evidence={kind: EvidenceState(state) for kind, state in case.get("evidence", {}).items()},
        on=case.get("on", date(2026, 11, 22)),
    )
    by_name = {weighed.criterion: weighed for weighed in sheet.criteria}
    found = {
        "outcome": sheet.outcome,
        "says": sheet.says,
        "clear": sheet.is_clear,
        "because": list(sheet.because),
        "doubts": list(sheet.doubts),
        "asks for": list(sheet.asks_for),
        "to look at": list(sheet.to_look_at),
        "groups": {name: status.value for name, status in sheet.groups.items()},
        "values": dict(sheet.values),
        "computed": dict(sheet.computed),
        "statuses": {name: by_name[name].status.value for name in case.get("statuses", ())},
        "words": {name: by_name[name].words for name in case.get("words", ())},
        "missing": {name: list(by_name[name].missing) for name in case.get("missing", ())},
        "may automate": bool(may_automate(sheet=sheet, rules=RULES, consent=False)),
    }
    expected = {heading: value for heading, value in case.items() if heading not in GIVEN}
    assert expected == {heading: found[heading] for heading in expected}
    assert all(len(line) <= 96 for line in sheet_as_text(sheet=sheet).splitlines())
