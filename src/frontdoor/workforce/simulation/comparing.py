"""What-ifs against the world as it is, run by run with the same contacts, so that the difference is of what was changed.

The difference of a pair of runs has far less chance in it than either run, and Student's interval is over pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from frontdoor.workforce.simulation.arriving import contacts_of, keys_of, together
from frontdoor.workforce.simulation.changing import Calendar, Changed, Flow, WhatIf, changed
from frontdoor.workforce.simulation.definition import Floats, World
from frontdoor.workforce.simulation.draws import CHANGE, keyed, share_of
from frontdoor.workforce.simulation.measuring import Estimate, Moments, Scopes, figures_of
from frontdoor.workforce.simulation.preparing import tables_of
from frontdoor.workforce.simulation.simulating import arrivals_of, run_of
from frontdoor.workforce.simulation.structures import Records


@dataclass(frozen=True)
class Outcome:
    """One what-if: its figures, and how they differ from those of the world as it is."""

    what_if: WhatIf
    figures: Estimate
    difference: Estimate


@dataclass(frozen=True)
class Comparison:
    """The world as it is, and every what-if. `whole`: over the span; `by_interval`: None unless asked for."""

    scopes: Scopes
    figures: Estimate
    outcomes: tuple[Outcome, ...]


def compare(
    world: World,
    what_ifs: Sequence[WhatIf],
    *,
    calendar: Calendar,
    scopes: Scopes,
    seeds: Sequence[int],
    by_interval: bool = False,
    threads: int = 2,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Simulate each seed as it is and under every what-if. `progress` is told how many seeds are done.

    Raises BadChange.
    """
    cases = [Changed(world), *(changed(world, what_if, calendar) for what_if in what_ifs)]
    tables = [tables_of(case.world) for case in cases]

    def one(seed: int) -> list[Floats]:
        base = arrivals_of(world, seed=seed)
        runs = (
            run_of(table, contacts_after(base, case.flows, world=world, seed=seed))
            for case, table in zip(cases, tables, strict=True)
        )
        return [figures_of(run, scopes, by_interval=by_interval) for run in runs]

    shape = (11, len(scopes.names), world.intervals if by_interval else 1)
    means = [Moments(shape) for _ in cases]
    differences = [Moments(shape) for _ in cases]
    with ThreadPoolExecutor(threads) as pool:
        for done, told in enumerate(_in_turn(pool, one, seeds, threads), start=1):
            for place, figures in enumerate(told):
                means[place].add(figures)
                differences[place].add(figures - told[0])
            if progress is not None:
                progress(done)
    outcomes = [
        Outcome(what_if, mean.told(), difference.told())
        for what_if, mean, difference in zip(what_ifs, means[1:], differences[1:], strict=True)
    ]
    return Comparison(scopes, means[0].told(), tuple(outcomes))


def _in_turn(
    pool: ThreadPoolExecutor, one: Callable[[int], list[Floats]], seeds: Sequence[int], threads: int
) -> Iterable[list[Floats]]:
    """In the order of seeds, a few at a time, so that a year's figures are not all held at once."""
    for first in range(0, len(seeds), threads):
        yield from pool.map(one, seeds[first : first + threads])


def contacts_after(base: Records, flows: Sequence[Flow], *, world: World, seed: int) -> Records:
    """The contacts of one run under changes; `base` is left as it is. Who was not changed is the same contact still."""
    contacts = base.copy()
    for number, flow in enumerate(flows):
        interval = (contacts["since"] / world.interval).astype(np.int64)
        is_meant = np.isin(contacts["queue"], flow.queues) & flow.mask[interval]
        with np.errstate(over="ignore"):
            is_drawn = share_of(contacts["key"], np.uint64(CHANGE + number)) < flow.by
        if flow.into is not None:
            contacts["queue"][is_meant & is_drawn] = flow.into
        elif flow.by <= 1:
            contacts = contacts[~is_meant | is_drawn]
        else:
            contacts = together([contacts, _extra(flow, number, world=world, seed=seed)])
    return contacts


def _extra(flow: Flow, number: int, *, world: World, seed: int) -> Records:
    """Those who come beside the others, from a stream of their own."""
    rates = np.zeros_like(world.rates)
    for queue in flow.queues:
        rates[queue] = world.rates[queue] * flow.mask * (flow.by - 1.0)
    with np.errstate(over="ignore"):
        keys = keyed(keys_of(world.queues, seed=seed), np.uint64(CHANGE + number))
    return contacts_of(rates, keys=keys, interval=world.interval)
