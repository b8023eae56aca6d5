"""The year in parts that can be made side by side: some customers, or the desk days of a stretch.

A part of days first goes through the days before it without writing, so that it remembers who asked the same a week ago.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from frontdoor.demo.year.bulk import COLUMNS, Bulk, Row
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.deeds import Deed, deeds_of
from frontdoor.demo.year.people import CUSTOMER_COLUMNS, customer_keys, rows_of_customers
from frontdoor.demo.year.plan import Came, planned
from frontdoor.kernel.clock import start_of_day
from frontdoor.kernel.workingdays import ENGLAND

LONG_WEEKEND = timedelta(days=9)
"""What was written before the longest holiday is answered within it."""
ENTRIES_A_DAY = 60_000
"""More journal entries than the busiest desk day of a county makes."""
AT_ONCE = 2_000

Emit = Callable[[Mapping[str, Sequence[str]], Mapping[str, Sequence[Row]], int], None]
"""Takes columns and rows by table, and how many contacts they are."""


@dataclass(frozen=True)
class CustomerPart:
    """Some of the customers; `first_card` is the number of the first customer's card in the index."""

    numbers: range
    first_card: int

    def make(self, cast: Cast, emit: Emit) -> None:
        """Their rows."""
        for start in range(self.numbers.start, self.numbers.stop, AT_ONCE):
            rows: dict[str, list[Row]] = {table: [] for table in CUSTOMER_COLUMNS}
            some = range(start, min(start + AT_ONCE, self.numbers.stop))
            for table, row in rows_of_customers(cast, some, self.first_card):
                rows[table].append(row)
            emit(CUSTOMER_COLUMNS, rows, 0)


@dataclass(frozen=True)
class DayPart:
    """Desk days in a row, of a year that begins on `since`; `first_entry` is the first of the journal's numbers kept free
    for them, `until` a second.
    """

    days: tuple[date, ...]
    since: date
    first_entry: int
    until: int
    share: float

    def make(self, cast: Cast, emit: Emit) -> None:
        """Their rows, a day at a time; what comes later (things settled) with the day on which it is done."""
        bulk = Bulk(cast, customer_keys(cast), first_entry=self.first_entry, until=self.until)
        waiting: list[Deed] = []
        for day in self._days_before(cast):
            bulk.do(deeds_of(planned(cast, day, self.share), until=_end_of(day)), write=False)
            bulk.forget_finished(0)
        for day in self.days:
            contacts = planned(cast, day, self.share)
            waiting = self._day(bulk, contacts, waiting, _end_of(day))
            emit(COLUMNS, bulk.take(), len(contacts))
        bulk.do(waiting)
        emit(COLUMNS, bulk.take(), 0)

    def _day(self, bulk: Bulk, contacts: list[Came], waiting: list[Deed], end: int) -> list[Deed]:
        """Do a day; what is done about its contacts, and about those before, on a later day."""
        deeds = sorted([*waiting, *deeds_of(contacts, until=self.until)])
        later = [deed for deed in deeds if deed.at >= end]
        bulk.do(deed for deed in deeds if deed.at < end)
        bulk.forget_finished(end)
        return later

    def _days_before(self, cast: Cast) -> list[date]:
        """As far back as somebody may have asked the same, or written what is answered only now."""
        windows = (each.windows for each in cast.services.values())
        back = LONG_WEEKEND + max(max(each.repeat, each.answer) for each in windows)
        first = self.days[0]
        days = (first - timedelta(days=n) for n in range(back.days, 0, -1))
        return [day for day in days if day >= self.since and ENGLAND.is_working_day(day)]


def _end_of(day: date) -> int:
    return int(start_of_day(day + timedelta(days=1)).timestamp())


def day_parts(
    days: Sequence[date], *, parts: int, first_entry: int, until: int, share: float
) -> list[DayPart]:
    """The days in so many parts of about the same length, each with numbers of its own in the journal."""
    size = -(-len(days) // parts)
    stretches = [tuple(days[start : start + size]) for start in range(0, len(days), size)]
    room = int(size * ENTRIES_A_DAY * min(1.0, share + 0.02))
    return [DayPart(each, days[0], first_entry + n * room, until, share) for n, each in enumerate(stretches)]


def customer_parts(customers: int, *, parts: int, first_card: int) -> list[CustomerPart]:
    """The customers in so many parts."""
    size = max(1, -(-customers // parts))
    return [
        CustomerPart(range(start, min(start + size, customers)), first_card)
        for start in range(0, customers, size)
    ]
