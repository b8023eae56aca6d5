"""Weighs one criterion: its condition on the facts, then its proofs.

| condition | proofs                 | status    | the claim stands |
|-----------|------------------------|-----------|------------------|
| false     | whatever               | not met   | no               |
| not known | whatever               | not known | no               |
| true      | none needed            | met       | yes              |
| true      | all accepted           | met       | yes              |
| true      | any not accepted (yet) | not known | yes              |

A criterion without a condition is a claim that everybody makes: its proofs alone decide. Software finds no
proof false: one that an officer rejected leaves the criterion not known, and a person says what follows.
"""

from __future__ import annotations

from collections.abc import Mapping

from frontdoor.decisions.definition import Criterion, EvidenceState, Status, Weighed
from frontdoor.decisions.words import fill
from frontdoor.kernel.conditions import Truth
from frontdoor.kernel.conditions import Weighed as WeighedCondition
from frontdoor.kernel.facts import Json

WORST_FIRST = list(EvidenceState)
OF_PROOF = {
    EvidenceState.NONE: "has not come in",
    EvidenceState.REJECTED: "was looked at and does not show it",
    EvidenceState.RECEIVED: "has come in and waits to be looked at",
}


def weigh_criterion(
    *,
    criterion: Criterion,
    facts: Mapping[str, Json],
    not_asked: frozenset[str],
    evidence: Mapping[str, EvidenceState],
    said: Mapping[str, str],
) -> Weighed:
    """The criterion on the sheet.

    `evidence` holds the state of each kind of proof; a kind that is absent has not come.
    """
    condition = criterion.when.weigh(facts, not_asked=not_asked) if criterion.when else None
    proofs = {kind: evidence.get(kind, EvidenceState.NONE) for kind in criterion.proved_by}
    worst = min(proofs.values(), key=WORST_FIRST.index, default=None)
    claim_stands = condition.truth is Truth.TRUE if condition else bool(proofs)
    status = _status(condition, claim_stands=claim_stands, worst=worst)
    return Weighed(
        criterion=criterion.name,
        group=criterion.group,
        status=status,
        words=_words(criterion, status, facts, said, proofs if claim_stands else {}),
        facts=dict(condition.used) if condition else {},
        missing=condition.missing if condition else (),
        proved_by=criterion.proved_by,
        evidence=worst,
        claim_stands=claim_stands,
        source=criterion.source,
        proofs=proofs,
        notes=condition.notes if condition else (),
    )


def _status(condition: WeighedCondition | None, *, claim_stands: bool, worst: EvidenceState | None) -> Status:
    if condition is not None and condition.truth is Truth.FALSE:
        return Status.NOT_MET
    is_proved = worst in (None, EvidenceState.ACCEPTED)
    return Status.MET if claim_stands and is_proved else Status.NOT_KNOWN


def _words(
    criterion: Criterion,
    status: Status,
    facts: Mapping[str, Json],
    said: Mapping[str, str],
    proofs: Mapping[str, EvidenceState],
) -> str:
    template = {
        Status.MET: criterion.met,
        Status.NOT_MET: criterion.not_met,
        Status.NOT_KNOWN: criterion.not_known,
    }
    words = fill(template[status] or f"{criterion.name.capitalize()}: {status.value}", facts, said)
    wanting = [f"{kind}: {OF_PROOF[state]}" for kind, state in proofs.items() if state in OF_PROOF]
    if status is not Status.NOT_KNOWN or not wanting:
        return words
    return f"{words.rstrip(' .')} ({'; '.join(wanting)})"
