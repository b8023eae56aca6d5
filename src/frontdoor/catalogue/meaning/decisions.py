"""decision.yaml: proofs, moves and criteria that exist, an outcome for a person, values without gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from frontdoor.catalogue.draft import Draft, sheet_names
from frontdoor.catalogue.meaning.forms import check_says_no_caution, check_template
from frontdoor.catalogue.meaning.naming import must_exist
from frontdoor.catalogue.reading import Path, Source
from frontdoor.catalogue.schema.decision import CriterionShape, DatedValueShape, RulesShape
from frontdoor.journeys.definition import Mover
from frontdoor.kernel.factnames import fact_name

REFUSES = re.compile(r"\b(refus|declin|reject|not eligible|turned? down)", re.IGNORECASE)


def check_decision(draft: Draft) -> None:
    """Notes the faults of decision.yaml."""
    source = draft.sources["decision.yaml"]
    for path, rules in draft.rule_sets():
        _check_rules(draft, source, path, rules)
    _check_days_of_sets(draft, source)


def _check_rules(draft: Draft, source: Source, path: Path, rules: RulesShape) -> None:
    names_seen: dict[str, str] = {}
    for group, name, criterion in _criteria(rules):
        where = (*path, "groups", group, "criteria", name)
        _check_criterion(draft, source, where, criterion)
        if fact_name(name) in names_seen:
            problem = f'another criterion is called "{names_seen[fact_name(name)]}"'
            source.fault(where, problem, "Give one of them another name.")
        names_seen[fact_name(name)] = name
    for group in rules.groups:
        if fact_name(group) in names_seen:
            problem = f'a criterion has the same name as the group "{group}"'
            source.fault((*path, "groups", group), problem, "Give one of them another name.")
    _check_outcomes(draft, source, path, rules)
    for name, reason in rules.reasons.items():
        for about in reason.about:
            must_exist(
                source, (*path, "reasons", name, "about"), about, names_seen.values(), what="criterion"
            )
        check_template(source, (*path, "reasons", name), reason.say, draft.template_names)
        check_says_no_caution(draft, source, (*path, "reasons", name), reason.say)
    for name, versions in rules.values.items():
        _check_days_of_value(source, (*path, "values", name), versions)


def _criteria(rules: RulesShape) -> Iterator[tuple[str, str, CriterionShape]]:
    for group_name, group in rules.groups.items():
        for name, criterion in group.criteria.items():
            yield group_name, name, criterion


def _check_criterion(draft: Draft, source: Source, path: Path, criterion: CriterionShape) -> None:
    for kind in criterion.proved_by or ():
        must_exist(source, (*path, "proved by"), kind, draft.form.evidence, what="evidence")
    for key, words in (
        ("met", criterion.met),
        ("not met", criterion.not_met),
        ("not known", criterion.not_known),
    ):
        check_template(source, (*path, key), words, draft.fact_names)


def _check_outcomes(draft: Draft, source: Source, path: Path, rules: RulesShape) -> None:
    names = list(rules.outcomes)
    otherwise = [name for name, each in rules.outcomes.items() if each.otherwise]
    if not otherwise:
        problem = "no outcome is left for what no rule decides, so nobody would see those cases"
        source.fault((*path, "outcomes"), problem, "Let the last be `otherwise: yes` and go to a person.")
    elif otherwise != names[-1:]:
        where = (*path, "outcomes", otherwise[0])
        source.fault(
            where, "`otherwise: yes` is not the last outcome, so those below never hold", "Move it down."
        )
    for name, outcome in rules.outcomes.items():
        where = (*path, "outcomes", name)
        if must_exist(source, (*where, "move"), outcome.move, draft.journey.moves, what="move"):
            _check_no_refusal(draft, source, where, outcome.move)
        check_template(source, (*where, "says"), outcome.says, draft.fact_names)
    _check_ambiguous(draft, source, path, rules)


def _check_no_refusal(draft: Draft, source: Source, path: Path, move_name: str | None) -> None:
    """Software never refuses (UK GDPR article 22C): an outcome it may choose cannot end in a refusal."""
    move = draft.journey.moves[move_name] if move_name else None
    if move is None or Mover.SYSTEM not in move.by or move.to not in draft.journey.states:
        return
    ends_as = draft.journey.states[move.to].ends_as
    if (ends_as and REFUSES.search(ends_as)) or (move.decides and REFUSES.search(move.decides)):
        problem = f'the system could make the move "{move_name}", which refuses; only a person may refuse'
        source.fault((*path, "move"), problem, "Take `system` out of the move's `by:`, or name another move.")


def _check_ambiguous(draft: Draft, source: Source, path: Path, rules: RulesShape) -> None:
    """A name in an outcome's condition that is both a fact and a criterion would be read as the criterion."""
    shared = set(sheet_names(rules)) & draft.fact_names
    for name, outcome in rules.outcomes.items():
        for word in sorted(shared & set(re.findall(r"[a-z]\w*", outcome.when or ""))):
            problem = f'"{word}" is both a fact and the criterion or group "{sheet_names(rules)[word]}"'
            source.fault((*path, "outcomes", name, "when"), problem, "Give one of them another name.")


def _check_days_of_value(source: Source, path: Path, versions: tuple[DatedValueShape, ...]) -> None:
    ordered = sorted(versions, key=lambda version: version.from_)
    for earlier, later in pairwise(ordered):
        if earlier.from_ == later.from_ or (earlier.to and earlier.to >= later.from_):
            source.fault(path, f"two values hold on {later.from_}", "End the earlier one the day before.")
        elif earlier.to and (later.from_ - earlier.to).days > 1:
            source.fault(path, f"no value holds from {earlier.to} to {later.from_}", "Close the gap.")
    for version in ordered:
        if version.to and version.to < version.from_:
            source.fault(
                path, f"a value ends ({version.to}) before it begins ({version.from_})", "Exchange the days."
            )


def _check_days_of_sets(draft: Draft, source: Source) -> None:
    ordered = sorted(draft.rule_sets(), key=lambda each: each[1].from_)
    for (_, earlier), (path, later) in pairwise(ordered):
        if earlier.from_ == later.from_:
            source.fault(
                (*path, "from"), f"two sets of rules begin on {later.from_}", "Give one another day."
            )
        elif earlier.to and earlier.to >= later.from_:
            source.fault(
                (*path, "from"), f"two sets of rules hold on {later.from_}", "End the earlier one before."
            )
        elif earlier.to and (later.from_ - earlier.to).days > 1:
            problem = f"no rules hold between {earlier.to} and {later.from_}"
            source.fault((*path, "from"), problem, "Close the gap, or leave `to:` out.")
    for path, rules in ordered:
        if rules.to and rules.to < rules.from_:
            source.fault((*path, "to"), f"the rules end ({rules.to}) before they begin", "Exchange the days.")
