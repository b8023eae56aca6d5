"""Leave: asked for by who goes, answered by a supervisor or planner who sees what it does to the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.models import Leave, LeaveAnswer, LeaveKind, Shift
from frontdoor.workforce.records.rotas.rota import require_rostering


class NotDays(ValueError):
    """Leave ends on the day it begins or later, and begins today or later. Enter other days; nothing was changed."""


class AwayAlready(Exception):
    """You have asked for some of these days already. Take that request back first; nothing was changed."""


class LeaveAnswered(Exception):
    """This request was answered or taken back before. Look at it again; nothing was changed."""


class NotYourLeave(Exception):
    """Only who asked for leave takes the request back, and nobody grants their own; nothing was changed."""


@transaction.atomic
def ask_leave(*, kind: LeaveKind, first_on: date, last_on: date, by: User, at: datetime) -> Leave:
    """Ask for whole days away. Raises NotDays, AwayAlready."""
    if last_on < first_on or first_on < day_of(at):
        raise NotDays
    User.objects.select_for_update().get(pk=by.pk)  # pressed twice at once, it is asked once
    if _standing(by).filter(first_on__lte=last_on, last_on__gte=first_on).exists():
        raise AwayAlready
    leave = Leave.objects.create(user=by, kind=kind, first_on=first_on, last_on=last_on, asked_at=at)
    facts = {"leave": leave.pk, "kind": kind.value, "from": first_on.isoformat(), "to": last_on.isoformat()}
    record(at=at, by=actor_of(by), event="leave asked", facts=facts)
    return leave


@transaction.atomic
def answer_leave(*, leave_id: int, is_yes: bool, by: User, at: datetime) -> Leave:
    """Grant it, and the shifts of these days go; or not. Raises MayNotRoster, NotYourLeave, LeaveAnswered."""
    require_rostering(by)
    leave = Leave.objects.select_for_update(of=("self",)).get(pk=leave_id)
    if leave.user_id == by.pk:
        raise NotYourLeave
    if leave.withdrawn_at is not None:
        raise LeaveAnswered
    try:
        with transaction.atomic():
            LeaveAnswer.objects.create(leave=leave, is_yes=is_yes, by=by, at=at)
    except IntegrityError as refused:
        raise LeaveAnswered from refused
    shifts = Shift.objects.filter(user=leave.user_id, on__gte=leave.first_on, on__lte=leave.last_on)
    dropped = shifts.delete()[1].get("workforce.Shift", 0) if is_yes else 0
    facts = {"leave": leave.pk, "yes": is_yes, "shifts dropped": dropped}
    record(at=at, by=actor_of(by), event="leave answered", facts=facts)
    return leave


@transaction.atomic
def withdraw_leave(*, leave_id: int, by: User, at: datetime) -> None:
    """Take the request back, also once it is granted; shifts that went do not come back by themselves.

    Raises NotYourLeave, LeaveAnswered.
    """
    leave = Leave.objects.select_for_update().get(pk=leave_id)
    if leave.user_id != by.pk:
        raise NotYourLeave
    if leave.withdrawn_at is not None or leave.first_on <= day_of(at):
        raise LeaveAnswered
    leave.withdrawn_at = at
    leave.save(update_fields=["withdrawn_at"])
    record(at=at, by=actor_of(by), event="leave withdrawn", facts={"leave": leave.pk})


def is_away(*, user: User, on: date) -> bool:
    """Whether somebody has leave that was granted, on a day."""
    return away_on(on=on).filter(user=user).exists()


def away_on(*, on: date) -> QuerySet[Leave]:
    """Leave that was granted and covers a day, by name."""
    found = Leave.objects.filter(
        withdrawn_at__isnull=True, answer__is_yes=True, first_on__lte=on, last_on__gte=on
    )
    return found.select_related("user").order_by("user__full_name", "pk")


def leaves_to_answer() -> QuerySet[Leave]:
    """Requests without an answer, the soonest first."""
    found = Leave.objects.filter(withdrawn_at__isnull=True, answer__isnull=True)
    return found.select_related("user").order_by("first_on", "pk")


def leaves_of(*, user: User) -> QuerySet[Leave]:
    """Somebody’s own requests with their answers, the latest days first."""
    return Leave.objects.filter(user=user).select_related("answer").order_by("-first_on", "-pk")


def _standing(user: User) -> QuerySet[Leave]:
    return Leave.objects.filter(user=user, withdrawn_at__isnull=True).exclude(answer__is_yes=False)


def away_between(*, first_on: date, last_on: date) -> dict[int, set[date]]:
    """By account, the days of a span on which they have leave that was granted."""
    found: dict[int, set[date]] = {}
    granted = Leave.objects.filter(
        withdrawn_at__isnull=True, answer__is_yes=True, first_on__lte=last_on, last_on__gte=first_on
    )
    for each in granted:
        days = (max(each.first_on, first_on), min(each.last_on, last_on))
        span = (days[1] - days[0]).days + 1
        found.setdefault(each.user_id, set()).update(
            days[0] + timedelta(days=number) for number in range(span)
        )
    return found
