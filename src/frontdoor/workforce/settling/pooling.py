"""Where need by skill begins: as if everybody could take each contact, shared out by the work of each skill."""

from __future__ import annotations

from typing import Final

import numpy as np

from frontdoor.workforce.simulation.changing import Calendar
from frontdoor.workforce.simulation.definition import Floats, Integers, Kind, World
from frontdoor.workforce.staffing.definition import Targets
from frontdoor.workforce.staffing.needing import positions_of

BUSY: Final = 0.85
"""The share of time that written work may fill."""
LEAST_LOAD: Final = 0.005
"""Erlangs below which nobody is needed for calls and chats."""


def pooled(
    *,
    live: Floats,
    written: Floats,
    work: Floats,
    handling: Floats,
    patience: float,
    targets: Targets | None = None,
) -> Floats:
    """People of shape (days, intervals, skills), to hundredths. `live`: erlangs of calls and chats, of shape (days,
    intervals), staffed by Erlang A with every target; `written`: erlangs of written work by day, spread evenly over the
    intervals with calls; `work`: erlangs of all by skill, of shape (skills, days, intervals), by which both are shared
    out. `handling`: mean seconds by day and interval. `patience`: mean seconds, NaN where nobody gives up.
    """
    people = np.zeros(live.shape)
    busy = live > LEAST_LOAD
    if busy.any():
        many = np.full(int(busy.sum()), patience)
        people[busy] = positions_of(
            erlangs=live[busy], handling=handling[busy], patience=many, targets=targets or Targets()
        )
    opened = live > 0
    hours = np.maximum(opened.sum(axis=1), 1)
    people += np.where(opened, (written / BUSY / hours)[:, None], 0.0)
    total = work.sum(axis=0)
    shares = np.divide(work, total, out=np.zeros_like(work), where=total > 0)
    found: Floats = np.round(np.moveaxis(shares * people, 0, -1), 2)
    return found


def skills_of(world: World) -> tuple[str, ...]:
    """Every skill that a queue asks for, in order."""
    return tuple(sorted({queue.skill for queue in world.queues}))


def loads_of(world: World) -> Floats:
    """Erlangs offered, of shape (queues, intervals)."""
    takes = np.array([queue.talk.mean + queue.wrap.mean for queue in world.queues])
    return np.asarray(world.rates * takes[:, None] / world.interval)


def days_of(calendar: Calendar) -> Integers:
    """The number of the local day that each interval lies in."""
    dates = [start.date() for start in calendar.starts]
    return np.array([(day - dates[0]).days for day in dates])


def pooled_of(world: World, calendar: Calendar, targets: Targets | None = None) -> Floats:
    """The same of a world, of shape (intervals, skills)."""
    skills, days, loads = skills_of(world), days_of(calendar), loads_of(world)
    on_line = [place for place, queue in enumerate(world.queues) if queue.kind is not Kind.DEFERRED]
    later = [place for place in range(len(world.queues)) if place not in on_line]
    slots = np.concatenate([np.arange((days == day).sum()) for day in range(days[-1] + 1)])
    shape = int(days[-1]) + 1, int(slots.max()) + 1

    def by_day(values: Floats) -> Floats:
        found = np.zeros(shape)
        found[days, slots] = values
        return found

    live, calls = loads[on_line].sum(axis=0), world.rates[on_line].sum(axis=0)
    handling = np.divide(live * world.interval, calls, out=np.full(len(live), 1.0), where=calls > 0)
    work = [
        by_day(loads[[place for place, queue in enumerate(world.queues) if queue.skill == skill]].sum(axis=0))
        for skill in skills
    ]
    patience = [world.queues[place].patience.mean for place in on_line]
    weights = loads[on_line].sum(axis=1)
    mean = float(np.average(patience, weights=weights)) if weights.sum() > 0 else np.inf
    found = pooled(
        live=by_day(live),
        written=by_day(loads[later].sum(axis=0)).sum(axis=1),
        work=np.stack(work),
        handling=np.maximum(by_day(handling), 1.0),
        patience=mean if np.isfinite(mean) else np.nan,
        targets=targets,
    )
    return np.asarray(found[days, slots])
