"""Tallies added up in the database, by service, channel or month, with what contacts cost and few people kept out.

Of a restricted service nothing is added up that rests on fewer than `FEWEST` in a month and channel (domain 6.4). What is
left out there is left out of every sum, so that no figure taken from another tells it: not the total less the other
services, not the quarter less two months. For the same reason these services are only counted by whole months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db.models import Case, DateField, Q, QuerySet, Sum, Value, When

from frontdoor.cases.models import EnquiryOutcome
from frontdoor.catalogue.windows import unit_cost
from frontdoor.contacts.models import Channel
from frontdoor.insight.measures.demand import FAILURE
from frontdoor.insight.measures.shape import Sums
from frontdoor.insight.models import MonthTally, Tally
from frontdoor.insight.periods import Period, months_in
from frontdoor.insight.resting import FEWEST

COSTED = Q(what="received") | Q(what__startswith=FAILURE)
"""The tallies of contacts, which cost something: all of them, and those that were avoidable."""
MONTHLY = (
    *("received", "received/web", "received/phone", "answered", "completed", "surveyed"),
    *(f"rated/{points}" for points in range(1, 6)),
)
"""The tallies that are read by month: what the tables by month are reckoned from, and nothing else."""
UNTOLD = (
    *("transferred", "assisted"),
    *(f"outcome/{outcome}" for outcome in EnquiryOutcome.values),
    *(f"received/{channel}" for channel in Channel.values if channel not in (Channel.WEB, Channel.PHONE)),
)
"""Tallies from which no figure is reckoned: a fifth of all, left where they are."""
TWO_COLUMNS = ("service", "channel")
MONTH_ALONE = ("month",)
COSTED_BY = (*TWO_COLUMNS, "month")
READ: Mapping[tuple[str, ...], Q] = {
    TWO_COLUMNS: ~Q(what__in=UNTOLD),
    MONTH_ALONE: Q(what__in=MONTHLY),
    COSTED_BY: COSTED,
}
"""Which tallies are read, by the columns they are added up by."""
NEVER = Q(pk__in=())


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


class _Adding:
    """Sums in the making, by row."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[dict[str, int], dict[str, int]]] = defaultdict(
            lambda: (defaultdict(int), defaultdict(int))
        )
        self._left_out: set[str] = set()
        self._unit_cost = cache(lambda service, channel: unit_cost(service=service, channel=channel))

    def add(self, name: str, what: str, count: int, total: int) -> None:
        counts, totals = self._rows[name]
        counts[what] += count
        totals[what] += total

    def add_cost(self, name: str, service: str, channel: str, what: str, count: int) -> None:
        pence = self._unit_cost(service, channel)
        if pence is not None:
            self.add(name, f"cost/{what}", count, count * pence)

    def leave_out(self, name: str) -> None:
        self._left_out.add(name)

    def sums(self) -> dict[str, Sums]:
        found: dict[str, Sums] = {}
        for name in self._rows.keys() | self._left_out:
            counts, totals = self._rows[name]
            found[name] = Sums(dict(counts), dict(totals), name in self._left_out)
        return found


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
    """Sums by `service`, `channel` or `month` (ISO), or under the empty name all together. What contacts cost is always
    in them but by month, where it has to be asked for; by month there is nothing but that and MONTHLY.

    As many queries for a year as for a month: of whole months their sums are read, of the others the days.
    """
    if by == "month":
        key = ("months", period, scope, with_costs)
        return _once(key, lambda: _sums_by_month(period, scope, with_costs=with_costs))
    find = _sums if by else _all_together
    return _once(("sums", period, scope, by), lambda: find(period, scope, by))


def _all_together(period: Period, scope: Scope, _by: str) -> dict[str, Sums]:
    """Those of the channels added up, which are far fewer than the cells they are made of."""
    adding = _Adding()
    for sums in sums_of(period=period, scope=scope, by="channel").values():
        for what, count in sums.counts.items():
            adding.add("", what, count, sums.totals[what])
        if sums.has_left_out:
            adding.leave_out("")
    return adding.sums()


def _sums(period: Period, scope: Scope, by: str) -> dict[str, Sums]:
    adding = _Adding()
    for service, channel, what, count, total in _cells(period, scope, by=TWO_COLUMNS):
        name = service if by == "service" else channel
        adding.add(name, what, count, total)
        if what == "received" or what.startswith(FAILURE):
            adding.add_cost(name, service, channel, what, count)
    for service, channel, _month in _left_out(period, scope):
        adding.leave_out(service if by == "service" else channel)
    return adding.sums()


def _sums_by_month(period: Period, scope: Scope, *, with_costs: bool) -> dict[str, Sums]:
    adding = _Adding()
    for month, what, count, total in _cells(period, scope, by=MONTH_ALONE):
        adding.add(_iso(month), what, count, total)
    if with_costs:
        for service, channel, month, what, count, _ in _cells(period, scope, by=COSTED_BY):
            adding.add_cost(_iso(month), service, channel, what, count)
    for _service, _channel, month in _left_out(period, scope):
        adding.leave_out(_iso(month))
    return adding.sums()


def _iso(month: date) -> str:
    return f"{month.year}-{month.month:02}"


def _cells(period: Period, scope: Scope, *, by: tuple[str, ...]) -> Sequence[tuple[Any, ...]]:
    """What may be told, of the tallies that READ names, added up by these columns and by what: the columns, what, count
    and total.
    """
    return _once(("cells", period, scope, by), lambda: _read(period, scope, by=by))


def _read(period: Period, scope: Scope, *, by: tuple[str, ...]) -> Sequence[tuple[Any, ...]]:
    months, days = _sources(period, scope)
    told = ~Q(service__in=scope.restricted)
    return [
        row
        for rows in (months.filter(told | Q(rests_on__gte=FEWEST)), days.filter(told))
        for row in rows.filter(READ[by])
        .values_list(*by, "what")
        .annotate(added=Sum("count"), took=Sum("total"))
    ]


def _left_out(period: Period, scope: Scope) -> Sequence[tuple[str, str, date]]:
    """Service, channel and month of everything that rests on a few, or is not of a whole month, and is restricted."""
    return _once(("left out", period, scope), lambda: _read_left_out(period, scope))


def _read_left_out(period: Period, scope: Scope) -> Sequence[tuple[str, str, date]]:
    if not scope.guarded:
        return []
    months, days = _sources(period, scope)
    return [
        row
        for rows in (months.filter(rests_on__lt=FEWEST), days)
        for row in rows.filter(service__in=scope.guarded).values_list(*TWO_COLUMNS, "month").distinct()
    ]


def _sources(period: Period, scope: Scope) -> tuple[QuerySet[MonthTally], QuerySet[Tally]]:
    """The sums of the months that lie in the period, and the tallies of its other days with the month they are in."""
    narrowed = Q()
    for name, wanted in (("service", scope.services), ("channel", scope.channels)):
        if wanted is not None:
            narrowed &= Q(**{f"{name}__in": list(wanted)})
    months = months_in(period)
    whole = [each for each in months if each.is_whole_months]
    parts = [each for each in months if not each.is_whole_months]
    between = Q(month__gte=whole[0].first, month__lte=whole[-1].first) if whole else NEVER
    return (
        MonthTally.objects.filter(narrowed & between),
        Tally.objects.filter(narrowed & _within(parts)).annotate(month=_month_of(parts)),
    )


def _within(parts: Sequence[Period]) -> Q:
    """Days of these parts, which are the beginning and the end of a period."""
    found = NEVER
    for part in parts:
        found |= Q(on__gte=part.first, on__lte=part.last)
    return found


def _month_of(parts: Sequence[Period]) -> Case:
    """The first day of the month, told from the few that it can be: databases work it out from the date more slowly."""
    firsts = [Value(each.first.replace(day=1), output_field=DateField()) for each in parts]
    before = [When(on__lte=part.last, then=first) for part, first in zip(parts[:-1], firsts, strict=False)]
    return Case(*before, default=firsts[-1] if firsts else None, output_field=DateField())
