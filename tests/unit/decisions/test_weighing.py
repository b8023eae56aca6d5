"""Weighing: the laws that hold for every set of rules, and the edges the manual leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.decisions.definition import EvidenceState, Needs, RuleSet, Sheet, Status
from frontdoor.decisions.weighing import NoOutcome, NoRules, group_status, rules_for, values_on, weigh
from frontdoor.kernel.facts import Json
from tests.builders.decisions import a_rule_set

ON = date(2026, 11, 22)
KINDS = ("letter", "photo", "identity")
NAMES = ("a", "b", "c")
STATUSES = st.sampled_from(list(Status))
ORDER = (Status.NOT_MET, Status.NOT_KNOWN, Status.MET)

facts = st.dictionaries(st.sampled_from(NAMES), st.booleans())
evidence = st.dictionaries(st.sampled_from(KINDS), st.sampled_from(list(EvidenceState)))


def criteria(letters: str) -> st.SearchStrategy[dict[str, dict[str, object]]]:
    """Criteria by name, the names of these letters; each name stands once in a rule set."""
    return st.dictionaries(
        st.text(letters, min_size=1, max_size=2),
        st.fixed_dictionaries(
            {"proved by": st.lists(st.sampled_from(KINDS), unique=True, max_size=2)},
            optional={"when": st.sampled_from(["a", "a && b", "a || !c", "b ? c : a"])},
        ),
        min_size=1,
        max_size=4,
    )


@st.composite
def rule_sets(draw: st.DrawFn) -> RuleSet:
    """Any two groups of criteria, and an outcome for each way they can come out."""
    groups = {
        name: {"needs": draw(st.sampled_from(["any", "all"])), "criteria": draw(criteria(letters))}
        for name, letters in (("one", "klm"), ("two", "nop"))
    }
    outcomes = {
        "approve": {"when": "one && two", "move": "approve"},
        "ask": {"when": "evidence_is_missing", "move": "ask"},
        "assess": {"otherwise": True},
    }
    return a_rule_set({"groups": groups, "outcomes": outcomes})


def weighed(rules: RuleSet, known: dict[str, Json], proofs: dict[str, EvidenceState]) -> Sheet:
    return weigh(rules=rules, facts=known, not_asked=frozenset(), evidence=proofs, on=ON)


@given(rule_sets(), facts, evidence, st.sampled_from(KINDS))
def test_more_evidence_never_turns_met_into_anything_else(
    rules: RuleSet, known: dict[str, Json], proofs: dict[str, EvidenceState], kind: str
) -> None:
    before = weighed(rules, known, proofs)
    after = weighed(rules, known, {**proofs, kind: EvidenceState.ACCEPTED})
    steps = [
        (ORDER.index(a.status), ORDER.index(b.status))
        for a, b in zip(before.criteria, after.criteria, strict=True)
    ]
    assert all(first <= second for first, second in steps)
    assert all(ORDER.index(before.groups[name]) <= ORDER.index(after.groups[name]) for name in before.groups)
    assert set(after.asks_for) <= set(before.asks_for)


@given(rule_sets(), facts, evidence, st.sampled_from(NAMES), st.booleans())
def test_a_new_fact_changes_nothing_that_was_settled(
    rules: RuleSet, known: dict[str, Json], proofs: dict[str, EvidenceState], name: str, value: bool
) -> None:
    before = weighed(rules, known, proofs)
    after = weighed(rules, {name: value, **known}, proofs)
    settled = {each.criterion: each.status for each in before.criteria if each.status is not Status.NOT_KNOWN}
    now = {each.criterion: each.status for each in after.criteria}
    assert {name: now[name] for name in settled} == settled


@given(rule_sets(), facts, evidence)
def test_the_order_of_groups_and_criteria_does_not_matter(
    rules: RuleSet, known: dict[str, Json], proofs: dict[str, EvidenceState]
) -> None:
    turned = replace(
        rules,
        groups=tuple(replace(group, criteria=group.criteria[::-1]) for group in rules.groups[::-1]),
    )
    one, other = weighed(rules, known, proofs), weighed(turned, known, proofs)
    assert (one.outcome, one.is_clear, set(one.asks_for), set(one.doubts)) == (
        other.outcome,
        other.is_clear,
        set(other.asks_for),
        set(other.doubts),
    )


@given(rule_sets(), facts, evidence)
def test_approval_needs_every_group_met_and_is_always_explained(
    rules: RuleSet, known: dict[str, Json], proofs: dict[str, EvidenceState]
) -> None:
    sheet = weighed(rules, known, proofs)
    assert (sheet.outcome == "approve") == (set(sheet.groups.values()) == {Status.MET})
    assert sheet.because or sheet.is_otherwise
    assert not set(sheet.asks_for) & {
        kind for kind, state in proofs.items() if state is EvidenceState.ACCEPTED
    }


@given(st.lists(STATUSES))
def test_any_and_all_are_dual(statuses: list[Status]) -> None:
    opposite = {Status.MET: Status.NOT_MET, Status.NOT_MET: Status.MET, Status.NOT_KNOWN: Status.NOT_KNOWN}
    turned = [opposite[each] for each in statuses]
    assert (
        group_status(needs=Needs.ANY, statuses=statuses)
        == opposite[group_status(needs=Needs.ALL, statuses=turned)]
    )


@pytest.mark.parametrize(
    ("needs", "statuses", "expected"),
    [
        (Needs.ANY, [], Status.NOT_MET),
        (Needs.ALL, [], Status.MET),
        (Needs.ANY, [Status.NOT_KNOWN, Status.MET], Status.MET),
        (Needs.ANY, [Status.NOT_KNOWN, Status.NOT_MET], Status.NOT_KNOWN),
        (Needs.ALL, [Status.NOT_KNOWN, Status.MET], Status.NOT_KNOWN),
        (Needs.ALL, [Status.NOT_KNOWN, Status.NOT_MET], Status.NOT_MET),
    ],
)
def test_group_status(needs: Needs, statuses: list[Status], expected: Status) -> None:
    assert group_status(needs=needs, statuses=statuses) is expected


def rules_between(starts_on: date, ends_on: date | None) -> RuleSet:
    return a_rule_set(
        {"from": starts_on, "to": ends_on, "groups": {}, "outcomes": {"assess": {"otherwise": True}}}
    )


OLD = rules_between(date(2012, 1, 1), date(2019, 8, 29))
NEW = rules_between(date(2019, 8, 30), None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2012, 1, 1), OLD), (date(2019, 8, 29), OLD), (date(2019, 8, 30), NEW), (ON, NEW)],
)
def test_rules_are_those_of_the_day(day: date, expected: RuleSet) -> None:
    assert rules_for(rule_sets=[NEW, OLD], on=day) is expected


def test_a_day_without_rules_is_named() -> None:
    with pytest.raises(NoRules, match="2011-12-31"):
        rules_for(rule_sets=[NEW, OLD], on=date(2011, 12, 31))


def test_a_value_out_of_force_is_left_out() -> None:
    rules = a_rule_set(
        {"groups": {}, "outcomes": {}, "values": {"fee": [{"from": date(2026, 4, 1), "value": 12}]}}
    )
    assert values_on(rules=rules, on=date(2026, 3, 31)) == {}


def test_rules_without_a_last_resort_say_so() -> None:
    rules = a_rule_set({"groups": {}, "outcomes": {"approve": {"when": "ok"}}})
    with pytest.raises(NoOutcome, match="otherwise"):
        weighed(rules, {}, {})


def test_outcomes_may_read_criteria_and_evidence_by_name() -> None:
    rules = a_rule_set(
        {
            "groups": {"claims": {"needs": "any", "criteria": {"terminal illness": {"when": "sr1"}}}},
            "outcomes": {
                "fast track": {"when": "terminal_illness && has_sr1_form && !seen_sr1_form"},
                "look": {"when": "evidence_to_look_at"},
                "assess": {"otherwise": True},
            },
        }
    )
    sheet = weighed(rules, {"sr1": True}, {"SR1 form": EvidenceState.RECEIVED})
    assert (sheet.outcome, sheet.because) == ("fast track", ("terminal illness",))


def test_a_later_computation_may_read_an_earlier_one() -> None:
    rules = a_rule_set(
        {
            "groups": {},
            "outcomes": {"assess": {"otherwise": True}},
            "computes": {
                "ends_on": "add_years(start_on, 3)",
                "remind_on": "add_days(ends_on, -84)",
                "unknown": "missing + 1",
            },
        }
    )
    sheet = weighed(rules, {"start_on": "2026-12-01"}, {})
    assert sheet.computed == {"ends_on": "2029-12-01", "remind_on": "2029-09-08"}
