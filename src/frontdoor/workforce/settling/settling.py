"""Raise need where a service misses its target, lower it where there is more than enough, and simulate again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from frontdoor.workforce.settling.composing import composed, staffed
from frontdoor.workforce.settling.pooling import BUSY, loads_of, skills_of
from frontdoor.workforce.simulation.definition import BadWorld, Floats, Kind, World
from frontdoor.workforce.simulation.preparing import Group, groups_of, tables_of
from frontdoor.workforce.simulation.simulating import arrivals_of, run_of
from frontdoor.workforce.simulation.structures import Records

BLOCK: Final = 4
"""Intervals that are raised and lowered together: one alone has too few contacts to say."""
HALF: Final = 0.5
"""Of what a service lacks, raised in one round, where it lacks most."""
STEP: Final = 0.1
"""Of the need, but at least one person, by which it is raised or lowered in one round."""


@dataclass(frozen=True)
class Levels:
    """The share of each service’s calls and chats answered in time, over all runs, and the hours of the people who were
    at work.
    """

    services: tuple[str, ...]
    shares: tuple[float, ...]
    hours: float

    def holds(self, target: float, apart: Collection[int] = ()) -> bool:
        """Whether every service keeps its target, those `apart` (places) left out."""
        return all(share >= target for place, share in enumerate(self.shares) if place not in apart)


@dataclass(frozen=True, eq=False)
class Settled:
    """`need`: people of shape (intervals, skills). `before`: what comes of the need that it began with; `after`: of this
    one. `is_held`: whether every service keeps its target; where it is False, the bound of rounds came first, or nobody
    can take the contacts of a service: `nobody_for` names these, and their need stays as it began.
    """

    skills: tuple[str, ...]
    need: Floats
    before: Levels
    after: Levels
    rounds: int
    is_held: bool
    nobody_for: tuple[str, ...] = ()


def settle(
    world: World,
    need: Floats,
    *,
    target: float = 0.8,
    seeds: Sequence[int] = tuple(range(1, 11)),
    rounds: int = 30,
    progress: Callable[[int, Levels], None] = lambda done, levels: None,
) -> Settled:
    """From the need it begins with (people by interval and skill, skills in order as `skills_of` has them) to one with
    which each service answers the `target` share of its calls and chats in time, in at most so many `rounds` of
    simulating every seed; then lowered as long as that holds. People are of the sorts that the world has, as many as
    are needed. Need never falls below the work of a skill over the share of time that people may be busy. The same
    seeds give the same need. Raises BadWorld.
    """
    if not world.people:
        raise BadWorld(
            "Nobody is there. Give the people and their skills, so that it is known who could cover what."
        )
    work = _Work(world, seeds)
    start = work.of(need)
    progress(1, start.levels)
    found, done = start, 1
    apart = work.hopeless
    while not found.levels.holds(target, apart) and done < rounds:
        found = work.of(_raised(found, work, target))
        done += 1
        progress(done, found.levels)
    share = HALF
    while found.levels.holds(target, apart) and done < rounds and share > 0.05:
        tried = work.of(_lowered(found, work, target, share))
        done += 1
        progress(done, found.levels)
        if tried.levels.holds(target, apart) and tried.levels.hours < found.levels.hours:
            found = tried
        else:
            share /= 2
    nobody_for = tuple(work.services[place] for place in sorted(apart))
    is_held = found.levels.holds(target)
    return Settled(work.skills, found.need, start.levels, found.levels, done, is_held, nobody_for)


@dataclass(frozen=True, eq=False)
class _Tried:
    """A need and what came of it. `offered`, `in_time`: of shape (blocks, services), over all runs."""

    need: Floats
    levels: Levels
    offered: Floats
    in_time: Floats


class _Work:
    """What does not change from round to round."""

    def __init__(self, world: World, seeds: Sequence[int]) -> None:
        self.world, self.skills = world, skills_of(world)
        self.groups: tuple[Group, ...] = groups_of(world.people)
        live = [queue for queue in world.queues if queue.kind is not Kind.DEFERRED]
        self.services = tuple(dict.fromkeys(queue.service for queue in live))
        self.members = np.zeros((len(world.queues), len(self.services)))
        wants = {service: set[int]() for service in self.services}
        for place, queue in enumerate(world.queues):
            if queue.kind is not Kind.DEFERRED:
                self.members[place, self.services.index(queue.service)] = 1.0
                wants[queue.service].add(self.skills.index(queue.skill))
        self.wants = [sorted(wants[service]) for service in self.services]
        held = {skill for group in self.groups for skill in group.sample.skills}
        self.hopeless = frozenset(
            place
            for place, skills in enumerate(self.wants)
            if not any(self.skills[skill] in held for skill in skills)
        )
        self.least = self._least()
        self.arrivals: list[Records] = [arrivals_of(world, seed=seed) for seed in seeds]

    def _least(self) -> Floats:
        """Calls and chats of each interval, and written work evenly over those in which there are any."""
        loads = loads_of(self.world)
        found = np.zeros((self.world.intervals, len(self.skills)))
        is_open = self.world.rates[self.members.any(axis=1)].sum(axis=0) > 0
        for place, queue in enumerate(self.world.queues):
            skill = self.skills.index(queue.skill)
            if queue.kind is not Kind.DEFERRED:
                found[:, skill] += loads[place] / BUSY
            elif is_open.any():
                found[is_open, skill] += loads[place].sum() / BUSY / is_open.sum()
        return found

    def of(self, need: Floats) -> _Tried:
        """Simulate people who cover exactly this need."""
        counts = composed(need, self.skills, self.groups)
        tables = tables_of(staffed(self.world, counts, self.groups))
        blocks = -(-self.world.intervals // BLOCK)
        offered, in_time = np.zeros((2, blocks, len(self.services)))
        place = np.arange(self.world.intervals) // BLOCK
        for contacts in self.arrivals:
            run = run_of(tables, contacts.copy())
            np.add.at(offered, place, run.counts["offered"] @ self.members)
            np.add.at(in_time, place, run.counts["in_time"] @ self.members)
        shares = _share(in_time.sum(axis=0), offered.sum(axis=0))
        hours = float(counts.sum()) * self.world.interval / 3600.0
        return _Tried(need, Levels(self.services, tuple(shares.tolist()), hours), offered, in_time)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)


def _raised(found: _Tried, work: _Work, target: float) -> Floats:
    """Each service that misses has more people of its skills where it lacks most."""
    need = found.need.copy()
    for service, skills in enumerate(work.wants):
        if found.levels.shares[service] >= target or service in work.hopeless:
            continue
        lacks = np.maximum(target * found.offered[:, service] - found.in_time[:, service], 0.0)
        order = np.argsort(-lacks, kind="stable")
        enough = int(np.searchsorted(np.cumsum(lacks[order]), HALF * lacks.sum())) + 1
        for block in order[:enough]:
            span = slice(block * BLOCK, (block + 1) * BLOCK)
            for skill in skills:
                need[span, skill] += np.maximum(1.0, np.round(STEP * need[span, skill]))
    return need


def _lowered(found: _Tried, work: _Work, target: float, share: float) -> Floats:
    """Skills all of whose services have contacts to spare have fewer people in this share of their blocks, those first in
    which most are answered in time.
    """
    need = found.need.copy()
    for skill in range(len(work.skills)):
        mine = [place for place, skills in enumerate(work.wants) if skill in skills]
        offered, in_time = found.offered[:, mine].sum(axis=1), found.in_time[:, mine].sum(axis=1)
        if any(found.levels.shares[place] < target for place in mine) or not offered.sum():
            continue
        level = np.where(offered > 0, _share(in_time, offered), -1.0)
        order = np.argsort(-level, kind="stable")
        for block in order[: max(1, int(share * (offered > 0).sum()))]:
            span = slice(block * BLOCK, (block + 1) * BLOCK)
            fewer = need[span, skill] - np.maximum(1.0, np.round(STEP * need[span, skill]))
            need[span, skill] = np.maximum(fewer, np.minimum(work.least[span, skill], need[span, skill]))
    return need
