"""When people do things: staff in office hours on working days, customers from morning to late evening."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from frontdoor.demo.steps import By, Days
from frontdoor.kernel.clock import at_london, day_of, london
from frontdoor.kernel.workingdays import ENGLAND

OPENS, CLOSES = 8.5, 17.4
WAKES, SLEEPS = 7.0, 22.5
OFFICE_DAY = timedelta(hours=CLOSES - OPENS)


def later(at: datetime, after: Days, by: By, rng: Random) -> datetime:
    """So long after `at`, at an hour at which they would do it; never before `at`."""
    days = rng.uniform(*after)
    if by in (By.OFFICER, By.COLLEAGUE):
        return _in_office(at, days, rng)
    return _when_awake(at + timedelta(days=days), rng)


def _in_office(at: datetime, days: float, rng: Random) -> datetime:
    if days < 1:
        return office_time(at + days * OFFICE_DAY, rng)
    day = ENGLAND.add_working_days(day_of(at), int(days))
    return max(at, at_london(day, _clock(rng.uniform(OPENS, CLOSES))))


def office_time(at: datetime, rng: Random) -> datetime:
    """The instant itself in office hours, else some time into the next office day."""
    local = london(at)
    hour = local.hour + local.minute / 60
    if ENGLAND.is_working_day(local.date()) and OPENS <= hour < CLOSES:
        return at
    is_early = ENGLAND.is_working_day(local.date()) and hour < OPENS
    day = local.date() if is_early else ENGLAND.add_working_days(local.date(), 1)
    return at_london(day, _clock(OPENS + rng.expovariate(1 / 0.8) % 6))


def _when_awake(at: datetime, rng: Random) -> datetime:
    local = london(at)
    hour = local.hour + local.minute / 60
    if WAKES <= hour < SLEEPS:
        return at
    day = local.date() + timedelta(days=1 if hour >= SLEEPS else 0)
    return at_london(day, _clock(rng.uniform(WAKES, 11)))


def arrival(day_at: datetime, rng: Random, *, needs_office: bool) -> datetime:
    """Some time on that day at which a first contact comes in."""
    if needs_office:
        return office_time(at_london(day_of(day_at), _clock(rng.uniform(OPENS, CLOSES - 1))), rng)
    return at_london(day_of(day_at), _clock(rng.triangular(WAKES, SLEEPS, 13.5)))


def _clock(hour: float) -> time:
    seconds = int(hour * 3600)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
