"""Values that hold from one day to another: fees, thresholds, lists, authorities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")
ONE_DAY = timedelta(days=1)


class NoValue(LookupError):
    """No value holds on that day. Add one whose dates cover it."""


@dataclass(frozen=True)
class Dated(Generic[T]):
    """A value and the days on which it holds: from `from_on` to `to_on`, both with; None means no end."""

    value: T
    from_on: date | None = None
    to_on: date | None = None

    def __post_init__(self) -> None:
        if self.from_on and self.to_on and self.to_on < self.from_on:
            raise ValueError(
                f"It ends on {self.to_on}, before it begins on {self.from_on}. Swap or mend the dates."
            )

    def holds_on(self, day: date) -> bool:
        """Whether the value holds on this day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class Stretch:
    """The days from `from_on` up to and with `to_on`."""

    from_on: date
    to_on: date


def value_on(values: Iterable[Dated[T]], day: date) -> T:
    """The value that holds on a day; of several, the one that began last. Raises `NoValue`."""
    holding = [each for each in values if each.holds_on(day)]
    if not holding:
        raise NoValue(f"No value holds on {day.isoformat()}. Add one whose dates cover it.")
    return max(holding, key=_first).value


def overlaps(values: Iterable[Dated[T]]) -> tuple[Stretch, ...]:
    """Every stretch of days on which two or more values hold, in order and joined where they touch."""
    ordered = _in_order(values)
    found: list[Stretch] = []
    reached = date.min
    for place, each in enumerate(ordered):
        if place and _first(each) <= reached:
            _join(found, Stretch(_first(each), min(reached, _last(each))))
        reached = max(reached, _last(each))
    return tuple(found)


def gaps(values: Iterable[Dated[T]]) -> tuple[Stretch, ...]:
    """Every stretch of days between the first and the last day covered on which no value holds, in order."""
    ordered = _in_order(values)
    found: list[Stretch] = []
    reached = _last(ordered[0]) if ordered else date.max
    for _, each in pairwise(ordered):
        if reached < date.max and _first(each) > reached + ONE_DAY:
            found.append(Stretch(reached + ONE_DAY, _first(each) - ONE_DAY))
        reached = max(reached, _last(each))
    return tuple(found)


def _in_order(values: Iterable[Dated[T]]) -> Sequence[Dated[T]]:
    return sorted(values, key=lambda each: (_first(each), _last(each)))


def _join(found: list[Stretch], stretch: Stretch) -> None:
    if found and stretch.from_on <= found[-1].to_on:
        found[-1] = Stretch(found[-1].from_on, max(found[-1].to_on, stretch.to_on))
    else:
        found.append(stretch)


def _first(each: Dated[T]) -> date:
    return each.from_on or date.min


def _last(each: Dated[T]) -> date:
    return each.to_on or date.max
