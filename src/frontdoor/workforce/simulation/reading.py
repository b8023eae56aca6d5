"""A world from a folder of CSV files: queues, people, roster, contacts. docs/planning.md lists their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from frontdoor.workforce.files import UTC, Faults, Row, rows_of
from frontdoor.workforce.simulation.changing import LONDON, Calendar
from frontdoor.workforce.simulation.definition import (
    FOR_EVER,
    BadWorld,
    Floats,
    Kind,
    Person,
    Policy,
    Presence,
    Queue,
    Shape,
    Spread,
    World,
)

WORK = "work"
KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True)
class Planned:
    """A world, and which local time each of its intervals has."""

    world: World
    calendar: Calendar


def read_world(
    folder: Path,
    *,
    interval: float = 900.0,
    policy: Policy | None = None,
    hourly_cost: float = 0.0,
    has_roster: bool = True,
) -> Planned:
    """Read `queues.csv`, `people.csv`, `roster.csv` (unless it plays no part) and `contacts.csv`. Raises BadFiles with
    every fault.
    """
    faults = Faults()
    queue_rows = list(rows_of(folder / "queues.csv", ("queue", "kind", "promise", "talk"), faults))
    people_rows = list(rows_of(folder / "people.csv", ("person", "skills"), faults))
    _refuse_twice(queue_rows, "queue")
    _refuse_twice(people_rows, "person")
    queues = [queue for row in queue_rows if (queue := _queue(row))]
    people = [_person(row) for row in people_rows]
    cells = list(_contacts(folder / "contacts.csv", {queue.name for queue in queues}, interval, faults))
    names = {person.name for person in people}
    stays = list(_stays(folder / "roster.csv", names, faults)) if has_roster else []
    if not cells and not faults.found:
        faults.found.append(
            "contacts.csv has no contacts. Give how many are expected, by queue and interval."
        )
    faults.stop()
    begins = min(at for _queue_name, at, _count in cells).astimezone(UTC)
    last = max(at for _queue_name, at, _count in cells)
    calendar = Calendar(begins, round((last - begins).total_seconds() / interval) + 1, interval)
    rates = _rates(queues, cells, calendar)
    on_lines = [place for place, queue in enumerate(queues) if queue.kind is not Kind.DEFERRED]
    world = World(
        tuple(queues),
        tuple(people),
        tuple(_presences(stays, calendar)),
        rates,
        interval,
        policy or Policy(),
        is_open=rates[on_lines].sum(axis=0) > 0,
        hourly_cost=hourly_cost,
    )
    return Planned(world, calendar)


def _queue(row: Row) -> Queue | None:
    name, kind = row.text("queue"), row.one_of("kind", KINDS)
    patience = row.number_in("patience", 0.0)
    try:
        return Queue(
            name=name,
            service=row.text("service", name),
            skill=row.text("skill", row.text("service", name)),
            kind=kind,
            promise=row.number_in("promise", least=1.0),
            talk=_spread(row, "talk"),
            wrap=_spread(row, "wrap", 0.0),
            weight=row.number_in("weight", 1.0, least=0.001),
            least_level=int(row.number_in("least level", 1.0, least=1.0)),
            within=row.number_in("within") if row.cells.get("within", "").strip() else None,
            patience=Spread(patience) if patience else FOR_EVER,
            redial=row.number_in("redial", 0.0, most=1.0),
            redial_after=Spread(row.number_in("redial after", 900.0, least=1.0)),
            beside=row.number_in("beside", 0.0),
        )
    except BadWorld as error:
        row.wrong("queue", str(error))
        return None


def _spread(row: Row, column: str, default: float | None = None) -> Spread:
    """Lognormal about the mean; exponential or constant where the column for its spread says so."""
    mean = row.number_in(column, default, least=0.0 if default is not None else 1.0)
    written = row.text(f"{column} spread", "0.8")
    if written == Shape.EXPONENTIAL:
        return Spread(mean)
    relative = 0.0 if written == Shape.CONSTANT else row.number_in(f"{column} spread", 0.8, most=10.0)
    return Spread(mean, Shape.LOGNORMAL if mean and relative else Shape.CONSTANT, relative)


def _person(row: Row) -> Person:
    skills: dict[str, int] = {}
    for written in row.text("skills").split(";"):
        skill, _colon, level = written.partition(":")
        if level.strip() and not level.strip().isdigit():
            row.wrong(
                "skills", f"the level {level.strip()!r} is not a whole number. Write it as badge:2; roads:1."
            )
        elif skill.strip():
            skills[skill.strip()] = int(level) if level.strip() else 1
    return Person(row.text("person"), skills, int(row.number_in("chats", 1.0, most=9.0)))


def _refuse_twice(rows: Sequence[Row], column: str) -> None:
    seen: set[str] = set()
    for row in rows:
        name = row.cells.get(column, "").strip()
        if name in seen:
            row.wrong(column, f"{name} is there a second time. Take one of them out.")
        seen.add(name)


def _contacts(
    path: Path, queues: set[str], interval: float, faults: Faults
) -> Iterable[tuple[str, datetime, float]]:
    seen: dict[tuple[str, datetime], int] = {}
    for row in rows_of(path, ("begins", "queue", "contacts"), faults):
        at, queue = row.instant("begins", LONDON), row.text("queue")
        count = row.number_in("contacts")
        if at is None:
            continue
        if queue and queue not in queues:
            row.wrong("queue", f"{queue!r} is not in queues.csv. Add it there, or take the row out.")
        if at.timestamp() % interval:
            row.wrong(
                "begins", f"it is not on the grid of {interval / 60:g} minutes. Add up to that grid first."
            )
        if (first := seen.setdefault((queue, at), row.number)) != row.number:
            row.wrong("begins", f"the same queue and time is in row {first}. Take one of them out.")
        yield queue, at, count


def _stays(path: Path, people: set[str], faults: Faults) -> Iterable[tuple[str, bool, datetime, datetime]]:
    for row in rows_of(path, ("person", "begins", "ends"), faults):
        person, is_work = row.text("person"), row.text("activity", WORK).lower() == WORK
        begins, ends = row.instant("begins", LONDON), row.instant("ends", LONDON)
        if person and person not in people:
            row.wrong("person", f"{person} is not in people.csv. Add them there with their skills.")
        if begins is None or ends is None:
            continue
        if ends <= begins:
            row.wrong("ends", "it is not after it begins. A shift past midnight ends on the next day's date.")
        yield person, is_work, begins, ends


def _presences(
    stays: Iterable[tuple[str, bool, datetime, datetime]], calendar: Calendar
) -> Iterable[Presence]:
    """Work without what is not work on contacts: breaks, training, absence."""
    work: dict[str, list[tuple[float, float]]] = {}
    away: dict[str, list[tuple[float, float]]] = {}
    for person, is_work, begins, ends in stays:
        (work if is_work else away).setdefault(person, []).append(
            (calendar.seconds(begins), calendar.seconds(ends))
        )
    for person, stretches in work.items():
        at_work = stretches
        for pause in away.get(person, []):
            at_work = [piece for stretch in at_work for piece in _without(stretch, pause)]
        yield from (Presence(person, first, last) for first, last in at_work)


def _without(stretch: tuple[float, float], pause: tuple[float, float]) -> list[tuple[float, float]]:
    before = stretch[0], min(stretch[1], pause[0])
    after = max(stretch[0], pause[1]), stretch[1]
    return [piece for piece in (before, after) if piece[0] < piece[1]]


def _rates(
    queues: Sequence[Queue], cells: Iterable[tuple[str, datetime, float]], calendar: Calendar
) -> Floats:
    places = {queue.name: place for place, queue in enumerate(queues)}
    rates = np.zeros((len(queues), calendar.intervals))
    for queue, at, count in cells:
        rates[places[queue], round((at - calendar.begins) / timedelta(seconds=calendar.interval))] = count
    return rates
