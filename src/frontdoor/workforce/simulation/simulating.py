"""Simulate a world, once or many times over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.simulation.arriving import contacts_at, contacts_of, keys_of, together
from frontdoor.workforce.simulation.definition import World
from frontdoor.workforce.simulation.preparing import Tables, new_state, tables_of
from frontdoor.workforce.simulation.running import play
from frontdoor.workforce.simulation.structures import Records


@dataclass(frozen=True)
class Run:
    """What came of one run. `counts`: records of shape (intervals, queues), fields as in `structures.COUNTS`.
    `busy`, `present`: seconds of shape (intervals, groups), groups as `preparing.groups_of` orders them; `able`: which of
    these take which queue, of shape (groups, queues). `given`: who got what when, as far as it was asked for. `events`:
    how many there were.
    """

    world: World
    counts: Records
    busy: npt.NDArray[np.float64]
    present: npt.NDArray[np.float64]
    able: npt.NDArray[np.bool_]
    given: Records
    events: int


def arrivals_of(world: World, *, seed: int) -> Records:
    """The contacts of a world, in the order of time."""
    keys = keys_of(world.queues, seed=seed)
    parts = [contacts_of(world.rates, keys=keys, interval=world.interval)]
    if world.instants is not None:
        parts.append(contacts_at(world.instants, keys=keys))
    return together([part for part in parts if len(part)] or parts[:1])


def run_of(tables: Tables, contacts: Records, *, logged: int = 0) -> Run:
    """One run with contacts that are known, which are used up by it: copy them to use them twice. `logged`: how many
    decisions to write down.
    """
    state = new_state(tables, contacts, logged=logged)
    events = play(state.floor)
    return Run(
        tables.world,
        state.tables["counts"],
        state.tables["busy"],
        tables.present,
        tables.able,
        state.tables["log"][: int(state.floor["logged"][0])],
        int(events),
    )


def simulate(world: World, *, seed: int = 1, logged: int = 0) -> Run:
    """One run of a world; the same seed gives the same run."""
    return run_of(tables_of(world), arrivals_of(world, seed=seed), logged=logged)


def replicate(
    world: World,
    *,
    seeds: Iterable[int],
    threads: int = 2,
    progress: Callable[[int], None] | None = None,
) -> list[Run]:
    """One run for each seed, in the order of the seeds. `progress` is told how many are done."""
    tables = tables_of(world)
    runs = []
    with ThreadPoolExecutor(threads) as pool:
        for run in pool.map(lambda seed: run_of(tables, arrivals_of(world, seed=seed)), seeds):
            runs.append(run)
            if progress is not None:
                progress(len(runs))
    return runs
