"""The Crisis support pack, and people who ask for help, for the chapters of this folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from frontdoor.catalogue.loading import load_pack
from frontdoor.catalogue.pack import Pack
from frontdoor.decisions.definition import Sheet
from frontdoor.decisions.weighing import rules_for, values_on, weigh
from frontdoor.forms.asking import interrupt_due
from frontdoor.forms.definition import Interrupt
from frontdoor.forms.facts import Facts, facts_of
from frontdoor.kernel.facts import Json

HERE = Path(__file__).parent
FOLDER = HERE.parents[3] / "packs" / "crisis-support"
RECEIVED = date(2026, 11, 21)
FOOD: dict[str, Json] = {
    "needs": ["food"],
    "runs_out": "today",
    "household": [],
    "not_safe_now": "safe",
    "home": "settled",
    "weeks_here": "six_or_more",
    "what_happened": ["job"],
    "money_now": "nothing",
    "public_funds": "no_limit",
    "born_on": "1990-04-02",
}
ITEMS: dict[str, Json] = {
    **FOOD,
    "needs": ["items"],
    "items_needed": ["bed"],
    "has_referral": "yes",
    "runs_out": "later",
}


@cache
def pack() -> Pack:
    """The pack as it stands in this checkout."""
    return load_pack(FOLDER)


def chapter(name: str) -> Any:
    """The cases of a chapter."""
    return YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))


def given_on(**facts: Json) -> dict[str, Json]:
    """What the platform gives on the day `received_on` (else RECEIVED), to someone of our area, given nothing before."""
    day = _day_of(facts)
    rules = rules_for(rule_sets=pack().rules, on=day)
    common: dict[str, Json] = {
        "today": day.isoformat(),
        "received_on": day.isoformat(),
        "us": "us",
        "issuing_authority": "us",
        "issuing_authority_name": "Our Council",
        "food_awards_counted": 0,
        "item_awards_ever": 0,
    }
    return {**common, **values_on(rules=rules, on=day), **facts}


def _day_of(facts: Mapping[str, Json]) -> date:
    return date.fromisoformat(str(facts.get("received_on", RECEIVED.isoformat())))


def calculators() -> dict[str, Callable[..., Json]]:
    """Those of a council without places and without a record: what they would give stands in the cases."""
    return {rule.calculator: lambda *_: None for rule in pack().form.works_out if rule.calculator}


def known(answers: Mapping[str, Json], **facts: Json) -> Facts:
    """The facts that follow from answers."""
    return facts_of(form=pack().form, answers=answers, given=given_on(**facts), calculators=calculators())


def sheet(answers: Mapping[str, Json], **facts: Json) -> Sheet:
    """The decision sheet of a request."""
    found = known(answers, **facts)
    day = _day_of(facts)
    rules = rules_for(rule_sets=pack().rules, on=day)
    return weigh(rules=rules, facts=found.values, not_asked=found.not_asked, evidence={}, on=day)


def interrupt(answers: Mapping[str, Json], **facts: Json) -> Interrupt | None:
    """The first page that comes before any more is asked."""
    found = known(answers, **facts)
    return interrupt_due(form=pack().form, facts=found.values, not_asked=found.not_asked, seen=frozenset())
