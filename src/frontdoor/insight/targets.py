"""Targets: what a figure is to come to, set by a manager and told beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from frontdoor.insight.figures import Figure
from frontdoor.insight.measures.every import BY_ID
from frontdoor.insight.measures.shape import Unit
from frontdoor.insight.models import Target
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may

GROW_WITH_TIME = (Unit.COUNT, Unit.PENCE)
"""Units of which twice the time brings twice as much."""


class MayNotSetTargets(Exception):
    """Your role does not set targets. Ask a manager; nothing was changed."""


class NoSuchFigure(LookupError):
    """There is no such figure. Choose one from the list; nothing was changed."""


class NotATarget(ValueError):
    """A target is a number, nothing or more; a share is at most 100. Give another; nothing was changed."""


@dataclass(frozen=True)
class Aim:
    """What a figure is to come to in the period that is looked at. `is_part`: the share of it that falls on these
    days.
    """

    value: float
    is_part: bool

    def is_met_by(self, figure: Figure) -> bool | None:
        """Whether the figure comes to it; None where it is not told."""
        if figure.value is None:
            return None
        return figure.value <= self.value if figure.measure.wants == "less" else figure.value >= self.value


@transaction.atomic
def set_target(*, measure: str, service: str, period: Period, value: float, by: User, at: datetime) -> Target:
    """Say what a figure is to come to; said again for the same service and period it takes the place of the first.

    Raises MayNotSetTargets, NoSuchFigure, NotATarget.
    """
    _require(by)
    if measure not in BY_ID:
        raise NoSuchFigure
    if not 0 <= value < 1e12 or (BY_ID[measure].unit is Unit.PER_CENT and value > 100):
        raise NotATarget
    target, _ = Target.objects.update_or_create(
        measure=measure,
        service=service,
        first=period.first,
        last=period.last,
        defaults={"value": value, "set_by": by, "set_at": at},
    )
    _record("target set", target, by, at)
    return target


@transaction.atomic
def drop_target(*, target_id: int, by: User, at: datetime) -> None:
    """Take a target back; done twice it changes nothing more. Raises MayNotSetTargets."""
    _require(by)
    target = Target.objects.select_for_update().filter(pk=target_id).first()
    if target is not None:
        _record("target dropped", target, by, at)
        target.delete()


def aims_of(*, period: Period, scope: Scope) -> Mapping[str, Aim]:
    """By the id of the measure: the target of the shortest period that holds this one, for the service looked at or for
    all. None while a channel is looked at: a target is for all of them. What grows with time is shared by days.
    """
    services = scope.services
    if scope.channels is not None or (services is not None and len(services) != 1):
        return {}
    service = next(iter(services)) if services else ""
    found = Target.objects.filter(service=service, first__lte=period.first, last__gte=period.last)
    aims: dict[str, Aim] = {}
    for target in sorted(found, key=lambda each: (each.first - each.last, each.pk)):
        if target.measure in BY_ID:  # the longest first, so that a shorter one takes its place
            aims[target.measure] = _aim(target, period)
    return aims


def _aim(target: Target, period: Period) -> Aim:
    whole = Period(target.first, target.last)
    if whole == period or BY_ID[target.measure].unit not in GROW_WITH_TIME:
        return Aim(target.value, is_part=False)
    return Aim(target.value * period.days / whole.days, is_part=True)


def _require(by: User) -> None:
    if not may(by, May.SET_TARGETS):
        raise MayNotSetTargets


def _record(event: str, target: Target, by: User, at: datetime) -> None:
    record(
        at=at,
        by=Actor("staff", str(by.pk)),
        event=event,
        service=target.service or None,
        facts={
            "figure": target.measure,
            "from": target.first.isoformat(),
            "to": target.last.isoformat(),
            "value": target.value,
        },
    )
