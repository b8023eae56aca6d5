"""Adherence and conformance: what was planned against what was done. Plain Python, so that it can be shown by cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Stretch:
    """From an instant to another, of one kind: for what is planned and for what is done the same words."""

    kind: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Kept:
    """Time planned, time of it spent as planned, and time worked in all (work on contacts, whenever)."""

    planned: timedelta
    as_planned: timedelta
    planned_work: timedelta
    worked: timedelta

    @property
    def adherence(self) -> float | None:
        """The share of planned time spent as planned, 0 to 1; None where nothing was planned (domain: minutes in the
        scheduled state over scheduled minutes).
        """
        return self.as_planned / self.planned if self.planned else None

    @property
    def conformance(self) -> float | None:
        """Time worked over work planned, whenever it was done; over 1 is more than planned; None without a plan."""
        return self.worked / self.planned_work if self.planned_work else None


def kept(
    *, planned: Sequence[Stretch], done: Sequence[Stretch], work: str, since: datetime, until: datetime
) -> Kept:
    """Within a span. `planned` must not overlap, nor must `done`; `work` is the kind that counts as work."""
    plan, truth = _within(planned, since, until), _within(done, since, until)
    as_planned = sum(
        (_shared(one, other) for one in plan for other in truth if one.kind == other.kind), start=NOTHING
    )
    return Kept(_length(plan), as_planned, _length(plan, work), _length(truth, work))


def _within(every: Sequence[Stretch], since: datetime, until: datetime) -> list[Stretch]:
    cut = (Stretch(each.kind, max(each.starts_at, since), min(each.ends_at, until)) for each in every)
    return [each for each in cut if each.starts_at < each.ends_at]


def _shared(one: Stretch, other: Stretch) -> timedelta:
    return max(NOTHING, min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at))


def _length(every: Sequence[Stretch], kind: str | None = None) -> timedelta:
    lengths = (each.ends_at - each.starts_at for each in every if kind is None or each.kind == kind)
    return sum(lengths, start=NOTHING)
