"""Promises and timers of a case: made, paused, resumed, kept, dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import Min

from frontdoor.cases.models import Case, Promise, Timer, TimerKind
from frontdoor.journeys.promises import before
from frontdoor.kernel.workingdays import Calendar, Within, due, in_words, parse_within, remaining, resume


def make_promise(
    *,
    case: Case,
    name: str,
    within: Within,
    warn: Within | None,
    at: datetime,
    calendar: Calendar,
    cut_off: time | None = None,
) -> Promise:
    """A running promise with its timers. One that runs already under this name is dropped: it was made anew."""
    if any(running.name == name for running in running_promises(case)):
        drop_promise(case=case, name=name, at=at)
    promise = new_promise(case=case, name=name, within=within, at=at, calendar=calendar, cut_off=cut_off)
    promise.save(force_insert=True)
    add_timers(promise_timers(promise=promise, warn=warn, at=at, calendar=calendar))
    return promise


def new_promise(
    *, case: Case, name: str, within: Within, at: datetime, calendar: Calendar, cut_off: time | None = None
) -> Promise:
    """A promise that begins now, noted on the case where it runs. The caller stores both."""
    due_at = due(at, within, calendar, cut_off=cut_off)
    if case.clock_stopped_at is None:
        case.due_at = min(case.due_at or due_at, due_at)
    return Promise(
        case=case,
        name=name,
        within=in_words(within),
        made_at=at,
        due_at=due_at,
        first_due_at=due_at,
        paused_at=at if case.clock_stopped_at else None,
    )


def promise_timers(*, promise: Promise, warn: Within | None, at: datetime, calendar: Calendar) -> list[Timer]:
    """Timers, still to be added, that warn the customer before the promise is missed, and note it when it is; none
    while its clock is stopped.
    """
    if promise.paused_at is not None:
        return []
    stamp = promise.due_at.isoformat()
    missed = new_timer(
        case=promise.case,
        kind=TimerKind.MISS,
        what=promise.name,
        key=f"miss:{promise.pk}:{stamp}",
        due_at=promise.due_at,
    )
    if warn is None:
        return [missed]
    warned = new_timer(
        case=promise.case,
        kind=TimerKind.WARN,
        what=promise.name,
        key=f"warn:{promise.pk}:{stamp}",
        due_at=max(at, before(at=promise.due_at, span=warn, calendar=calendar)),
    )
    return [warned, missed]


def lapse_promise_timers(*, promise: Promise, at: datetime) -> None:
    """The promise's timers will not fire any more."""
    running = Timer.objects.filter(
        case=promise.case, what=promise.name, kind__in=[TimerKind.WARN, TimerKind.MISS]
    )
    running.filter(done_at__isnull=True, lapsed_at__isnull=True).update(lapsed_at=at)


def running_promises(case: Case) -> list[Promise]:
    """Promises neither kept nor dropped, earliest first, each with the case in hand."""
    running = Promise.objects.filter(case=case, kept_at__isnull=True, dropped_at__isnull=True)
    promises = list(running.order_by("due_at", "pk"))
    for promise in promises:
        promise.case = case
    return promises


def keep_promise(*, case: Case, name: str, at: datetime) -> None:
    """The promise was kept, or at least done: `missed_at` stays where it was missed."""
    for promise in running_promises(case):
        if promise.name == name:
            promise.kept_at = at
            promise.save(update_fields=["kept_at"])
            lapse_promise_timers(promise=promise, at=at)
    note_due(case=case)


def drop_promise(*, case: Case, name: str | None, at: datetime) -> None:
    """The promise no longer applies; without a name, every running one."""
    for promise in running_promises(case):
        if name is None or promise.name == name:
            promise.dropped_at = at
            promise.save(update_fields=["dropped_at"])
            lapse_promise_timers(promise=promise, at=at)
    note_due(case=case)


def stop_clock(*, case: Case, at: datetime) -> None:
    """Every running promise stops here."""
    case.clock_stopped_at = at
    for promise in running_promises(case):
        promise.paused_at = at
        promise.save(update_fields=["paused_at"])
        lapse_promise_timers(promise=promise, at=at)
    note_due(case=case)


def start_clock(*, case: Case, warn: dict[str, Within | None], at: datetime, calendar: Calendar) -> None:
    """Every stopped promise goes on with what was left of it."""
    case.clock_stopped_at = None
    for promise in running_promises(case):
        if promise.paused_at is None:
            continue
        left = remaining(promise.due_at, promise.paused_at, parse_within(promise.within).unit, calendar)
        promise.due_at, promise.paused_at = resume(at, left, calendar), None
        promise.save(update_fields=["due_at", "paused_at"])
        add_timers(promise_timers(promise=promise, warn=warn.get(promise.name), at=at, calendar=calendar))
    note_due(case=case)


def note_due(*, case: Case) -> None:
    """Repeat the earliest running promise on the case, for the work list. The caller saves the case."""
    running = Promise.objects.filter(
        case=case, kept_at__isnull=True, dropped_at__isnull=True, paused_at__isnull=True
    )
    case.due_at = running.aggregate(first=Min("due_at"))["first"]


def new_timer(
    *, case: Case, kind: TimerKind, what: str, key: str, due_at: datetime, of_state: str = ""
) -> Timer:
    """Something that will happen to the case, still to be added."""
    return Timer(
        case=case, kind=kind, what=what, key=key, due_at=due_at, next_try_at=due_at, of_state=of_state
    )


def add_timers(timers: Iterable[Timer]) -> None:
    """Add timers. The same key happens once: a timer whose key is there already is left out."""
    Timer.objects.bulk_create(timers, ignore_conflicts=True)


def lapse_state_timers(*, case: Case, at: datetime) -> None:
    """Timers of the state the case is leaving will not fire any more."""
    running = Timer.objects.filter(case=case, done_at__isnull=True, lapsed_at__isnull=True)
    running.exclude(of_state="").update(lapsed_at=at)
