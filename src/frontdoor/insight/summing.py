"""Tallies added up in the database, by service, channel or month, with what contacts cost and few people kept out.

Of a restricted service nothing is added up that rests on fewer than `FEWEST` in a month and channel (domain 6.4). What is
left out there is left out of every sum, so that no figure taken from another tells it: not the total less the other
services, not the quarter less two months. For the same reason these services are only counted by whole months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from frontdoor.catalogue.windows import unit_cost
from frontdoor.insight.measures.demand import FAILURE
from frontdoor.insight.measures.shape import Sums
from frontdoor.insight.models import Tally
from frontdoor.insight.periods import Period, months_in

FEWEST = 5
"""Figures of restricted services that rest on fewer are not told (domain 6.4)."""
HAVE_A_COST = Q(what="received") | Q(what__gte=FAILURE, what__lt=FAILURE[:-1] + "0")  # 0 follows the slash
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


def sums_of(*, period: Period, scope: Scope, by: str = "", with_costs: bool = False) -> dict[str, Sums]:
    """Sums by `service`, `channel` or `month` (ISO), or under the empty name all together.

    A query for what is told of anybody, one more where costs are wanted, one more where restricted services are looked
    at; however long the period is.
    """
    adding = _Adding()
    if not scope.is_restricted:
        open_to_all = _in(period, scope).exclude(service__in=scope.restricted)
        for cell in _cells(open_to_all, by):
            adding.add(cell.named(by), cell.what, cell.count, cell.total)
        for cell in _cells(open_to_all.filter(HAVE_A_COST), by, "service", "channel") if with_costs else ():
            adding.add_cost(cell.named(by), cell)
    if scope.guarded:
        _add_guarded(adding, period, scope, by, with_costs=with_costs)
    return adding.sums()


def _add_guarded(adding: _Adding, period: Period, scope: Scope, by: str, *, with_costs: bool) -> None:
    rows = _in(period, scope).filter(service__in=scope.guarded)
    whole = {each.first for each in months_in(period) if each.is_whole_months}
    for family in _families(_cells(rows, "service", "channel", "month")):
        is_told = family[0].month in whole and _base(family) >= FEWEST
        for cell in family:
            if not is_told:
                adding.leave_out(cell.named(by))
                continue
            adding.add(cell.named(by), cell.what, cell.count, cell.total)
            if with_costs and (cell.what == "received" or cell.what.startswith(FAILURE)):
                adding.add_cost(cell.named(by), cell)


def _families(cells: Iterable[Cell]) -> Iterable[list[Cell]]:
    """Cells of one service, channel and month that rest on the same count."""
    found: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        found[cell.service, cell.channel, cell.month, _rests_on(cell.what)].append(cell)
    return found.values()


def _rests_on(what: str) -> str:
    return next((base for start, base in BASES.items() if what.startswith(start)), "received")


def _base(family: list[Cell]) -> int:
    """How many people a family of cells is about."""
    base = _rests_on(family[0].what)
    return sum(cell.count for cell in family if cell.what == base or _is_part(cell.what, base))


def _is_part(what: str, base: str) -> bool:
    if base == "kept ":
        return what in ("kept on time", "kept late")
    return base.endswith("/") and what.startswith(base)


def _in(period: Period, scope: Scope) -> QuerySet[Tally]:
    rows = Tally.objects.filter(on__gte=period.first, on__lte=period.last)
    for name, wanted in (("service", scope.services), ("channel", scope.channels)):
        if wanted is not None:
            rows = rows.filter(**{f"{name}__in": list(wanted)})
    return rows


def _cells(rows: QuerySet[Tally], *by: str) -> Iterator[Cell]:
    """Added up by these columns and by what; a column that is not among them is empty."""
    keys = [each for each in dict.fromkeys(by) if each]
    if "month" in keys:
        rows = rows.annotate(month=TruncMonth("on"))
    added = rows.values(*keys, "what").annotate(added=Sum("count"), took=Sum("total"))
    for row in added:
        yield Cell(
            row.get("service", ""),
            row.get("channel", ""),
            row.get("month"),
            row["what"],
            row["added"],
            row["took"],
        )
