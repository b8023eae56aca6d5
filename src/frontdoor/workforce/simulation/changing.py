"""What-ifs: a world with a few things changed. Each change is a few words of data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.simulation.definition import Person, Presence, Spread, World

LONDON = ZoneInfo("Europe/London")
Anything = TypeVar("Anything")


class BadChange(ValueError):
    """A what-if that cannot be applied to this world; the message says what it names that is not there."""


@dataclass(frozen=True)
class Calendar:
    """Which local time each interval has. `begins`: the first instant, aware; `zone`: where people live by the clock."""

    begins: datetime
    intervals: int
    interval: float = 900.0
    zone: ZoneInfo = LONDON

    @cached_property
    def starts(self) -> tuple[datetime, ...]:
        """The local beginning of each interval."""
        step = timedelta(seconds=self.interval)
        first = self.begins.astimezone(ZoneInfo("UTC"))
        return tuple((first + place * step).astimezone(self.zone) for place in range(self.intervals))

    def seconds(self, at: datetime) -> float:
        """Seconds from the beginning to an instant; a naive one is local."""
        aware = at if at.tzinfo else at.replace(tzinfo=self.zone)
        return (aware - self.begins).total_seconds()


@dataclass(frozen=True)
class When:
    """The intervals a change is for. `weekdays`: 0 is Monday; with `dates` either will do; none of both: every day.
    `begins`, `ends`: local times of day.
    """

    weekdays: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()
    begins: time = time.min
    ends: time | None = None

    def mask(self, calendar: Calendar) -> npt.NDArray[np.bool_]:
        """By interval, of shape (intervals,). Raises BadChange where there is no such time in the span."""
        found = np.array([self._holds(start) for start in calendar.starts], np.bool_)
        if not found.any():
            raise BadChange("It is for days or times that are not in the simulated span.")
        return found

    def _holds(self, start: datetime) -> bool:
        is_any_day = not self.weekdays and not self.dates
        is_day = is_any_day or start.weekday() in self.weekdays or start.date() in self.dates
        return is_day and self.begins <= start.time() and (self.ends is None or start.time() < self.ends)


ALWAYS = When()


@dataclass(frozen=True)
class Fewer:
    """So many people fewer at work. `skill`: of those who have it."""

    count: int
    skill: str | None = None
    when: When = ALWAYS


@dataclass(frozen=True)
class More:
    """So many people more, each with the skills and shifts of somebody who is there."""

    count: int
    skill: str | None = None


@dataclass(frozen=True)
class Train:
    """So many people get a skill. `among`: a skill they have already."""

    count: int
    skill: str
    level: int = 1
    among: str | None = None


@dataclass(frozen=True)
class Handling:
    """Talk and wrap-up take `by` times as long. `of`: a queue or a service."""

    by: float
    of: str


@dataclass(frozen=True)
class Multiply:
    """Contacts come `by` times as often. `of`: a queue or a service."""

    by: float
    of: str
    when: When = ALWAYS


@dataclass(frozen=True)
class Move:
    """A `share` of the contacts of one queue or service come to another queue instead."""

    share: float
    of: str
    into: str
    when: When = ALWAYS


Change = Fewer | More | Train | Handling | Multiply | Move


@dataclass(frozen=True)
class WhatIf:
    """A name and what is changed."""

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Flow:
    """A change of the contacts themselves. `queues`: places. `mask`: by interval. `into`: place, for a move."""

    queues: tuple[int, ...]
    mask: npt.NDArray[np.bool_]
    by: float
    into: int | None = None


@dataclass(frozen=True)
class Changed:
    """The world as it would be, with its contacts as they were: those are changed by `flows`, in order."""

    world: World
    flows: tuple[Flow, ...] = field(default=())


def changed(world: World, what_if: WhatIf, calendar: Calendar) -> Changed:
    """Apply every change in the order given. Raises BadChange."""
    flows = []
    for change in what_if.changes:
        try:
            if isinstance(change, Multiply | Move):
                flows.append(_flow(world, change, calendar))
            else:
                world = _of_world(world, change, calendar)
        except BadChange as error:
            raise BadChange(f"{what_if.name}: {error}") from error
    return Changed(world, tuple(flows))


def _of_world(world: World, change: Fewer | More | Train | Handling, calendar: Calendar) -> World:
    if isinstance(change, Fewer):
        return _fewer(world, change, calendar)
    if isinstance(change, More):
        return _more(world, change)
    if isinstance(change, Train):
        return _trained(world, change)
    places = places_of(world, change.of)
    queues = tuple(
        replace(queue, talk=_times(queue.talk, change.by), wrap=_times(queue.wrap, change.by))
        if place in places
        else queue
        for place, queue in enumerate(world.queues)
    )
    return replace(world, queues=queues)


def _times(spread: Spread, by: float) -> Spread:
    return replace(spread, mean=spread.mean * by)


def places_of(world: World, name: str) -> tuple[int, ...]:
    """The places of a queue, or of all queues of a service. Raises BadChange."""
    found = tuple(place for place, queue in enumerate(world.queues) if name in (queue.name, queue.service))
    if not found:
        known = [*dict.fromkeys(n for queue in world.queues for n in (queue.name, queue.service))]
        raise BadChange(f"There is no queue or service {name!r}{_nearest(name, known)}.")
    return found


def _with_skill(world: World, skill: str | None) -> list[Person]:
    people = [person for person in world.people if skill is None or skill in person.skills]
    if not people:
        known = list(dict.fromkeys(each for person in world.people for each in person.skills))
        raise BadChange(f"Nobody has the skill {skill!r}{_nearest(str(skill), known)}.")
    return people


def _nearest(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, 1)
    return f": did you mean {close[0]!r}?" if close else ""


def evenly(people: Sequence[Anything], count: int) -> list[Anything]:
    """So many of them, evenly spread over the list; all, where there are fewer."""
    if count >= len(people):
        return list(people)
    return [people[(2 * each + 1) * len(people) // (2 * count)] for each in range(count)]


def _fewer(world: World, change: Fewer, calendar: Calendar) -> World:
    able = {person.name for person in _with_skill(world, change.skill)}
    is_able = np.array([each.person in able for each in world.presences], np.bool_)
    begins = np.array([each.begins for each in world.presences])
    ends = np.array([each.ends for each in world.presences])
    cuts: dict[int, list[tuple[float, float]]] = {}
    for window in _windows(change.when.mask(calendar), world.interval):
        rows = np.flatnonzero(is_able & (begins < window[1]) & (ends > window[0])).tolist()
        away = set(evenly(sorted({world.presences[row].person for row in rows}), change.count))
        for row in rows:
            if world.presences[row].person in away:
                cuts.setdefault(row, []).append(window)
    if not cuts:
        raise BadChange("Nobody whom it would take away is at work then.")
    left = (_without(each, cuts.get(row, [])) for row, each in enumerate(world.presences))
    return replace(world, presences=tuple(piece for pieces in left for piece in pieces))


def _windows(mask: npt.NDArray[np.bool_], interval: float) -> list[tuple[float, float]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(float(a) * interval, float(b) * interval) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _without(presence: Presence, windows: Sequence[tuple[float, float]]) -> list[Presence]:
    """What is left of a presence outside windows that do not overlap, in the order of time."""
    if not windows:
        return [presence]
    edges = [presence.begins, *(edge for window in windows for edge in window), presence.ends]
    pieces = zip(edges[::2], edges[1::2], strict=True)
    return [replace(presence, begins=first, ends=last) for first, last in pieces if first < last]


def _more(world: World, change: More) -> World:
    models = evenly(_with_skill(world, change.skill), change.count)
    people, presences = list(world.people), list(world.presences)
    for number in range(change.count):
        model = models[number % len(models)]
        name = f"{model.name}, once more ({number + 1})"
        people.append(replace(model, name=name))
        presences += [replace(each, person=name) for each in world.presences if each.person == model.name]
    return replace(world, people=tuple(people), presences=tuple(presences))


def _trained(world: World, change: Train) -> World:
    if all(queue.skill != change.skill for queue in world.queues):
        known = list(dict.fromkeys(queue.skill for queue in world.queues))
        raise BadChange(f"No queue asks for the skill {change.skill!r}{_nearest(change.skill, known)}.")
    able = [
        each for each in _with_skill(world, change.among) if each.skills.get(change.skill, 0) < change.level
    ]
    if len(able) < change.count:
        raise BadChange(f"{change.count} are to be trained in {change.skill}, but only {len(able)} could be.")
    chosen = {person.name for person in evenly(able, change.count)}
    people = tuple(
        replace(person, skills={**person.skills, change.skill: change.level})
        if person.name in chosen
        else person
        for person in world.people
    )
    return replace(world, people=people)


def _flow(world: World, change: Multiply | Move, calendar: Calendar) -> Flow:
    places, mask = places_of(world, change.of), change.when.mask(calendar)
    if isinstance(change, Move):
        into = places_of(world, change.into)
        if len(into) > 1:
            raise BadChange(f"{change.into!r} has several queues: name the one that contacts move into.")
        return Flow(places, mask, change.share, into[0])
    if world.instants is not None and change.by > 1:
        raise BadChange(
            "Contacts at known instants cannot be multiplied: give the contacts expected instead."
        )
    return Flow(places, mask, change.by)
