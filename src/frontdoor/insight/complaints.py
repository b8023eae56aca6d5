"""Complaints of a period: how many, about what, answered when, what came of them, and what was learned.

What the Complaint Handling Code of the Local Government and Social Care Ombudsman (February 2024, part 8) wants reported
every year; and the self-assessment against the Code, as far as the record can say it (domain 10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from frontdoor.cases.models import Case, CaseKind, Promise, RecordedFact
from frontdoor.insight.periods import Period
from frontdoor.kernel.clock import start_of_day

FACTS: Mapping[str, str] = {
    "remedy": "remedies",
    "final_remedy": "remedies",
    "root_cause": "causes",
    "final_root_cause": "causes",
    "ombudsman_outcome": "ombudsman",
    "learning": "learning",
    "final_learning": "learning",
}
"""What officers record with an answer, and the part of the report it belongs to."""


@dataclass(frozen=True)
class Kept:
    """Promises of one name that were kept in the period: on the first date, on the one extended date, or late."""

    name: str
    first: int
    extended: int
    late: int

    @property
    def total(self) -> int:
        """How many were kept at all."""
        return self.first + self.extended + self.late

    @property
    def in_time(self) -> int:
        """How many within the first date or the extension that the customer was told of."""
        return self.first + self.extended


@dataclass(frozen=True)
class Learned:
    """What was learned from one complaint."""

    reference: str
    words: str


@dataclass(frozen=True)
class Complaints:
    """What a period says of complaints. Counters are by the value that was recorded; `ended` by how cases ended in it."""

    received: int
    received_before: int
    still_open: int
    overdue: int
    about: Mapping[str, int]
    kept: Sequence[Kept]
    stage_two: int
    ended: Mapping[str, int]
    remedies: Mapping[str, int]
    causes: Mapping[str, int]
    ombudsman: Mapping[str, int]
    learned: Sequence[Learned]


def complaints_of(*, period: Period, at: datetime) -> Complaints:
    """Everything the yearly report tells; restricted cases are in none of it."""
    every = Case.objects.filter(kind=CaseKind.COMPLAINT, is_restricted=False)
    came, came_before = (
        every.filter(_within("received_at", each)) for each in (period, period.a_year_before())
    )
    ended = every.filter(_within("closed_at", period)).values_list("ended_as", flat=True)
    running = Promise.objects.filter(
        case__kind=CaseKind.COMPLAINT,
        case__is_restricted=False,
        kept_at__isnull=True,
        dropped_at__isnull=True,
    )
    recorded = _recorded(period)
    return Complaints(
        received=came.count(),
        received_before=came_before.count(),
        still_open=every.filter(closed_at__isnull=True).count(),
        overdue=running.filter(paused_at__isnull=True, due_at__lt=at).count(),
        about=Counter(str(answers.get("about") or "") for answers in came.values_list("answers", flat=True)),
        kept=_kept(period),
        stage_two=_first_recorded("stage_two_asked_at", period),
        ended=Counter(ended),
        remedies=_counted(recorded, "remedies"),
        causes=_counted(recorded, "causes"),
        ombudsman=_counted(recorded, "ombudsman"),
        learned=_learned(recorded),
    )


def _within(column: str, period: Period) -> Q:
    until = start_of_day(period.last + timedelta(days=1))
    return Q(**{f"{column}__gte": start_of_day(period.first), f"{column}__lt": until})


def _kept(period: Period) -> list[Kept]:
    rows = Promise.objects.filter(
        _within("kept_at", period), case__kind=CaseKind.COMPLAINT, case__is_restricted=False
    )
    found: dict[str, Counter[str]] = {}
    timed = rows.annotate(is_late=Q(kept_at__gt=F("due_at")), is_first=Q(kept_at__lte=F("first_due_at")))
    for name, is_late, is_first in timed.values_list("name", "is_late", "is_first").order_by("made_at"):
        how = "late" if is_late else "first" if is_first else "extended"
        found.setdefault(name, Counter())[how] += 1
    return [Kept(name, how["first"], how["extended"], how["late"]) for name, how in found.items()]


def _first_recorded(name: str, period: Period) -> int:
    return (
        RecordedFact.objects.filter(
            _within("at", period), name=name, case__kind=CaseKind.COMPLAINT, case__is_restricted=False
        )
        .values("case")
        .distinct()
        .count()
    )


Recorded = Mapping[tuple[UUID, str], tuple[str, object]]


def _recorded(period: Period) -> Recorded:
    """The newest value of each fact of each case, with the case's reference; what was corrected counts once."""
    rows = RecordedFact.objects.filter(
        _within("at", period), name__in=list(FACTS), case__kind=CaseKind.COMPLAINT, case__is_restricted=False
    )
    found: dict[tuple[UUID, str], tuple[str, object]] = {}
    for case, reference, name, value in rows.order_by("at", "pk").values_list(
        "case", "case__reference", "name", "value"
    ):
        found[case, name] = (reference, value)
    return found


def _counted(recorded: Recorded, part: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for (_case, name), (_reference, value) in recorded.items():
        if FACTS[name] == part:
            counted.update(str(each) for each in (value if isinstance(value, list) else [value]) if each)
    return counted


def _learned(recorded: Recorded) -> list[Learned]:
    return sorted(
        (
            Learned(reference, value.strip())
            for (_case, name), (reference, value) in recorded.items()
            if FACTS[name] == "learning" and isinstance(value, str) and value.strip()
        ),
        key=lambda each: each.reference,
    )
