"""Figures of a period beside the same period a year before, for everything, by channel, by service, and over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frontdoor.cases.models import Cause
from frontdoor.insight.measures.demand import FAILURE, of_cause
from frontdoor.insight.measures.every import MEASURES
from frontdoor.insight.measures.shape import Measure, Sums
from frontdoor.insight.periods import Period, months_in
from frontdoor.insight.resting import FEWEST
from frontdoor.insight.summing import Scope, sums_of


@dataclass(frozen=True)
class Figure:
    """A measure in a period and a year before; None where there is nothing to reckon from.

    `rests_on` and `rested_on`: how many it is reckoned from, now and then. `is_kept_back`: these are so few, of a
    restricted service, that it is not told.
    """

    measure: Measure
    value: float | None
    before: float | None
    rests_on: int
    rested_on: int
    is_kept_back: bool = False

    @property
    def change(self) -> float | None:
        """Per cent more (or less) than a year before; None where either is missing or there was nothing then."""
        if self.value is None or not self.before:
            return None
        return 100 * (self.value - self.before) / self.before


@dataclass(frozen=True)
class Row:
    """One line of a table: a channel, a service or a month, with its figures by the id of the measure."""

    name: str
    figures: Mapping[str, Figure]


def figures_of(*, period: Period, scope: Scope, measures: Sequence[Measure] = MEASURES) -> list[Figure]:
    """The figures of everything in the scope, in the order of the measures. As many queries for a day as for a year."""
    now, then = (_sums(each, scope, "", measures).get("", Sums()) for each in _both(period))
    return [figure_between(measure, now, then, is_guarded=scope.is_restricted) for measure in measures]


def by_channel(*, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    """A row a channel, most contacts first."""
    return _rows("channel", period, scope, measures)


def by_service(*, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    """A row a service, most contacts first."""
    return _rows("service", period, scope, measures)


def by_month(*, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    """A row for each calendar month of the period (ISO, `2026-11`), in order, with the same month a year before.

    Of measures that are reckoned from what is told by month (`summing.MONTHLY`) and from costs, and of no others.
    """
    now, then = (_sums(each, scope, "month", measures) for each in _both(period))
    rows = []
    for month in months_in(period):
        key, before = f"{month.first:%Y-%m}", f"{month.first.year - 1}-{month.first:%m}"
        sums = (now.get(key, Sums()), then.get(before, Sums()))
        figures = {each.id: figure_between(each, *sums, is_guarded=scope.is_restricted) for each in measures}
        rows.append(Row(key, figures))
    return rows


def by_cause(*, period: Period, scope: Scope) -> list[Row]:
    """A row for each cause of avoidable contact that there was, now or a year before, most first: `count`, `share` and
    `cost`.
    """
    measures = of_cause("")
    now, then = (_sums(each, scope, "", measures).get("", Sums()) for each in _both(period))
    causes = [each for each in Cause.values if any(sums.count(FAILURE + each) for sums in (now, then))]
    causes.sort(key=lambda each: (-now.count(FAILURE + each), each))
    is_guarded = scope.is_restricted
    return [
        Row(
            each,
            {
                measure.id: figure_between(measure, now, then, is_guarded=is_guarded)
                for measure in of_cause(each)
            },
        )
        for each in causes
    ]


def _both(period: Period) -> tuple[Period, Period]:
    return period, period.a_year_before()


def _sums(period: Period, scope: Scope, by: str, measures: Sequence[Measure]) -> dict[str, Sums]:
    needs_costs = any(each.needs_costs for each in measures)
    return sums_of(period=period, scope=scope, by=by, with_costs=needs_costs)


def _rows(by: str, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    now, then = (_sums(each, scope, by, measures) for each in _both(period))
    nothing = Sums()
    names = sorted(
        now.keys() | then.keys(), key=lambda name: (-now.get(name, nothing).count("received"), name)
    )
    rows = []
    for name in names:
        sums = (now.get(name, nothing), then.get(name, nothing))
        is_guarded = scope.is_restricted or (by == "service" and name in scope.restricted)
        rows.append(
            Row(name, {each.id: figure_between(each, *sums, is_guarded=is_guarded) for each in measures})
        )
    return rows


def figure_between(measure: Measure, now: Sums, then: Sums, *, is_guarded: bool) -> Figure:
    """A measure now and then; kept back where `is_guarded` and either rests on a few."""
    rests_on, rested_on = measure.rests_on(now), measure.rests_on(then)
    if is_guarded and (_is_few(rests_on, now) or _is_few(rested_on, then)):
        return Figure(measure, None, None, 0, 0, is_kept_back=True)
    if measure.beside is not None:
        return Figure(measure, measure.beside(now, then), None, rests_on, rested_on)
    return Figure(measure, measure.reckon(now), measure.reckon(then), rests_on, rested_on)


def _is_few(rests_on: int, sums: Sums) -> bool:
    return 0 < rests_on < FEWEST or (rests_on == 0 and sums.has_left_out)
