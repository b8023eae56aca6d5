"""What-ifs on a week of the plan: the week as it is on record, simulated with the same contacts under each change.

Loads numba: import it where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from frontdoor.workforce.records.rotas.covering import planned_week
from frontdoor.workforce.records.what_ifs import world_of
from frontdoor.workforce.simulation.changing import WhatIf
from frontdoor.workforce.simulation.comparing import Comparison, compare
from frontdoor.workforce.simulation.definition import Kind
from frontdoor.workforce.simulation.measuring import DEFERRED, EVERYTHING, Estimate, Measure, Scopes

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
