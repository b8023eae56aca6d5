"""Weighs a case against its rules: facts and evidence in, decision sheet out.

Pure, and the same every time.

Three-valued throughout (Kleene's strong logic): what is not known stays not known unless the rest settles it,
and it never counts against the customer. An outcome whose condition is not known does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from frontdoor.decisions.criteria import weigh_criterion
from frontdoor.decisions.definition import (
    EvidenceState,
    Group,
    Needs,
    OutcomeRule,
    RuleSet,
    Sheet,
    Status,
    Weighed,
)
from frontdoor.decisions.words import fill
from frontdoor.kernel.conditions import Truth
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.facts import Json

EVIDENCE_IS_MISSING = "evidence_is_missing"
EVIDENCE_TO_LOOK_AT = "evidence_to_look_at"
COME_IN = frozenset({EvidenceState.RECEIVED, EvidenceState.ACCEPTED})
TO_ASK_FOR = frozenset({EvidenceState.NONE, EvidenceState.REJECTED})


class NoRules(LookupError):
    """No rules were in force on that day.

    Add a rule set that covers it to decision.yaml; trying again does not help.
    """


class NoOutcome(ValueError):
    """No outcome holds, because the rules have no last one with `otherwise: yes`.

    Add it, so that a person decides.
    """


def rules_for(*, rule_sets: Iterable[RuleSet], on: date) -> RuleSet:
    """The rules that judge an application received `on` that day. Raises `NoRules`."""
    for rules in rule_sets:
        if rules.starts_on <= on and (rules.ends_on is None or on <= rules.ends_on):
            return rules
    raise NoRules(
        f"No rules were in force on {on.isoformat()}. Add a rule set that covers that day to decision.yaml."
    )


def values_on(*, rules: RuleSet, on: date) -> dict[str, Json]:
    """The dated values (fees, thresholds, lists) of that day; one that was not in force is left out."""
    found: dict[str, Json] = {}
    for name, versions in rules.values.items():
        for dated in versions:
            if dated.starts_on <= on and (dated.ends_on is None or on <= dated.ends_on):
                found[name] = dated.value
    return found


def weigh(
    *,
    rules: RuleSet,
    facts: Mapping[str, Json],
    not_asked: frozenset[str],
    evidence: Mapping[str, EvidenceState],
    on: date,
    said: Mapping[str, str] | None = None,
) -> Sheet:
    """The decision sheet.

    `evidence`: the state of each kind of proof (absent: none has come). `on`: the day whose dated values
    apply, which is the day the application was received. `said`: facts in words, for the sheet, where the
    bare value would not do (an option's label for its id). Raises `NoOutcome` where the rules have no last
    resort.
    """
    values = values_on(rules=rules, on=on)
    known = {**facts, **values, **_facts_of_evidence(rules, facts, evidence)}
    criteria = [
        weigh_criterion(criterion=each, facts=known, not_asked=not_asked, evidence=evidence, said=said or {})
        for group in rules.groups
        for each in group.criteria
    ]
    groups = [_group_weighed(group, criteria) for group in rules.groups]
    is_open = [each for group in groups if group.status is Status.NOT_KNOWN for each in group.members]
    asks_for = _proofs(is_open, TO_ASK_FOR)
    to_look_at = _proofs(is_open, frozenset({EvidenceState.RECEIVED}))
    results = _results(criteria, groups, asks_for=asks_for, to_look_at=to_look_at)
    chosen = _chosen(
        rules.outcomes, {**_without(known, results), **_known(results)}, not_asked - results.keys()
    )
    doubts = tuple(each.criterion for each in is_open if each.status is Status.NOT_KNOWN)
    return Sheet(
        outcome=chosen.rule.name,
        says=fill(chosen.rule.says, known, said or {}),
        move=chosen.rule.move,
        is_clear=_is_clear(chosen, [each for each in is_open if each.status is Status.NOT_KNOWN]),
        criteria=tuple(criteria),
        groups={group.name: group.status for group in groups},
        because=_because(chosen, groups, criteria, asks_for, doubts),
        doubts=doubts,
        asks_for=asks_for,
        to_look_at=to_look_at,
        values=values,
        computed=_computed(rules, known, not_asked),
        rules_from=rules.starts_on,
        is_otherwise=chosen.rule.when is None,
    )


@dataclass(frozen=True)
class _GroupWeighed:
    name: str
    needs: Needs
    status: Status
    members: tuple[Weighed, ...]


@dataclass(frozen=True)
class _Chosen:
    rule: OutcomeRule
    names: frozenset[str]
    unknown_before: bool
    read_before: frozenset[str]


def group_status(*, needs: Needs, statuses: Iterable[Status]) -> Status:
    """What is known of a group: any of its criteria met, or all of them.

    An empty `any` is not met, an empty `all` met.
    """
    every = list(statuses)
    settles, otherwise = (Status.MET, Status.NOT_MET) if needs is Needs.ANY else (Status.NOT_MET, Status.MET)
    if settles in every:
        return settles
    return Status.NOT_KNOWN if Status.NOT_KNOWN in every else otherwise


def _group_weighed(group: Group, criteria: Iterable[Weighed]) -> _GroupWeighed:
    members = tuple(each for each in criteria if each.group == group.name)
    status = group_status(needs=group.needs, statuses=[each.status for each in members])
    return _GroupWeighed(group.name, group.needs, status, members)


def _facts_of_evidence(
    rules: RuleSet, facts: Mapping[str, Json], evidence: Mapping[str, EvidenceState]
) -> dict[str, Json]:
    """`has_<evidence>` and `seen_<evidence>` for every kind that the rules or the case know."""
    kinds = {kind for group in rules.groups for each in group.criteria for kind in each.proved_by}
    found: dict[str, Json] = {}
    for kind in kinds | evidence.keys():
        state, name = evidence.get(kind, EvidenceState.NONE), fact_name(kind)
        if kind in evidence or f"has_{name}" not in facts:
            found[f"has_{name}"] = state in COME_IN
        if kind in evidence or f"seen_{name}" not in facts:
            found[f"seen_{name}"] = state is EvidenceState.ACCEPTED
    return found


def _proofs(criteria: Iterable[Weighed], states: frozenset[EvidenceState]) -> tuple[str, ...]:
    """The proofs in one of `states` on which a standing claim waits, each once, in the order of the rules."""
    wanted = [
        kind
        for each in criteria
        if each.claim_stands and each.status is Status.NOT_KNOWN
        for kind, state in each.proofs.items()
        if state in states
    ]
    return tuple(dict.fromkeys(wanted))


def _results(
    criteria: Iterable[Weighed],
    groups: Iterable[_GroupWeighed],
    *,
    asks_for: tuple[str, ...],
    to_look_at: tuple[str, ...],
) -> dict[str, bool | None]:
    """What outcome conditions may read besides facts; None is not known.

    A group's name goes before a criterion's.
    """
    truth = {Status.MET: True, Status.NOT_MET: False, Status.NOT_KNOWN: None}
    return {
        **{fact_name(each.criterion): truth[each.status] for each in criteria},
        **{fact_name(group.name): truth[group.status] for group in groups},
        EVIDENCE_IS_MISSING: bool(asks_for),
        EVIDENCE_TO_LOOK_AT: bool(to_look_at),
    }


def _without(facts: Mapping[str, Json], results: Mapping[str, bool | None]) -> dict[str, Json]:
    return {name: value for name, value in facts.items() if name not in results}


def _known(results: Mapping[str, bool | None]) -> dict[str, Json]:
    return {name: value for name, value in results.items() if value is not None}


def _chosen(outcomes: Iterable[OutcomeRule], facts: Mapping[str, Json], not_asked: frozenset[str]) -> _Chosen:
    unknown_before, read_before = False, frozenset[str]()
    for rule in outcomes:
        if rule.when is None:
            return _Chosen(rule, frozenset(), unknown_before, read_before)
        weighed = rule.when.weigh(facts, not_asked=not_asked)
        if weighed.truth is Truth.TRUE:
            return _Chosen(rule, rule.when.names, unknown_before, read_before)
        unknown_before = unknown_before or weighed.truth is Truth.UNKNOWN
        read_before |= rule.when.names
    raise NoOutcome(NoOutcome.__doc__)


def _is_clear(chosen: _Chosen, unsettled: list[Weighed]) -> bool:
    """An outcome is clear where all before it are known not to hold.

    Asking for evidence is clear as well where nothing but proof is wanting: it is what would settle the
    others.
    """
    if not chosen.unknown_before:
        return True
    return EVIDENCE_IS_MISSING in chosen.names and all(each.claim_stands for each in unsettled)


def _because(
    chosen: _Chosen,
    groups: list[_GroupWeighed],
    criteria: list[Weighed],
    asks_for: tuple[str, ...],
    doubts: tuple[str, ...],
) -> tuple[str, ...]:
    """The criteria that decided: those met that the outcome reads; else what wants
    proof, what is in doubt, or what stood in the way.
    """
    if EVIDENCE_IS_MISSING in chosen.names and asks_for:
        return tuple(each.criterion for each in criteria if each.criterion in doubts and each.claim_stands)
    if chosen.rule.when is not None:
        return tuple(
            each.criterion for each in _read(chosen.names, groups, criteria) if each.status is Status.MET
        )
    if doubts:
        return doubts
    settled = {group.name for group in groups if group.status is Status.MET}
    stood_in_the_way = _read(chosen.read_before, groups, criteria)
    return tuple(
        each.criterion
        for each in stood_in_the_way
        if each.status is Status.NOT_MET and each.group not in settled
    )


def _read(names: frozenset[str], groups: list[_GroupWeighed], criteria: list[Weighed]) -> list[Weighed]:
    by_group = {group.name for group in groups if fact_name(group.name) in names}
    return [each for each in criteria if each.group in by_group or fact_name(each.criterion) in names]


def _computed(rules: RuleSet, facts: Mapping[str, Json], not_asked: frozenset[str]) -> dict[str, Json]:
    """What the rules work out, in the order of the pack; a later one may read an earlier."""
    found: dict[str, Json] = {}
    for name, formula in rules.computes.items():
        computed = formula.compute({**facts, **found}, not_asked=not_asked)
        if computed.is_known:
            found[name] = computed.value
    return found
