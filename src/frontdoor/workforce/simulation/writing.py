"""Comparisons as tables: a line to read on screen, CSV files to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from frontdoor.workforce.files import shown, write_rows
from frontdoor.workforce.simulation.changing import Calendar
from frontdoor.workforce.simulation.comparing import Comparison
from frontdoor.workforce.simulation.measuring import DEFERRED, EVERYTHING, Estimate, Measure

MEASURES = list(Measure)
PERCENT = {Measure.SERVICE_LEVEL, Measure.ABANDONMENT, Measure.OCCUPANCY}
TOLD = (
    Measure.OFFERED,
    Measure.SERVICE_LEVEL,
    Measure.WAIT,
    Measure.ABANDONMENT,
    Measure.OCCUPANCY,
    Measure.BACKLOG,
    Measure.COST,
)
HEADS = ("what if", "of", "measure", "value", "value ±", "difference", "difference ±")
AS_IT_IS = "as it is"


def write_figures(comparison: Comparison, path: Path) -> None:
    """Every measure of every scope, as it is and under each what-if, over the whole span."""
    write_rows(
        path, HEADS, ((*key, *numbers) for _place, *rest in _rows(comparison) for key, numbers in [rest])
    )


def write_intervals(comparison: Comparison, calendar: Calendar, path: Path) -> None:
    """The same, by interval, of a comparison that was made by interval."""
    starts = [f"{start:%Y-%m-%d %H:%M%z}" for start in calendar.starts]
    rows = ((starts[place], *key, *numbers) for place, key, numbers in _rows(comparison))
    write_rows(path, ("begins", *HEADS), rows)


def _rows(comparison: Comparison) -> Iterator[tuple[int, tuple[str, str, str], list[str]]]:
    cases: list[tuple[str, Estimate, Estimate | None]] = [(AS_IT_IS, comparison.figures, None)]
    cases += [(each.what_if.name, each.figures, each.difference) for each in comparison.outcomes]
    for name, figures, difference in cases:
        for scope, scope_name in enumerate(comparison.scopes.names):
            for measure, measure_name in enumerate(MEASURES):
                for place in range(figures.mean.shape[2]):
                    cell = (measure, scope, place)
                    numbers = [shown(figures.mean[cell]), shown(figures.doubt[cell])]
                    if difference is None:
                        numbers += ["", ""]
                    else:
                        numbers += [shown(difference.mean[cell]), shown(difference.doubt[cell])]
                    if numbers[0]:
                        yield place, (name, scope_name, measure_name.value), numbers


def told(comparison: Comparison) -> str:
    """The chief measures of everything together, where that is among the scopes, else of each: the world as it is, and
    each what-if with its difference.
    """
    names = comparison.scopes.names
    chief = [name for name in names if name in (EVERYTHING, EVERYTHING + DEFERRED)]
    return "\n\n".join(_told(comparison, name) for name in chief or names)


def _told(comparison: Comparison, scope: str) -> str:
    place = comparison.scopes.names.index(scope)
    lines = [
        [scope, *(measure.value for measure in TOLD)],
        [AS_IT_IS, *_cells(comparison.figures, place, sign="")],
    ]
    for outcome in comparison.outcomes:
        lines.append([outcome.what_if.name, *_cells(outcome.figures, place, sign="")])
        lines.append(["    difference", *_cells(outcome.difference, place, sign="+")])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(estimate: Estimate, scope: int, *, sign: str) -> list[str]:
    return [_cell(estimate, MEASURES.index(measure), scope, measure, sign) for measure in TOLD]


def _cell(estimate: Estimate, measure: int, scope: int, name: Measure, sign: str) -> str:
    mean, doubt = float(estimate.mean[measure, scope, 0]), float(estimate.doubt[measure, scope, 0])
    if mean != mean:
        return "–"
    scale, places, unit = (100.0, 1, " %") if name in PERCENT else (1.0, 1 if name is Measure.WAIT else 0, "")
    number = f"{mean * scale:{sign},.{places}f}{unit}"
    return number if doubt != doubt else f"{number} ± {doubt * scale:,.{places}f}"
