"""The manual of forms, run: reading, hearing and asking."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdoor.forms.answers import Answer, Faults, fields_of, read_answer, read_said, say_answer
from frontdoor.forms.asking import PageState, evidence_asked, interrupt_due, next_page, pages, sections_done
from frontdoor.forms.facts import Facts, facts_of
from frontdoor.kernel.facts import Json
from tests.builders.chapters import cases_of, read_yaml
from tests.builders.forms import a_form, a_question

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
FORM = a_form(read_yaml(HERE / "asking.yaml")["form"])
HEADINGS = {
    "pages",
    "next",
    "sections",
    "facts",
    "facts without",
    "not asked",
    "evidence",
    "faulty",
    "interrupt",
}


@pytest.mark.parametrize("case", cases_of(HERE / "reading.yaml"))
def test_what_is_typed_is_read_as_the_manual_says(case: dict[str, Any]) -> None:
    question = a_question("q", case["question"])
    typed = {f"q{name}" if name.startswith("-") else name: value for name, value in case["typed"].items()}
    reading = read_answer(question=question, given=typed, facts={}, today=TODAY)
    if isinstance(reading, Faults):
        assert {fault.field: fault.words for fault in reading.faults} == case["faults"]
    else:
        assert (reading.value, say_answer(question=question, value=reading.value)) == (
            case["answer"],
            case["said"],
        )
        shown = fields_of(question=question, value=reading.value)
        assert read_answer(question=question, given=shown, facts={}, today=TODAY) == reading


@pytest.mark.parametrize("case", cases_of(HERE / "hearing.yaml"))
def test_what_is_said_is_heard_as_the_manual_says(case: dict[str, Any]) -> None:
    heard = read_said(question=a_question("q", case["question"]), text=case["text"], today=TODAY)
    if isinstance(heard, Faults):
        assert [fault.words for fault in heard.faults] == [case["fault"]]
    else:
        assert heard == Answer(case["answer"])


@pytest.mark.parametrize("case", cases_of(HERE / "asking.yaml", "cases"))
def test_what_is_asked_is_what_the_manual_says(case: dict[str, Any]) -> None:
    given: dict[str, Json] = {"today": "2026-11-22", "us": "Wealdmoor", **case.get("given", {})}
    calculators = {
        "issuer of": lambda postcode: "Wealdmoor" if str(postcode).startswith("AA") else "Elsewhere"
    }
    answers = case["answers"]
    facts = facts_of(form=FORM, answers=answers, given=given, calculators=calculators)
    every = pages(form=FORM, answers=answers, given=given, calculators=calculators)
    following = next_page(form=FORM, answers=answers, given=given, calculators=calculators)
    lines = sections_done(form=FORM, answers=answers, given=given, calculators=calculators)
    seen = frozenset(case.get("seen", ()))
    interrupt = interrupt_due(form=FORM, facts=facts.values, not_asked=facts.not_asked, seen=seen)
    evidence = evidence_asked(form=FORM, facts=facts.values, not_asked=facts.not_asked)
    found = {
        "pages": [page.question.id for page in every],
        "next": following.question.id if following else None,
        "sections": {line.section.id: line.status.value for line in lines},
        "facts": {name: facts.values[name] for name in case.get("facts", ())},
        "facts without": [name for name in case.get("facts without", ()) if name not in facts.values],
        "not asked": sorted(facts.not_asked & _all_of(case, facts)),
        "evidence": [kind.name for kind in evidence],
        "faulty": {page.question.id: list(page.faults) for page in every if page.state is PageState.FAULTY},
        "interrupt": interrupt.name if interrupt else None,
    }
    expected = {heading: case[heading] for heading in HEADINGS if heading in case}
    assert expected == {heading: found[heading] for heading in expected}


def _all_of(case: dict[str, Any], facts: Facts) -> frozenset[str]:
    """The names the case speaks of: all, where it says that nothing is left out."""
    return frozenset(case.get("not asked", ())) or facts.not_asked
