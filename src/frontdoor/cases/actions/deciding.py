"""Recorded facts and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from frontdoor.cases.models import Case, DecisionRecord, RecordedFact
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import User


class SameEyes(Exception):
    """You made this decision, so somebody else must confirm it. Hand the case to a colleague."""


@dataclass(frozen=True)
class NewDecision:
    """A decision about to be recorded. `sheet` is the whole weighing as JSON."""

    outcome: str
    move: str
    reasons: Sequence[str]
    words: str
    sheet: Mapping[str, object]


def record_facts(
    *, case: Case, facts: Mapping[str, object], by: User | None, at: datetime
) -> list[RecordedFact]:
    """Keep facts with who and when; older values of the same name stay as they were."""
    rows = [RecordedFact(case=case, name=name, value=value, by=by, at=at) for name, value in facts.items()]
    return RecordedFact.objects.bulk_create(rows)


def record_decision(
    *, case: Case, new: NewDecision, by: User | None, at: datetime, rng: Random
) -> DecisionRecord:
    """Keep the decision with the facts and rules it rests on. `by` None: decided automatically, as the pack
    allows.
    """
    return DecisionRecord.objects.create(
        id=uuid7(at=at, rng=rng),
        case=case,
        outcome=new.outcome,
        move=new.move,
        reasons=list(new.reasons),
        words=new.words,
        sheet=dict(new.sheet),
        pack_version=case.pack.version,
        by=by,
        at=at,
    )


def confirm_decision(*, case: Case, by: User, at: datetime) -> DecisionRecord:
    """A second person confirms the newest decision. Raises SameEyes where they made it themselves."""
    decision = DecisionRecord.objects.filter(case=case).order_by("-at", "-pk")[0]
    if decision.by_id == by.pk:
        raise SameEyes
    decision.confirmed_by, decision.confirmed_at = by, at
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    return decision
