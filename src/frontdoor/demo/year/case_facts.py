"""A case of the year under way, and what is known of it: facts and decision sheets, once for all cases that are alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from frontdoor.cases.models import Case
from frontdoor.catalogue.pack import Pack
from frontdoor.decisions.definition import Sheet
from frontdoor.decisions.weighing import rules_for, values_on
from frontdoor.demo.year.cast import TOWNS, at
from frontdoor.demo.year.lives import Life
from frontdoor.demo.year.rows import Cell
from frontdoor.forms.facts import facts_of
from frontdoor.handling.calculating import calculators_for
from frontdoor.handling.knowing import KnownCase, given_facts, sheet_from
from frontdoor.handling.sheets import sheet_as_json
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json


@dataclass(slots=True)
class Promised:
    """A promise of a case; seconds, 0 for never."""

    name: str
    within: str
    made: int
    due: int
    kept: int = 0
    dropped: int = 0

    @property
    def runs(self) -> bool:
        """Neither kept nor dropped."""
        return not (self.kept or self.dropped)


@dataclass(slots=True)
class OpenCase:
    """A case under way."""

    life: Life
    key: str
    reference: str
    conversation: str
    customer: str | None
    pack: Pack
    answers: dict[str, Json]
    state: str
    since: int
    waits_for: str
    recorded: dict[str, Json] = field(default_factory=dict)
    promises: list[Promised] = field(default_factory=list)
    decisions: list[list[Cell]] = field(default_factory=list)
    payments: list[list[Cell]] = field(default_factory=list)
    ended_as: str = ""
    closed: int = 0
    revision: int = 1

    @property
    def due(self) -> int:
        """The earliest promise that runs; 0 for none."""
        return min((each.due for each in self.promises if each.runs), default=0)


class Weighing:
    """Facts and sheets of cases, kept for the next one that is like it."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], KnownCase] = {}
        self._sheets: dict[tuple[object, ...], str] = {}
        self._given: dict[tuple[object, ...], Mapping[str, Json]] = {}
        self._values: dict[tuple[str, date], str] = {}

    def facts(self, case: OpenCase, seconds: int) -> KnownCase:
        """What is known now: the same for all who told the same and are as old, in one of our towns. What is worked out
        from the day itself is in `given_today`.
        """
        key = self._key(case, seconds)
        if key not in self._known:
            self._known[key] = self._facts_of_today(case, seconds)
        return self._known[key]

    def _key(self, case: OpenCase, seconds: int) -> tuple[object, ...]:
        received, born = day_of(at(case.life.received)), str(case.answers.get("born_on") or "")
        ages = tuple(_age(born, day) for day in (received, day_of(at(seconds)))) if born else ()
        if (case.pack.id, received) not in self._values:
            rules = rules_for(rule_sets=case.pack.rules, on=received)
            self._values[case.pack.id, received] = str(values_on(rules=rules, on=received))
        values = self._values[case.pack.id, received]
        return (case.life.story, tuple(case.recorded), ages, case.life.customer % len(TOWNS), values)

    def _facts_of_today(self, case: OpenCase, seconds: int) -> KnownCase:
        received = at(case.life.received)
        told = Case(service=case.pack.id, channel="web", answers=case.answers, received_at=received)
        rules = rules_for(rule_sets=case.pack.rules, on=day_of(received))
        given = given_facts(case=told, evidence={}, rules=rules, pack=case.pack, at=at(seconds))
        calculators = calculators_for(at=at(seconds), service=case.pack.id, customer_id=None)
        facts = facts_of(
            form=case.pack.form,
            answers=case.answers,
            given={**given, **case.recorded},
            calculators=calculators,
        )
        return KnownCase(case.pack, rules, facts.values, facts.not_asked, facts.asked, {})

    def sheet(self, case: OpenCase, seconds: int) -> str:
        """The whole weighing as it is kept; dates on it are reckoned from the day of the decision."""
        key = (*self._key(case, seconds), day_of(at(seconds)))
        if key not in self._sheets:
            weighed = self._weighed(case, self._facts_of_today(case, seconds))
            self._sheets[key] = json.dumps(sheet_as_json(weighed))
        return self._sheets[key]

    def _weighed(self, case: OpenCase, known: KnownCase) -> Sheet:
        return sheet_from(known=known, case=Case(received_at=at(case.life.received)))

    def given_today(self, case: OpenCase, seconds: int) -> Callable[[str | None], Json]:
        """A fact of the day, or a value worked out on the sheet: fees, amounts and dates of what is given. Those who
        apply are grown up, so that their age changes none of it.
        """
        key = (case.life.story, tuple(case.recorded), day_of(at(seconds)))
        if key not in self._given:
            known = self._facts_of_today(case, seconds)
            self._given[key] = {**known.facts, **self._weighed(case, known).computed}
        found = self._given[key]
        return lambda name: found.get(name) if name else None


def _age(born: str, on: date) -> int:
    """Years, as a birthday in ISO says."""
    return on.year - int(born[:4]) - (on.isoformat()[5:] < born[5:])
