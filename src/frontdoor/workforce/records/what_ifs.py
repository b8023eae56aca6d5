"""What-ifs on a week of the plan: the week as it is on record, simulated with the same contacts under each change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np

from frontdoor.contacts.models import Channel
from frontdoor.kernel.clock import start_of_day
from frontdoor.staff.skills import skills_on
from frontdoor.workforce.records.covering import (
    ANYBODY,
    LIVE,
    PATIENCE,
    USUAL_HANDLING,
    Planned,
    at_quarter,
    handling_before,
    planned_week,
    rows_of_day,
    skill_of,
)
from frontdoor.workforce.records.events import series_name
from frontdoor.workforce.records.forecasts import latest_for
from frontdoor.workforce.simulation.changing import Calendar, WhatIf
from frontdoor.workforce.simulation.comparing import Comparison, compare
from frontdoor.workforce.simulation.definition import (
    FOR_EVER,
    Kind,
    Person,
    Presence,
    Queue,
    Shape,
    Spread,
    World,
)
from frontdoor.workforce.simulation.measuring import DEFERRED, EVERYTHING, Estimate, Measure, Scopes

INTERVAL: Final = 900.0
IN_TIME, DAY_OF_WORK = 20.0, 36000.0
"""Seconds in which a call or chat is to be answered, and written work to be done."""
RUNS = 20
TOLD = (
    Measure.OFFERED,
    Measure.SERVICE_LEVEL,
    Measure.WAIT,
    Measure.ABANDONMENT,
    Measure.OCCUPANCY,
    Measure.BACKLOG,
)
SHARES = frozenset({Measure.SERVICE_LEVEL, Measure.ABANDONMENT, Measure.OCCUPANCY})


class NothingToSimulate(LookupError):
    """This week has no forecast or nobody at work, so there is nothing to simulate. Publish both first."""


@dataclass(frozen=True)
class Told:
    """The result in words: a table of each scope, with a row for each measure and a column for each case."""

    cases: list[str]
    tables: dict[str, list[list[str]]]


def compare_week(
    *,
    monday: date,
    what_ifs: Sequence[WhatIf],
    said: Callable[[float, str], None] = lambda share, words: None,
) -> Told:
    """Simulate the week that begins on a Monday as it is and under every what-if, RUNS times each. `said` hears how far
    it is, and may raise to stop it. Raises NothingToSimulate, BadWorld, BadChange.
    """
    world, calendar = world_of(planned_week(monday=monday), monday)
    live = tuple(place for place, each in enumerate(world.queues) if each.kind is not Kind.DEFERRED)
    written = tuple(place for place in range(len(world.queues)) if place not in live)
    scopes = [
        (name, places) for name, places in ((EVERYTHING, live), (EVERYTHING + DEFERRED, written)) if places
    ]
    found = compare(
        world,
        what_ifs,
        calendar=calendar,
        scopes=Scopes(tuple(name for name, _ in scopes), tuple(places for _, places in scopes)),
        seeds=range(1, RUNS + 1),
        threads=1,
        progress=lambda done: said(done / RUNS * 0.99, f"Week {done} of {RUNS}"),
    )
    return _told(found)


def world_of(planned: Planned, monday: date) -> tuple[World, Calendar]:
    """The week as the simulation wants it: queues by service and channel, the contacts of the forecast, people with their
    skills, and when they are at work on contacts. Raises NothingToSimulate.
    """
    begins = start_of_day(monday)
    intervals = round((start_of_day(monday + timedelta(days=7)) - begins).total_seconds() / INTERVAL)
    known = {skill for person in planned.week.people for skill in person.skills}
    takes, rates, queues = handling_before(monday), {}, {}
    for day in planned.week.days:
        published = latest_for(on=day.on)
        for row in rows_of_day(published.pk, day.on) if published else ():
            name = series_name(row.service or "others", row.channel)
            if name not in queues:
                queues[name] = _queue(name, row.service, row.channel, takes, known)
                rates[name] = np.zeros(intervals)
            for quarter in np.flatnonzero(row.mean):
                rates[name][_interval(begins, day.on, int(quarter))] += row.mean[quarter]
    presences = [each for shift in planned.rota.shifts for each in _presences(begins, shift)]
    if not queues or not presences:
        raise NothingToSimulate
    levels = skills_on(on=monday, people=[int(each.name) for each in planned.week.people])
    people = tuple(
        Person(each.name, {ANYBODY: 2, **levels.get(int(each.name), {})}, chats=2)
        for each in planned.week.people
    )
    world = World(tuple(queues.values()), people, tuple(presences), np.stack(list(rates.values())))
    return world, Calendar(begins, intervals)


def _queue(
    name: str, service: str, channel: str, takes: dict[tuple[str, str], float], known: set[str]
) -> Queue:
    is_live = channel in LIVE
    kind = Kind.CALL if channel == Channel.PHONE else Kind.CHAT if is_live else Kind.DEFERRED
    return Queue(
        name=name,
        service=service or "others",
        skill=skill_of(service, known),
        kind=kind,
        promise=60.0 if is_live else DAY_OF_WORK,
        within=IN_TIME if is_live else None,
        talk=Spread(takes.get((service, channel), USUAL_HANDLING), Shape.LOGNORMAL),
        patience=Spread(PATIENCE) if is_live else FOR_EVER,
    )


def _interval(begins: datetime, on: date, quarter: int) -> int:
    return round((at_quarter(on, quarter) - begins).total_seconds() / INTERVAL)


def _presences(begins: datetime, shift: Any) -> list[Presence]:
    """Runs of quarter hours on contacts."""
    found: list[Presence] = []
    quarters = sorted(shift.at_work)
    first = 0
    for place, quarter in enumerate(quarters):
        if place + 1 == len(quarters) or quarters[place + 1] != quarter + 1:
            since, until = (
                _interval(begins, shift.on, each) * INTERVAL for each in (quarters[first], quarter + 1)
            )
            found.append(Presence(shift.person, since, until))
            first = place + 1
    return found


def _told(found: Comparison) -> Told:
    tables = {
        name: [[measure.value, *_row(found, measure, scope)] for measure in TOLD]
        for scope, name in enumerate(found.scopes.names)
    }
    return Told([each.what_if.name for each in found.outcomes], tables)


def _row(found: Comparison, measure: Measure, scope: int) -> list[str]:
    """As it is, then each case with its difference."""
    cells = [_cell(found.figures, measure, scope)]
    for each in found.outcomes:
        difference = _cell(each.difference, measure, scope, sign="+")
        cells.append(f"{_cell(each.figures, measure, scope, is_bare=True)} ({difference})")
    return cells


def _cell(estimate: Estimate, measure: Measure, scope: int, *, sign: str = "", is_bare: bool = False) -> str:
    place = list(Measure).index(measure)
    mean, doubt = float(estimate.mean[place, scope, 0]), float(estimate.doubt[place, scope, 0])
    if mean != mean:
        return "–"
    scale, unit = (100.0, "%") if measure in SHARES else (1.0, " s" if measure is Measure.WAIT else "")
    number = f"{mean * scale:{sign},.1f}{unit}".replace("-", "\N{MINUS SIGN}")
    return number if is_bare or doubt != doubt else f"{number} ± {doubt * scale:,.1f}"
