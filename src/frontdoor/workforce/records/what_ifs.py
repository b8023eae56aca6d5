"""A week of the plan as the simulation wants it: its forecast, its rota, and what people can do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np

from frontdoor.contacts.models import Channel
from frontdoor.kernel.clock import start_of_day
from frontdoor.staff.skills import skills_on
from frontdoor.workforce.records.expected.events import series_name
from frontdoor.workforce.records.expected.forecasts import latest_for
from frontdoor.workforce.records.rotas.covering import (
    ANYBODY,
    LIVE,
    PATIENCE,
    USUAL_HANDLING,
    Planned,
    at_quarter,
    handling_before,
    rows_of_day,
    skill_of,
)
from frontdoor.workforce.simulation.changing import Calendar
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

INTERVAL: Final = 900.0
IN_TIME, DAY_OF_WORK = 20.0, 36000.0
"""Seconds in which a call or chat is to be answered, and written work to be done."""


class NothingToSimulate(LookupError):
    """This week has no forecast or nobody at work, so there is nothing to simulate. Publish both first."""


def world_of(planned: Planned, monday: date, *, has_rota: bool = True) -> tuple[World, Calendar]:
    """The week as the simulation wants it: queues by service and channel, the contacts of the forecast, people with their
    skills, and when they are at work on contacts. Without a rota nobody is at work, and calls and chats come only while
    we are open. Raises NothingToSimulate.
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
            is_cut = not has_rota and row.channel in LIVE
            for quarter in np.flatnonzero(row.mean):
                if is_cut and not day.opens.begins <= quarter < day.opens.ends:
                    continue
                rates[name][interval_of(begins, day.on, int(quarter))] += row.mean[quarter]
    shifts = planned.rota.shifts if has_rota else ()
    presences = [each for shift in shifts for each in _presences(begins, shift)]
    if not queues or not (presences if has_rota else planned.week.people):
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


def interval_of(begins: datetime, on: date, quarter: int) -> int:
    """The interval of the simulated week in which a quarter hour of a day begins."""
    return round((at_quarter(on, quarter) - begins).total_seconds() / INTERVAL)


def _presences(begins: datetime, shift: Any) -> list[Presence]:
    """Runs of quarter hours on contacts."""
    found: list[Presence] = []
    quarters = sorted(shift.at_work)
    first = 0
    for place, quarter in enumerate(quarters):
        if place + 1 == len(quarters) or quarters[place + 1] != quarter + 1:
            since, until = (
                interval_of(begins, shift.on, each) * INTERVAL for each in (quarters[first], quarter + 1)
            )
            found.append(Presence(shift.person, since, until))
            first = place + 1
    return found
