"""Rule sets from plain data: the keys of decision.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from frontdoor.decisions.definition import (
    Automation,
    Criterion,
    DatedValue,
    Group,
    Needs,
    OutcomeRule,
    RuleSet,
)
from tests.builders.conditions import condition, formula


def a_rule_set(data: Mapping[str, Any]) -> RuleSet:
    """A rule set with `from`, `to`, `automation`, `groups`, `outcomes`, `values` and `computes`."""
    return RuleSet(
        starts_on=data.get("from", date(2020, 1, 1)),
        ends_on=data.get("to"),
        automation=Automation(data.get("automation", "prepare only")),
        groups=tuple(a_group(name, group) for name, group in data["groups"].items()),
        outcomes=tuple(an_outcome(name, rule) for name, rule in data["outcomes"].items()),
        values={
            name: tuple(a_value(each) for each in values) for name, values in data.get("values", {}).items()
        },
        computes={name: formula(text) for name, text in data.get("computes", {}).items()},
    )


def a_group(name: str, data: Mapping[str, Any]) -> Group:
    """A group of criteria."""
    return Group(
        name,
        Needs(data["needs"]),
        tuple(a_criterion(key, name, each) for key, each in data["criteria"].items()),
    )


def a_criterion(name: str, group: str, data: Mapping[str, Any]) -> Criterion:
    """A criterion; its words are empty where none are given."""
    proofs = data.get("proved by", ())
    return Criterion(
        name=name,
        group=group,
        when=condition(data.get("when")),
        proved_by=(proofs,) if isinstance(proofs, str) else tuple(proofs),
        met=data.get("met", ""),
        not_met=data.get("not met", ""),
        not_known=data.get("not known", ""),
        source=data.get("source", ""),
    )


def an_outcome(name: str, data: Mapping[str, Any]) -> OutcomeRule:
    """An outcome rule; `otherwise: true` has no condition."""
    when = None if data.get("otherwise") else condition(data["when"])
    return OutcomeRule(name, when, data.get("says", ""), data.get("move"))


def a_value(data: Mapping[str, Any]) -> DatedValue:
    """A dated value."""
    return DatedValue(data["value"], data["from"], data.get("to"))
