"""What happens to a case when its time has come: reminders, moves, warnings before a promise is missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random

from django.db import transaction

from frontdoor.cases.actions.moving import lock_case
from frontdoor.cases.models import Appointment, Case, IssuedItem, Promise, Timer, TimerKind
from frontdoor.handling.deciding import decide_if_clear
from frontdoor.handling.knowing import known_of
from frontdoor.handling.moving import NOTHING, make_locked_move
from frontdoor.handling.people import SYSTEM
from frontdoor.handling.promises import warn_customer
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.updates import Occasion, tell_customer
from frontdoor.handling.wording import Said
from frontdoor.journeys.moving import MoveNotOffered


@transaction.atomic
def fire_timer(*, timer_id: int, at: datetime, rng: Random) -> Timer:
    """Do what the timer is for, once. A timer that is done or has lapsed does nothing again."""
    case = lock_case(case_id=Timer.objects.values_list("case_id", flat=True).get(pk=timer_id))
    timer = Timer.objects.select_for_update().get(pk=timer_id)
    if timer.done_at is not None or timer.lapsed_at is not None:
        return timer
    timer.done_at = at
    timer.save(update_fields=["done_at"])
    if timer.of_state in ("", case.state):
        DOING[TimerKind(timer.kind)](case, timer, at, rng)
    return timer


def _move(case: Case, timer: Timer, at: datetime, rng: Random) -> None:
    """A move that is not offered any more has been overtaken by somebody else's, and is noted as such."""
    try:
        make_locked_move(case=case, move=timer.what, given=NOTHING, person=SYSTEM, at=at, rng=rng)
    except MoveNotOffered:
        _note(case, "timer overtaken", {"move": timer.what}, at)


def _remind(case: Case, timer: Timer, at: datetime, rng: Random) -> None:
    _tell(case, timer.what, timer, at, rng)


def _warn(case: Case, timer: Timer, at: datetime, rng: Random) -> None:
    promise = _running(case, timer)
    if promise is not None:
        warn_customer(case=case, promise=promise, occasion=f"timer:{timer.pk}", at=at, rng=rng)


def _miss(case: Case, timer: Timer, at: datetime, rng: Random) -> None:
    promise = _running(case, timer)
    if promise is None or promise.due_at > at:
        return
    promise.missed_at = promise.missed_at or at
    promise.save(update_fields=["missed_at"])
    _note(case, "promise missed", {"promise": promise.name, "due_at": promise.due_at.isoformat()}, at)


def _remind_of_item(case: Case, timer: Timer, at: datetime, rng: Random) -> None:
    """Nobody is reminded of a badge that was cancelled, or after somebody has died."""
    item = IssuedItem.objects.filter(pk=timer.key.split(":")[1]).first()
    if item is not None and item.cancelled_at is None:
        _tell(case, timer.what, timer, at, rng)


def _remind_of_appointment(case: Case, timer: Timer, at: datetime, rng: Random) -> None:
    booked = Appointment.objects.filter(pk=timer.key.split(":")[1]).first()
    if booked is not None and booked.cancelled_at is None and booked.at > at:
        _tell(case, timer.what, timer, at, rng)


def _weigh(case: Case, timer: Timer, at: datetime, rng: Random) -> None:
    decide_if_clear(case=case, known=known_of(case=case, at=at), at=at, rng=rng)


def _running(case: Case, timer: Timer) -> Promise | None:
    running = Promise.objects.filter(
        case=case, name=timer.what, kept_at__isnull=True, dropped_at__isnull=True
    )
    return running.filter(paused_at__isnull=True).first()


def _tell(case: Case, words: str, timer: Timer, at: datetime, rng: Random) -> None:
    known = known_of(case=case, at=at)
    if words in known.pack.updates:
        occasion = Occasion(words, f"timer:{timer.pk}")
        tell_customer(case=case, known=known, occasion=occasion, said=Said(), by=SYSTEM.actor, at=at, rng=rng)


def _note(case: Case, event: str, facts: dict[str, object], at: datetime) -> None:
    record_of_case(case=case, event=event, by=SYSTEM.actor, at=at, facts=facts)


DOING: Mapping[TimerKind, Callable[[Case, Timer, datetime, Random], None]] = {
    TimerKind.MOVE: _move,
    TimerKind.REMIND: _remind,
    TimerKind.WARN: _warn,
    TimerKind.MISS: _miss,
    TimerKind.ISSUED: _remind_of_item,
    TimerKind.APPOINTMENT: _remind_of_appointment,
    TimerKind.WEIGH: _weigh,
}
