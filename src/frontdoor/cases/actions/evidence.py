"""Evidence: asked for, received, judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from random import Random
from uuid import UUID

from frontdoor.cases.models import Case, Evidence, EvidenceStatus
from frontdoor.contacts.models import StoredFile
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import User


def ask_for(*, case: Case, kinds: Iterable[str], at: datetime, rng: Random) -> list[Evidence]:
    """Note that these kinds were asked for; a kind that is asked for already is not asked for twice."""
    asked = set(
        Evidence.objects.filter(case=case, status=EvidenceStatus.ASKED).values_list("kind", flat=True)
    )
    rows = [
        Evidence(id=uuid7(at=at, rng=rng), case=case, kind=kind, status=EvidenceStatus.ASKED, added_at=at)
        for kind in kinds
        if kind not in asked
    ]
    return Evidence.objects.bulk_create(rows)


def add_evidence(*, case: Case, kind: str, file: StoredFile | None, at: datetime, rng: Random) -> Evidence:
    """A piece of evidence came in. It answers what was asked for of its kind."""
    Evidence.objects.filter(case=case, kind=kind, status=EvidenceStatus.ASKED).delete()
    return Evidence.objects.create(
        id=uuid7(at=at, rng=rng), case=case, kind=kind, file=file, status=EvidenceStatus.RECEIVED, added_at=at
    )


def begin_with_evidence(
    *, case: Case, files: Iterable[tuple[str, StoredFile]], at: datetime, rng: Random
) -> list[Evidence]:
    """The evidence a new case came with, by kind; nothing has been asked for yet."""
    rows = [
        Evidence(
            id=uuid7(at=at, rng=rng),
            case=case,
            kind=kind,
            file=file,
            status=EvidenceStatus.RECEIVED,
            added_at=at,
        )
        for kind, file in files
    ]
    return Evidence.objects.bulk_create(rows)


def judge_evidence(
    *,
    evidence_id: UUID,
    case: Case,
    by: User,
    is_accepted: bool,
    dated_on: date | None,
    why_not: str,
    at: datetime,
) -> Evidence:
    """An officer looked at it. Raises Evidence.DoesNotExist where the case has no such piece."""
    evidence = Evidence.objects.get(pk=evidence_id, case=case)
    evidence.status = EvidenceStatus.ACCEPTED if is_accepted else EvidenceStatus.REJECTED
    evidence.dated_on, evidence.why_not = dated_on, "" if is_accepted else why_not
    evidence.seen_by, evidence.seen_at = by, at
    evidence.save()
    return evidence
