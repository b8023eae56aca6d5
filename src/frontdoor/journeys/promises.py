"""By when: when a promise falls due, when to warn the customer first, and what a stopped clock does to it.

Instants are in UTC. What counts as a day is said in `kernel.workingdays`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from frontdoor.journeys.definition import Promise
from frontdoor.kernel.clock import day_of, end_of_day, start_of_day
from frontdoor.kernel.facts import Json
from frontdoor.kernel.months import months_later
from frontdoor.kernel.workingdays import ENGLAND, Calendar, Remaining, Within, due, remaining, resume

HOURS_OF_A_WEEK = 7 * 24


def span_of(*, promise: Promise, facts: Mapping[str, Json]) -> Within | None:
    """How long the promise runs: its own span, or the one for the value of its `by` fact.

    None: nothing is promised (yet).
    """
    if promise.by is None:
        return promise.within
    value = facts.get(promise.by)
    return promise.within_by.get(str(value)) if value is not None else None


def promise_due(
    *, promise: Promise, start_at: datetime, facts: Mapping[str, Json], calendar: Calendar = ENGLAND
) -> datetime | None:
    """The last instant at which the promise is kept, counted from `start_at`; None where nothing is promised.

    A span of no clock hours, working days or calendar days (`0 …`) promises nothing less than that same
    instant or day.
    """
    span = span_of(promise=promise, facts=facts)
    cut_off = cut_off_of(promise=promise, facts=facts)
    return due(start_at, span, calendar, cut_off=cut_off) if span else None


def cut_off_of(*, promise: Promise, facts: Mapping[str, Json]) -> time | None:
    """The London time of day from which what comes counts as come on the next working day; None where every hour
    counts.
    """
    value = facts.get(promise.cut_off) if promise.cut_off else None
    return time.fromisoformat(value) if isinstance(value, str) else None


def warn_at(*, promise: Promise, due_at: datetime, calendar: Calendar = ENGLAND) -> datetime | None:
    """When to tell the customer that the promise may be missed: `warn` before it is due; None where it does
    not warn.

    Counted in days, it is the first instant of that London day, so that a whole day is left to act.
    """
    return before(at=due_at, span=promise.warn, calendar=calendar) if promise.warn else None


def before(*, at: datetime, span: Within, calendar: Calendar = ENGLAND) -> datetime:
    """The instant `span` before `at`; the beginning of that London day where days, weeks or months are
    counted.
    """
    day = day_of(at)
    match span.unit:
        case "clock hours":
            return at - timedelta(hours=span.value)
        case "working days":
            return start_of_day(calendar.add_working_days(day, -span.value) if span.value else day)
        case "calendar days":
            return start_of_day(day - timedelta(days=span.value))
        case "weeks":
            return start_of_day(day - timedelta(weeks=span.value))
        case "months":
            return start_of_day(months_later(day, -span.value))


def wait_ends(*, start_at: datetime, span: Within, calendar: Calendar = ENGLAND) -> datetime:
    """When a wait that began at `start_at` is over (`after`, `remind`): the end of its last day, so nobody is
    cut short.
    """
    return due(start_at, span, calendar)


def stop_clock(
    *, due_at: datetime, stopped_at: datetime, span: Within, calendar: Calendar = ENGLAND
) -> Remaining:
    """What is left of a promise when its clock stops. It carries over whole: working days as working days."""
    return remaining(due_at, stopped_at, span.unit, calendar)


def start_clock(*, left: Remaining, resumed_at: datetime, calendar: Calendar = ENGLAND) -> datetime:
    """When a promise whose clock stood still falls due, now that it runs again.

    The day it resumes is not counted.
    """
    return resume(resumed_at, left, calendar)


def extended_due(*, due_at: datetime, by: Within, calendar: Calendar = ENGLAND) -> datetime:
    """A new date for a promise that cannot be kept: `by` after the old one, to the end of that day."""
    if by.unit == "clock hours":
        return due_at + timedelta(hours=by.value)
    return end_of_day(day_of(due(due_at, by, calendar)))
