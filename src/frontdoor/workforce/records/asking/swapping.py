"""Swaps: one asks, the colleague answers, then a supervisor or planner; the rules are told, and people decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q, QuerySet

from frontdoor.journal.actions import record
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.staff.skills import skills_on
from frontdoor.workforce.records.asking.leave import is_away
from frontdoor.workforce.records.models import Answerer, Shift, Swap, SwapAnswer
from frontdoor.workforce.records.rotas.rota import PlannedShift, as_planned, require_rostering, write_times

REST: Final = timedelta(hours=11)
"""Between two days of work (Working Time Regulations 1998, regulation 10)."""


class NotYourShift(LookupError):
    """You can only give away a shift of your own, and take one of the colleague you ask. Choose from the list again."""


class ShiftBegun(Exception):
    """This shift has begun or is over. Choose a later one; nothing was changed."""


class AskedAlready(Exception):
    """You have asked this colleague for this shift already. Wait for the answer, or take the request back."""


class AnsweredAlready(Exception):
    """This request was answered or taken back before. Look at it again; nothing was changed."""


class NotYoursToAnswer(Exception):
    """This request is not for you to answer now. The colleague answers first, then a supervisor; nothing was changed."""


class BreaksRules(Exception):
    """The swap would break a rule that no one may set aside. Refuse it, or ask for another; nothing was changed."""


def rules_broken(*, give: Shift, take: Shift | None, colleague: User) -> list[str]:
    """What stands against it, in sentences; empty where nothing does. Nothing here is decided."""
    asker = give.user
    found = [*_against(colleague, give, [give, take]), *(_against(asker, take, [give, take]) if take else [])]
    if take is None and not _shares_skills(asker, colleague, give):
        found.append(f"{colleague.full_name} has none of the skills for which {asker.full_name} was planned.")
    return found


def _against(user: User, shift: Shift, but_not: Sequence[Shift | None]) -> list[str]:
    """What stands against somebody working a shift."""
    others = user.shifts.exclude(pk__in=[each.pk for each in but_not if each])
    near = list(others.filter(ends_at__gt=shift.starts_at - REST, starts_at__lt=shift.ends_at + REST))
    found = []
    if any(each.starts_at < shift.ends_at and shift.starts_at < each.ends_at for each in near):
        found.append(f"{user.full_name} already works at that time.")
    elif near:
        found.append(f"{user.full_name} would have less than 11 hours of rest.")
    if is_away(user=user, on=shift.on):
        found.append(f"{user.full_name} is on leave that day.")
    return found


def _shares_skills(one: User, other: User, shift: Shift) -> bool:
    held = skills_on(on=shift.on, people=[one.pk, other.pk])
    return bool(held.get(one.pk, {}).keys() & held.get(other.pk, {}).keys()) or one.pk not in held


@transaction.atomic
def ask_swap(*, give_id: int, take_id: int | None, colleague: User, by: User, at: datetime) -> Swap:
    """Ask a colleague to work a shift, in exchange for one of theirs or for nothing.

    Raises NotYourShift, ShiftBegun, AskedAlready.
    """
    give = Shift.objects.filter(pk=give_id, user=by).first()
    take = Shift.objects.filter(pk=take_id, user=colleague).first() if take_id else None
    if give is None or (take_id and take is None) or colleague.pk == by.pk:
        raise NotYourShift
    if any(each.starts_at <= at for each in (give, take) if each):
        raise ShiftBegun
    try:
        with transaction.atomic():
            swap = Swap.objects.create(give=give, take=take, asked_by=by, colleague=colleague, asked_at=at)
    except IntegrityError as refused:
        raise AskedAlready from refused
    facts = {
        "swap": swap.pk,
        "shift": give.pk,
        "for": take.pk if take else None,
        "colleague": str(colleague.pk),
    }
    record(at=at, by=actor_of(by), event="swap asked", facts=facts)
    return swap


@transaction.atomic
def answer_swap(*, swap_id: int, answerer: Answerer, is_yes: bool, by: User, at: datetime) -> Swap:
    """The colleague’s answer, or the supervisor’s after it; with the second yes, the shifts change hands.

    Raises AnsweredAlready, NotYoursToAnswer, MayNotRoster, ShiftBegun, BreaksRules.
    """
    swap = (
        Swap.objects.select_for_update(of=("self",))
        .select_related("give__user", "take", "colleague")
        .get(pk=swap_id)
    )
    said = {each.answerer: each.is_yes for each in swap.answers.all()}
    if swap.ended_at is not None or answerer in said:
        raise AnsweredAlready
    if answerer == Answerer.COLLEAGUE:
        if by.pk != swap.colleague_id:
            raise NotYoursToAnswer
    else:
        require_rostering(by)
        if Answerer.COLLEAGUE not in said or by.pk in (swap.asked_by_id, swap.colleague_id):
            raise NotYoursToAnswer
    try:
        with transaction.atomic():
            SwapAnswer.objects.create(swap=swap, answerer=answerer, is_yes=is_yes, by=by, at=at)
    except IntegrityError as refused:
        raise AnsweredAlready from refused
    facts = {"swap": swap.pk, "answerer": answerer.value, "yes": is_yes}
    record(at=at, by=actor_of(by), event="swap answered", facts=facts)
    if answerer == Answerer.SUPERVISOR and is_yes:
        _change_hands(swap, at)
    if answerer == Answerer.SUPERVISOR or not is_yes:
        swap.ended_at = at
        swap.save(update_fields=["ended_at"])
    return swap


def _change_hands(swap: Swap, at: datetime) -> None:
    """Each keeps their own row, which gets the other’s times: so nobody has two shifts at once in between."""
    give, take = swap.give, swap.take
    if give is None or give.starts_at <= at or (take is not None and take.starts_at <= at):
        raise ShiftBegun
    if give.user_id != swap.asked_by_id or (take is not None and take.user_id != swap.colleague_id):
        raise ShiftBegun
    if rules_broken(give=give, take=take, colleague=swap.colleague):
        raise BreaksRules
    first = as_planned(give)
    if take is None:
        give.user = swap.colleague
        write_times(give, first, at)
        return
    second = as_planned(take)
    write_times(
        give,
        PlannedShift(give.user_id, second.starts_at, second.ends_at, second.parts, give.is_in_office),
        at,
    )
    write_times(
        take, PlannedShift(take.user_id, first.starts_at, first.ends_at, first.parts, take.is_in_office), at
    )


@transaction.atomic
def withdraw_swap(*, swap_id: int, by: User, at: datetime) -> None:
    """Take the request back, before both have answered. Raises NotYoursToAnswer, AnsweredAlready."""
    swap = Swap.objects.select_for_update().get(pk=swap_id)
    if swap.asked_by_id != by.pk:
        raise NotYoursToAnswer
    if swap.ended_at is not None:
        raise AnsweredAlready
    swap.ended_at = at
    swap.save(update_fields=["ended_at"])
    record(at=at, by=actor_of(by), event="swap withdrawn", facts={"swap": swap.pk})


def swaps_of(*, user: User) -> QuerySet[Swap]:
    """Swaps that somebody asked for or is asked for, the newest first."""
    return _swaps().filter(Q(asked_by=user) | Q(colleague=user)).order_by("-asked_at", "-pk")


def swaps_to_answer() -> QuerySet[Swap]:
    """Swaps that the colleague agreed to and that wait for a supervisor, the oldest first."""
    agreed = _swaps().filter(
        ended_at__isnull=True, answers__answerer=Answerer.COLLEAGUE, answers__is_yes=True
    )
    return agreed.exclude(answers__answerer=Answerer.SUPERVISOR).order_by("asked_at", "pk")


def _swaps() -> QuerySet[Swap]:
    found = Swap.objects.select_related("give__user", "take__user", "asked_by", "colleague")
    return found.prefetch_related(Prefetch("answers", SwapAnswer.objects.order_by("at")))
