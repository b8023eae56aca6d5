"""The year in parts that can be made side by side: some customers, or the desk days of a stretch.

A part of days first goes through the days before it without writing, so that it remembers who asked the same a week ago.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from frontdoor.demo.year.bulk import COLUMNS, Bulk
from frontdoor.demo.year.cast import Cast
from frontdoor.demo.year.deeds import Deed, deeds_of
from frontdoor.demo.year.lives import begun
from frontdoor.demo.year.people import CUSTOMER_COLUMNS, customer_keys, rows_of_customers
from frontdoor.demo.year.plan import planned
from frontdoor.demo.year.rows import Row
from frontdoor.kernel.clock import start_of_day

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


class DeskDay(NamedTuple):
    """A working day that is made, at a share of a county's volume."""

    on: date
    share: float


@dataclass(frozen=True)
class DayPart:
    """Desk days in a row; `earlier` are those that another part makes. `first_entry` is the first of the journal's
    numbers kept free for them, `until` a second.
    """

    days: tuple[DeskDay, ...]
    earlier: tuple[DeskDay, ...]
    first_entry: int
    until: int

    def make(self, cast: Cast, emit: Emit) -> None:
        """Their rows, a day at a time; what comes later (things settled) with the day on which it is done."""
        bulk = Bulk(cast, customer_keys(cast), first_entry=self.first_entry, until=self.until)
        waiting: list[Deed] = []
        for day, share in self.earlier:
            bulk.remember(begun(cast, day, share))
        for day, share in self._days_before(cast):
            bulk.do(deeds_of(planned(cast, day, share), (), until=_end_of(day)), write=False)
            bulk.forget_finished(0)
        for day, share in self.days:
            contacts, lives = planned(cast, day, share), begun(cast, day, share)
            deeds = sorted([*waiting, *deeds_of(contacts, lives, until=self.until)])
            waiting = self._day(bulk, deeds, _end_of(day))
            emit(COLUMNS, bulk.take(), len(contacts) + len(lives))
        bulk.do(waiting)
        bulk.finish()
        emit(COLUMNS, bulk.take(), 0)

    def _day(self, bulk: Bulk, deeds: list[Deed], end: int) -> list[Deed]:
        """Do what is done until the end of the day; what is left."""
        later = [deed for deed in deeds if deed.at >= end]
        bulk.do(deed for deed in deeds if deed.at < end)
        bulk.forget_finished(end)
        return later

    def _days_before(self, cast: Cast) -> list[DeskDay]:
        """As far back as somebody may have asked the same, or written what is answered only now."""
        windows = (each.windows for each in cast.services.values())
        back = LONG_WEEKEND + max(max(each.repeat, each.answer) for each in windows)
        return [day for day in self.earlier if day.on >= self.days[0].on - back]


def _end_of(day: date) -> int:
    return int(start_of_day(day + timedelta(days=1)).timestamp())


def day_parts(days: Sequence[DeskDay], *, parts: int, first_entry: int, until: int) -> list[DayPart]:
    """The days in so many parts of about the same volume, each with numbers of its own in the journal."""
    found: list[DayPart] = []
    start, done, whole = 0, 0.0, sum(day.share for day in days)
    for place, day in enumerate(days, 1):
        done += day.share
        if place == len(days) or done >= whole * (len(found) + 1) / parts:
            some = tuple(days[start:place])
            found.append(DayPart(some, tuple(days[:start]), first_entry, until))
            first_entry += sum(int(ENTRIES_A_DAY * min(1.0, each.share + 0.02)) for each in some)
            start = place
    return found


def customer_parts(customers: int, *, parts: int, first_card: int) -> list[CustomerPart]:
    """The customers in so many parts."""
    size = max(1, -(-customers // parts))
    return [
        CustomerPart(range(start, min(start + size, customers)), first_card)
        for start in range(0, customers, size)
    ]
