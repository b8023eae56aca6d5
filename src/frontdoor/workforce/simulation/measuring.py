"""Figures of a run, by service or queue, over the whole span or by interval; and their means over runs, with doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

import numpy as np

from frontdoor.workforce.simulation.definition import Floats, Kind, World
from frontdoor.workforce.simulation.simulating import Run
from frontdoor.workforce.simulation.structures import COUNTS

FIGURES = COUNTS.names or ()
EVERYTHING, DEFERRED = "all", ", deferred"


class Measure(StrEnum):
    """What is told of a run. Those that are shares or means are NaN where there was nothing to share."""

    OFFERED = "offered"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    HANDLED = "handled"
    SERVICE_LEVEL = "service level"
    """Answered in time, of all offered; of deferred work, done in time."""
    ABANDONMENT = "abandonment"
    WAIT = "mean wait"
    """Seconds, of all who were answered or gave up."""
    LONGEST_WAIT = "longest wait"
    BACKLOG = "backlog"
    """Not yet done nor given up, at the end."""
    OCCUPANCY = "occupancy"
    """Of the people who can take these contacts, busy with whatever they have in hand; above 1 where people end what they
    have in hand after their time. NaN where none of them is at work.
    """
    COST = "cost"
    """Each interval's cost of the people at work, shared out by what they were busy with."""


@dataclass(frozen=True)
class Scopes:
    """What figures are told of: names, and the places of their queues."""

    names: tuple[str, ...]
    queues: tuple[tuple[int, ...], ...]


def by_service(world: World) -> Scopes:
    """Every service, and everything together; who waits on the line apart from deferred work, whose waits are another
    thing.
    """
    scopes: dict[str, tuple[int, ...]] = {}
    for service in (*world.services, EVERYTHING):
        mine = [place for place, queue in enumerate(world.queues) if service in (queue.service, EVERYTHING)]
        later = tuple(place for place in mine if world.queues[place].kind is Kind.DEFERRED)
        on_line = tuple(place for place in mine if place not in later)
        scopes |= {
            name: places for name, places in ((service, on_line), (service + DEFERRED, later)) if places
        }
    return Scopes(tuple(scopes), tuple(scopes.values()))


def by_queue(world: World) -> Scopes:
    """Every queue by itself."""
    return Scopes(
        tuple(queue.name for queue in world.queues), tuple((place,) for place in range(len(world.queues)))
    )


def figures_of(run: Run, scopes: Scopes, *, by_interval: bool = False) -> Floats:
    """Of shape (measures, scopes, intervals), in the order of `Measure`; one interval for all unless `by_interval`."""
    members = np.zeros((len(run.world.queues), len(scopes.names)))
    for scope, queues in enumerate(scopes.queues):
        members[list(queues), scope] = 1.0
    able = (run.able @ members > 0).astype(np.float64)

    def added(values: Floats, among: Floats = members) -> Floats:
        summed = values if by_interval else values.sum(axis=0, keepdims=True)
        return np.asarray(summed @ among)

    # All figures of a queue lie side by side: one pass over them, not one for each.
    plain = run.counts.view(np.float64).reshape(*run.counts.shape, -1)
    summed = plain if by_interval else plain.sum(axis=0, keepdims=True)
    counts = {name: summed[:, :, place] @ members for place, name in enumerate(FIGURES)}
    longest = np.stack(
        [run.counts["longest_wait"][:, queues].max(axis=1) for queues in scopes.queues], axis=1
    )
    busy, present = added(run.busy, able), added(run.present, able)
    offered, abandoned = counts["offered"], counts["abandoned"]
    with np.errstate(divide="ignore", invalid="ignore"):
        told = [
            offered,
            counts["answered"],
            abandoned,
            counts["handled"],
            counts["in_time"] / offered,
            abandoned / offered,
            counts["wait"] / (counts["answered"] + abandoned),
            longest if by_interval else longest.max(axis=0, keepdims=True),
            counts["backlog"] if by_interval else run.counts["backlog"][-1:] @ members,
            np.where(present > 0, busy / present, np.nan),
            added(cost_of(run)),
        ]
    return np.stack(told).swapaxes(1, 2)


def cost_of(run: Run) -> Floats:
    """Cost by interval and queue. What is paid while nobody is busy is shared out as the whole span is."""
    if run.world.hourly_cost == 0:
        return np.zeros(run.counts.shape)
    busy, paid = run.counts["busy"], run.present.sum(axis=1) * run.world.hourly_cost / 3600.0
    of_interval = busy.sum(axis=1)
    of_span = busy.sum(axis=0) / max(float(busy.sum()), 1e-9)
    found = busy * (paid / np.maximum(of_interval, 1e-9))[:, None]
    is_idle = of_interval <= 0
    found[is_idle] = of_span * paid[is_idle, None]
    return np.asarray(found)


@dataclass(frozen=True)
class Estimate:
    """A mean over runs, and how far off it may be with 95 % confidence; both of shape (measures, scopes, intervals).
    NaN where there are too few runs to say.
    """

    mean: Floats
    doubt: Floats


class Moments:
    """Means and deviations of figures, run by run (B. P. Welford, 1962); what is NaN in a run is left out."""

    def __init__(self, shape: Sequence[int]) -> None:
        self.count, self.mean, self.squares = np.zeros(shape), np.zeros(shape), np.zeros(shape)

    def add(self, values: Floats) -> None:
        """One run more."""
        is_there = ~np.isnan(values)
        self.count += is_there
        off = np.where(is_there, values - self.mean, 0.0)
        self.mean += off / np.maximum(self.count, 1.0)
        self.squares += np.where(is_there, off * (values - self.mean), 0.0)

    def told(self) -> Estimate:
        """The mean, and the half width of Student's interval."""
        spread = np.sqrt(self.squares / np.maximum(self.count - 1.0, 1.0) / np.maximum(self.count, 1.0))
        quantiles = np.array(
            [np.nan, np.nan, *(t_quantile(n - 1) for n in range(2, int(self.count.max()) + 1))]
        )
        doubt = spread * quantiles[self.count.astype(np.int64)]
        return Estimate(np.where(self.count > 0, self.mean, np.nan), doubt)


@lru_cache(maxsize=4096)
def t_quantile(freedom: int, confidence: float = 0.95) -> float:
    """Student's t, two-sided: the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4, turned round by bisection."""
    low, high = 0.0, 1e4
    while high - low > 1e-10 * max(1.0, low):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """The share of Student's t between -t and t."""
    angle = atan(t / sqrt(freedom))
    squared = cos(angle) ** 2
    is_odd = freedom % 2
    term = total = 1.0
    for k in range(2 + is_odd, freedom - 1, 2):
        term *= squared * (k - 1) / k
        total += term
    if not is_odd:
        return sin(angle) * total
    return 2 / pi * (angle + (sin(angle) * cos(angle) * total if freedom > 1 else 0.0))
