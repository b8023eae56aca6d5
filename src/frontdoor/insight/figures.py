"""Figures of a period beside the same period a year before, for everything, by channel, by service, and over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from frontdoor.insight.measures import MEASURES, Measure, Sums
from frontdoor.insight.models import Tally
from frontdoor.insight.periods import Period, months_in

FEWEST = 5
"""Figures of restricted services that rest on fewer are not told (domain 6.4)."""


@dataclass(frozen=True)
class Scope:
    """What is looked at: `services` None for all, `channels` None for all. `restricted`: services whose small figures
    are kept back.
    """

    services: frozenset[str] | None = None
    channels: frozenset[str] | None = None
    restricted: frozenset[str] = frozenset()

    @property
    def is_restricted(self) -> bool:
        """Whether nothing but restricted services is looked at, so that every figure is one of theirs."""
        return self.services is not None and self.services <= self.restricted


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
    """The figures of everything in the scope, in the order of the measures. Two queries."""
    now, then = (_sums(each, scope).get("", Sums()) for each in (period, period.a_year_before()))
    return [_figure(measure, now, then, is_guarded=scope.is_restricted) for measure in measures]


def by_channel(*, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    """A row a channel, most contacts first. Two queries."""
    return _rows("channel", period, scope, measures)


def by_service(*, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    """A row a service, most contacts first. Two queries."""
    return _rows("service", period, scope, measures)


def by_month(*, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    """A row for each calendar month of the period (ISO, `2026-11`), in order, with the same month a year before."""
    now = _sums_by_month(period, scope)
    then = _sums_by_month(period.a_year_before(), scope)
    rows = []
    for month in months_in(period):
        key, before = f"{month.first:%Y-%m}", f"{month.first.year - 1}-{month.first:%m}"
        sums = (now.get(key, Sums()), then.get(before, Sums()))
        figures = {each.id: _figure(each, *sums, is_guarded=scope.is_restricted) for each in measures}
        rows.append(Row(key, figures))
    return rows


def _rows(by: str, period: Period, scope: Scope, measures: Sequence[Measure]) -> list[Row]:
    now, then = _sums(period, scope, by=by), _sums(period.a_year_before(), scope, by=by)
    names = sorted(
        now.keys() | then.keys(), key=lambda name: (-now.get(name, Sums()).count("received"), name)
    )
    return [
        Row(
            name,
            {
                each.id: _figure(
                    each,
                    now.get(name, Sums()),
                    then.get(name, Sums()),
                    is_guarded=scope.is_restricted or (by == "service" and name in scope.restricted),
                )
                for each in measures
            },
        )
        for name in names
    ]


def _figure(measure: Measure, now: Sums, then: Sums, *, is_guarded: bool) -> Figure:
    rests_on, rested_on = measure.rests_on(now), measure.rests_on(then)
    if is_guarded and any(0 < each < FEWEST for each in (rests_on, rested_on)):
        return Figure(measure, None, None, 0, 0, is_kept_back=True)
    return Figure(measure, measure.reckon(now), measure.reckon(then), rests_on, rested_on)


def _in_scope(period: Period, scope: Scope) -> QuerySet[Tally]:
    rows = Tally.objects.filter(on__gte=period.first, on__lte=period.last)
    for name, wanted in (("service", scope.services), ("channel", scope.channels)):
        if wanted is not None:
            rows = rows.filter(**{f"{name}__in": list(wanted)})
    return rows


def _sums(period: Period, scope: Scope, *, by: str | None = None) -> dict[str, Sums]:
    """Tallies added up in the database, by a column or (under the empty name) all together."""
    keys = [by, "what"] if by else ["what"]
    rows = _in_scope(period, scope).values_list(*keys).annotate(count=Sum("count"), total=Sum("total"))
    return _gathered((("", *row) if by is None else row) for row in rows)


def _sums_by_month(period: Period, scope: Scope) -> dict[str, Sums]:
    rows = _in_scope(period, scope).annotate(month=TruncMonth("on")).values_list("month", "what")
    summed = rows.annotate(count=Sum("count"), total=Sum("total"))
    return _gathered((f"{month:%Y-%m}", what, count, total) for month, what, count, total in summed)


def _gathered(rows: Iterable[tuple[str, str, int, int]]) -> dict[str, Sums]:
    counts: dict[str, dict[str, int]] = {}
    totals: dict[str, dict[str, int]] = {}
    for name, what, count, total in rows:
        counts.setdefault(name, {})[what] = count
        totals.setdefault(name, {})[what] = total
    return {name: Sums(counts[name], totals[name]) for name in counts}
