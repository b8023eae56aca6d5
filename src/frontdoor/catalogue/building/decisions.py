"""The dated rule sets of a pack, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from frontdoor.catalogue.building.compiling import Compiler
from frontdoor.catalogue.draft import Draft, sheet_names
from frontdoor.catalogue.reading import Path
from frontdoor.catalogue.schema.decision import (
    DatedValueShape,
    GroupShape,
    ReviewShape,
    RulesShape,
    day_before,
)
from frontdoor.decisions.definition import (
    Criterion,
    DatedValue,
    Group,
    OutcomeRule,
    Reason,
    Review,
    RuleSet,
)
from frontdoor.kernel.conditions import Formula


def rules_of(draft: Draft, compiler: Compiler) -> tuple[RuleSet, ...]:
    """Every rule set; one that says no `to` ends on the day before the next begins."""
    sets = list(draft.rule_sets())
    starts = sorted(rules.from_ for _, rules in sets)
    built = [_rule_set(draft, compiler, path, rules, starts) for path, rules in sets]
    return tuple(sorted(built, key=lambda rules: rules.starts_on, reverse=True))


def _rule_set(draft: Draft, compiler: Compiler, path: Path, shape: RulesShape, starts: list[date]) -> RuleSet:
    following = next((start for start in starts if start > shape.from_), None)
    return RuleSet(
        starts_on=shape.from_,
        ends_on=shape.to or (day_before(following) if following else None),
        automation=shape.automation,
        groups=tuple(_group(draft, compiler, path, name, each) for name, each in shape.groups.items()),
        outcomes=_outcomes(draft, compiler, path, shape),
        reasons={
            name: Reason(name, each.say, each.about, each.source) for name, each in shape.reasons.items()
        },
        values={name: _dated(versions) for name, versions in shape.values.items()},
        computes=_computes(draft, compiler, path, shape),
        review=_review(shape.review),
    )


def _group(draft: Draft, compiler: Compiler, path: Path, group: str, shape: GroupShape) -> Group:
    criteria = tuple(
        Criterion(
            name=name,
            group=group,
            when=compiler.condition(
                each.when, (*path, "groups", group, "criteria", name, "when"), draft.fact_names
            ),
            proved_by=each.proved_by or (),
            met=each.met,
            not_met=each.not_met,
            not_known=each.not_known,
            source=each.source,
        )
        for name, each in shape.criteria.items()
    )
    return Group(group, shape.needs, criteria)


def _outcomes(draft: Draft, compiler: Compiler, path: Path, shape: RulesShape) -> tuple[OutcomeRule, ...]:
    sheet = sheet_names(shape)
    names = draft.fact_names | sheet.keys()
    built = []
    for name, each in shape.outcomes.items():
        when = compiler.condition(each.when, (*path, "outcomes", name, "when"), names, list(sheet.values()))
        if when is not None or each.otherwise:
            built.append(OutcomeRule(name, when, each.says, each.move))
    return tuple(built)


def _dated(versions: tuple[DatedValueShape, ...]) -> tuple[DatedValue, ...]:
    """Versions in order of their days; one that says no `to` ends on the day before the next begins."""
    ordered = sorted(versions, key=lambda version: version.from_)
    nexts = [version.from_ for version in ordered[1:]]
    ends = [version.to for version in ordered]
    closed = [end or day_before(start) for end, start in zip(ends, nexts, strict=False)] + ends[-1:]
    return tuple(
        DatedValue(version.value, version.from_, end) for version, end in zip(ordered, closed, strict=True)
    )


def _computes(draft: Draft, compiler: Compiler, path: Path, shape: RulesShape) -> Mapping[str, Formula]:
    built = {
        name: compiler.formula(words, (*path, "computes", name), draft.fact_names)
        for name, words in shape.computes.items()
    }
    return {name: formula for name, formula in built.items() if formula is not None}


def _review(shape: ReviewShape | None) -> Review | None:
    if shape is None:
        return None
    return Review(shape.called, shape.ask_within.value, shape.answer_within.value, shape.by == "someone else")
