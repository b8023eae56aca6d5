"""Tallies added up in the database, by service, channel or month, with what contacts cost and few people kept out.

Of a restricted service nothing is added up that rests on fewer than `FEWEST` in a month and channel (domain 6.4). What is
left out there is left out of every sum, so that no figure taken from another tells it: not the total less the other
services, not the quarter less two months. For the same reason these services are only counted by whole months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import DateField, Q, QuerySet, Sum, Value

from frontdoor.catalogue.windows import unit_cost
from frontdoor.insight.measures.demand import FAILURE
from frontdoor.insight.measures.shape import Sums
from frontdoor.insight.models import MonthTally, Tally
from frontdoor.insight.periods import Period, months_in

FEWEST = 5
"""Figures of restricted services that rest on fewer are not told (domain 6.4)."""
BASES: Mapping[str, str] = {
    "enquiry": "enquiry",
    "outcome/": "enquiry",
    "demand/": "enquiry",
    "agreed": "enquiry",
    "corrected": "enquiry",
    "opened": "opened/",
    "ended/": "ended/",
    "days/": "ended/",
    "decided/": "decided/",
    "kept ": "kept ",
    "worked off": "worked off",
}
"""On what a tally rests, by how its name begins; all others rest on the contacts received."""


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

    @property
    def guarded(self) -> frozenset[str]:
        """The restricted services that are looked at."""
        return self.restricted if self.services is None else self.restricted & self.services


@dataclass(frozen=True)
class Cell:
    """One tally of a period: the least that is added up. `month` is the first day of it."""

    service: str
    channel: str
    month: date | None
    what: str
    count: int
    total: int

    @property
    def has_cost(self) -> bool:
        """Whether it is of contacts, which cost something: all of them, or those that were avoidable."""
        return self.what == "received" or self.what.startswith(FAILURE)

    def named(self, by: str) -> str:
        """The row it belongs to: a service, a channel, a month (`2026-11`), or the one of everything."""
        names = {"service": self.service, "channel": self.channel, "": ""}
        return names[by] if by != "month" else f"{self.month:%Y-%m}"


class _Adding:
    """Sums in the making, by row."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._left_out: set[str] = set()

    def add(self, name: str, what: str, count: int, total: int) -> None:
        self._counts[name][what] += count
        self._totals[name][what] += total

    def add_cost(self, name: str, cell: Cell) -> None:
        pence = unit_cost(service=cell.service, channel=cell.channel)
        if pence is not None:
            self.add(name, f"cost/{cell.what}", cell.count, cell.count * pence)

    def leave_out(self, name: str) -> None:
        self._left_out.add(name)

    def sums(self) -> dict[str, Sums]:
        names = self._counts.keys() | self._left_out
        return {
            name: Sums(dict(self._counts[name]), dict(self._totals[name]), name in self._left_out)
            for name in names
        }


Found = TypeVar("Found")
_kept: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("read already", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Meanwhile every tally is read once: a page tells many figures, and several tables, of the same ones."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def _once(key: tuple[object, ...], find: Callable[[], Found]) -> Found:
    kept = _kept.get()
    if kept is None:
        return find()
    if key not in kept:
        kept[key] = find()
    found: Found = kept[key]
    return found


def sums_of(*, period: Period, scope: Scope, by: str = "", with_costs: bool = False) -> dict[str, Sums]:
    """Sums by `service`, `channel` or `month` (ISO), or under the empty name all together.

    As many queries for a year as for a month: of whole months their sums are read, of the others the days.
    """
    key = (period, scope, by, with_costs)
    return _once(key, lambda: _sums(period, scope, by, with_costs=with_costs))


def _sums(period: Period, scope: Scope, by: str, *, with_costs: bool) -> dict[str, Sums]:
    adding = _Adding()
    if not scope.is_restricted:
        keys = ("service", "channel") if by != "month" or with_costs else ()
        for cell in _cells(period, scope, is_guarded=False, by=(*keys, "month") if by == "month" else keys):
            adding.add(cell.named(by), cell.what, cell.count, cell.total)
            if with_costs and cell.has_cost:
                adding.add_cost(cell.named(by), cell)
    if scope.guarded:
        _add_guarded(adding, period, scope, by, with_costs=with_costs)
    return adding.sums()


def _add_guarded(adding: _Adding, period: Period, scope: Scope, by: str, *, with_costs: bool) -> None:
    whole = {each.first for each in months_in(period) if each.is_whole_months}
    for family in _families(_cells(period, scope, is_guarded=True, by=("service", "channel", "month"))):
        is_told = family[0].month in whole and _base(family) >= FEWEST
        for cell in family:
            if not is_told:
                adding.leave_out(cell.named(by))
                continue
            adding.add(cell.named(by), cell.what, cell.count, cell.total)
            if with_costs and cell.has_cost:
                adding.add_cost(cell.named(by), cell)


def _families(cells: Iterable[Cell]) -> Iterable[list[Cell]]:
    """Cells of one service, channel and month that rest on the same count."""
    found: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        found[cell.service, cell.channel, cell.month, _rests_on(cell.what)].append(cell)
    return found.values()


def _rests_on(what: str) -> str:
    if what.startswith("line/"):  # a line rests on its own: line/NAME/opened, line/NAME/ended/HOW
        line, ended, _how = what.rpartition("/ended/")
        return f"{line}{ended}" if ended else what
    return next((base for start, base in BASES.items() if what.startswith(start)), "received")


def _base(family: list[Cell]) -> int:
    """How many people a family of cells is about."""
    base = _rests_on(family[0].what)
    return sum(cell.count for cell in family if cell.what == base or _is_part(cell.what, base))


def _is_part(what: str, base: str) -> bool:
    if base == "kept ":
        return what in ("kept on time", "kept late")
    return base.endswith("/") and what.startswith(base)


def _cells(period: Period, scope: Scope, *, is_guarded: bool, by: tuple[str, ...]) -> list[Cell]:
    """Added up by these columns and by what; a column that is not among them is empty. `is_guarded`: those of restricted
    services, or else those of all others.
    """
    key = ("cells", period, scope, is_guarded, by)
    return _once(key, lambda: _read(period, scope, is_guarded=is_guarded, by=by))


def _read(period: Period, scope: Scope, *, is_guarded: bool, by: tuple[str, ...]) -> list[Cell]:
    which = Q(service__in=scope.guarded) if is_guarded else ~Q(service__in=scope.restricted)
    return [
        _cell(by, named, what, added, took)
        for rows in _sources(period, scope)
        for *named, what, added, took in rows.filter(which)
        .values_list(*by, "what")
        .annotate(added=Sum("count"), took=Sum("total"))
    ]


def _cell(by: tuple[str, ...], named: Sequence[Any], what: str, count: int, total: int) -> Cell:
    columns = dict(zip(by, named, strict=True))
    return Cell(
        columns.get("service", ""), columns.get("channel", ""), columns.get("month"), what, count, total
    )


def _sources(period: Period, scope: Scope) -> Iterator[QuerySet[MonthTally] | QuerySet[Tally]]:
    """The sums of the months that lie in the period, and the tallies of its other days."""
    narrowed = Q()
    for name, wanted in (("service", scope.services), ("channel", scope.channels)):
        if wanted is not None:
            narrowed &= Q(**{f"{name}__in": list(wanted)})
    months = months_in(period)
    whole = [each for each in months if each.is_whole_months]
    if whole:
        between = Q(month__gte=whole[0].first, month__lte=whole[-1].first)
        yield MonthTally.objects.filter(narrowed & between)
    for part in months:
        if not part.is_whole_months:
            month = Value(part.first.replace(day=1), output_field=DateField())
            days = Q(on__gte=part.first, on__lte=part.last)
            yield Tally.objects.filter(narrowed & days).annotate(month=month)
