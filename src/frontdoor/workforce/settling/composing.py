"""From need by skill to people who cover it, of the sorts that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from frontdoor.workforce.rota.measuring import serving_by
from frontdoor.workforce.simulation.definition import Floats, Integers, Person, Presence, World
from frontdoor.workforce.simulation.preparing import Group

TINY = 1e-9


def composed(need: Floats, skills: Sequence[str], groups: Sequence[Group]) -> Integers:
    """The fewest people, one after another, with whom no set of skills lacks anybody, of shape (intervals, groups); those
    who fill most gaps first, and of such those of whom there are least beside how many work here. What nobody can do
    stays short. `need`: people, of shape (intervals, skills).
    """
    kinds = [frozenset(group.sample.skills) & set(skills) for group in groups]
    serving = serving_by(skills, kinds)
    members = np.array([len(group.members) for group in groups], float)
    found = np.zeros((len(need), len(groups)), np.int64)
    slack = need @ serving.wanted.T
    going = np.flatnonzero(slack.max(axis=1) > TINY)
    while len(going):
        here = slack[going]
        short = here.max(axis=1)
        gains = np.stack([short - (here - able).max(axis=1) for able in serving.able.T], axis=1)
        best = gains.max(axis=1)
        is_best = gains >= best[:, None] - TINY
        shares = np.where(is_best, found[going] / members, np.inf)
        chosen = shares.argmin(axis=1)
        helped = best > TINY
        found[going[helped], chosen[helped]] += 1
        slack[going] -= np.where(helped[:, None], serving.able[:, chosen].T, 0.0)
        going = going[helped & (slack[going].max(axis=1) > TINY)]
    return found


def staffed(world: World, counts: Integers, groups: Sequence[Group]) -> World:
    """The world with these people at work, and nobody else."""
    people: list[Person] = []
    presences: list[Presence] = []
    for place, group in enumerate(groups):
        for number in range(int(counts[:, place].max(initial=0))):
            name = f"{place + 1}.{number + 1}"
            people.append(Person(name, group.sample.skills, group.sample.chats))
            for first, last in _runs(counts[:, place] > number):
                presences.append(Presence(name, first * world.interval, last * world.interval))
    return World(
        world.queues,
        tuple(people),
        tuple(presences),
        world.rates,
        world.interval,
        world.policy,
        world.instants,
        world.is_open,
        world.hourly_cost,
    )


def _runs(claim: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], claim.astype(np.int8), [0]])))
    for first, last in edges.reshape(-1, 2):
        yield int(first), int(last)
