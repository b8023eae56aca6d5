"""A pack's own tests: its example people are put through its form and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from frontdoor.catalogue.calculators import CALCULATORS, danger_words
from frontdoor.catalogue.pack import Example, Expected, Pack
from frontdoor.decisions.automation import may_automate
from frontdoor.decisions.definition import EvidenceState, RuleSet, Sheet, Status
from frontdoor.decisions.weighing import NoRules, rules_for, values_on, weigh
from frontdoor.forms.answers import say_answer
from frontdoor.forms.asking import interrupt_due
from frontdoor.forms.facts import Facts, facts_of
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.facts import Json

US = "us"
Shown = Mapping[str, object]


@dataclass(frozen=True)
class ExampleResult:
    """What came of an example: only what was expected is compared, under the key it has in the pack.

    `sheet` is None where the rules of no day fit, or an interrupt stops the person before anything is decided.
    """

    name: str
    passed: bool
    expected: Shown
    got: Shown
    sheet: Sheet | None
    line: int


@dataclass(frozen=True)
class Weighing:
    """An example weighed: the facts that follow from it, the interrupt that comes first, and the sheet."""

    facts: Facts
    interrupt: str | None
    rules: RuleSet
    sheet: Sheet


def run_examples(pack: Pack, *, today: date) -> list[ExampleResult]:
    """Every example person of the pack, in order. `today`: the day of those that name none."""
    return [run_example(pack, example, today=today) for example in pack.examples]


def run_example(pack: Pack, example: Example, *, today: date) -> ExampleResult:
    """One example person."""
    try:
        weighing = weigh_example(pack, example, today=today)
    except NoRules as error:
        return ExampleResult(
            example.name, False, {"rules": "in force"}, {"rules": str(error)}, None, example.line
        )
    expected = _expected(example.expect)
    got = {key: _got(key, weighing, example.expect) for key in expected}
    return ExampleResult(example.name, expected == got, expected, got, weighing.sheet, example.line)


def weigh_example(pack: Pack, example: Example, *, today: date) -> Weighing:
    """The facts and the decision sheet of an example. Raises `NoRules` where no rules hold on its day."""
    received = example.received_on or example.today or today
    rules = rules_for(rule_sets=pack.rules, on=received)
    evidence = evidence_of(pack, example)
    given = {
        "today": (example.today or received).isoformat(),
        "received_on": received.isoformat(),
        "channel": example.channel,
        "for_someone_else": example.for_someone_else,
        "us": US,
        **evidence_facts(evidence),
        **values_on(rules=rules, on=received),
        **example.facts,
    }
    facts = facts_of(form=pack.form, answers=example.answers, given=given, calculators=_calculators())
    due = interrupt_due(form=pack.form, facts=facts.values, not_asked=facts.not_asked, seen=frozenset())
    sheet = weigh(
        rules=rules,
        facts=facts.values,
        not_asked=facts.not_asked,
        evidence=evidence,
        on=received,
        said=said_facts(pack, facts.values),
    )
    return Weighing(facts, due.name if due else None, rules, sheet)


def evidence_of(pack: Pack, example: Example) -> dict[str, EvidenceState]:
    """The state of every kind of evidence of the pack."""
    states = dict.fromkeys(pack.form.evidence, EvidenceState.NONE)
    states |= dict.fromkeys(example.evidence_sent, EvidenceState.RECEIVED)
    states |= dict.fromkeys(example.evidence_rejected, EvidenceState.REJECTED)
    return states | dict.fromkeys(example.evidence_seen, EvidenceState.ACCEPTED)


def evidence_facts(evidence: Mapping[str, EvidenceState]) -> dict[str, Json]:
    """`has_<evidence>` and `seen_<evidence>`, as conditions read them."""
    come = (EvidenceState.RECEIVED, EvidenceState.ACCEPTED)
    has: dict[str, Json] = {f"has_{fact_name(kind)}": state in come for kind, state in evidence.items()}
    seen = {f"seen_{fact_name(kind)}": state is EvidenceState.ACCEPTED for kind, state in evidence.items()}
    return {**has, **seen}


def said_facts(pack: Pack, facts: Mapping[str, Json]) -> dict[str, str]:
    """The facts that questions gave, in the words of their options."""
    said = {}
    for name, value in facts.items():
        if (question := pack.question(name)) is not None:
            said[name] = say_answer(question=question, value=value)
    return said


def _calculators() -> Mapping[str, Callable[..., Json]]:
    """Examples state what calculators would give (`facts:`); those that need neither places nor record work."""
    return {**dict.fromkeys(CALCULATORS, lambda *_: None), "danger words in text": danger_words}


def _expected(expect: Expected) -> dict[str, object]:
    every = {
        "outcome": expect.outcome,
        "because": expect.because,
        "met": expect.met,
        "not met": expect.not_met,
        "not known": expect.not_known,
        "asks for": expect.asks_for,
        "values": expect.values,
        "interrupt": expect.interrupt,
        "automatic": expect.automatic,
    }
    return {key: value for key, value in every.items() if value is not None}


def _got(key: str, weighing: Weighing, expect: Expected) -> object:
    """What the example came to. Of `met`, `not met`, `not known` and `because` only the named ones are shown."""
    sheet = weighing.sheet
    match key:
        case "outcome":
            return sheet.outcome
        case "because":
            return _among(expect.because, sheet.because)
        case "met" | "not met" | "not known":
            named = {"met": expect.met, "not met": expect.not_met, "not known": expect.not_known}[key]
            return _among(named, [each.criterion for each in sheet.criteria if each.status is Status(key)])
        case "asks for":
            return frozenset(sheet.asks_for)
        case "values":
            known = {**weighing.facts.values, **sheet.values, **sheet.computed}
            return {name: known.get(name) for name in expect.values or {}}
        case "interrupt":
            return weighing.interrupt
        case _:
            return bool(may_automate(sheet=sheet, rules=weighing.rules, consent=True))


def _among(named: frozenset[str] | None, found: list[str] | tuple[str, ...]) -> frozenset[str]:
    """Of what was found, the named ones; an empty list in the pack means: none at all."""
    return frozenset(found) & named if named else frozenset(found)
