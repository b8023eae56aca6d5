"""What is asked of the staffing formulas, and what they answer. Times are seconds, shares lie between 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil


class Variant(StrEnum):
    """Which service level is meant: published figures differ in this, so each says which it is."""

    OF_OFFERED = "answered in time, of all offered"
    OF_ANSWERED = "answered in time, of all answered"
    WITH_ABANDONED = "answered or given up in time, of all offered"


@dataclass(frozen=True, slots=True)
class Load:
    """One interval's work. `contacts` offered in `interval` seconds, each taking `handling` seconds (talk, hold and the
    work after). `patience`: the mean seconds after which somebody gives up; None: nobody ever does (Erlang C).
    """

    contacts: float
    handling: float
    interval: float = 900.0
    patience: float | None = None

    def __post_init__(self) -> None:
        if self.contacts < 0 or self.handling <= 0 or self.interval <= 0:
            raise ValueError(
                "Contacts must not be negative, and handling time and interval must be more than nothing."
            )
        if self.patience is not None and self.patience <= 0:
            raise ValueError("Patience must be more than nothing; leave it out where nobody gives up.")

    @property
    def erlangs(self) -> float:
        """Work offered, in people kept busy for the whole interval."""
        return self.contacts * self.handling / self.interval


@dataclass(frozen=True, slots=True)
class Targets:
    """What must hold together; None: not asked for. `service_level` is the share within `seconds`, by `variant`; `wait`
    the most mean seconds of waiting, `abandonment` the largest share who give up, `occupancy` the largest share of time
    busy.
    """

    service_level: float | None = 0.8
    seconds: float = 20.0
    variant: Variant = Variant.OF_OFFERED
    wait: float | None = None
    abandonment: float | None = None
    occupancy: float | None = 0.85

    def __post_init__(self) -> None:
        for name in ("service_level", "abandonment", "occupancy"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise ValueError(f"The target {name} is a share between 0 and 1, not {share}.")
        if self.service_level == 1 or 0 in (self.abandonment, self.occupancy):
            raise ValueError(
                "No number of people answers every contact at once: ask for less than all of it."
            )
        if self.wait is not None and self.wait <= 0:
            raise ValueError("No number of people brings the mean wait to nothing: allow some seconds.")


@dataclass(frozen=True, slots=True)
class Performance:
    """What comes of a load with some positions, in the long run. `mean_wait`: seconds, of all offered, those who gave up
    included. `is_overloaded`: work comes in faster than it is done and nobody gives up, so the queue grows without end
    and there is no figure: the others are None.
    """

    positions: int
    waiting_share: float | None
    service_level: float | None
    mean_wait: float | None
    abandonment: float | None
    occupancy: float | None

    @property
    def is_overloaded(self) -> bool:
        """Whether there is no steady state, and so no figure."""
        return self.waiting_share is None


@dataclass(frozen=True, slots=True)
class Need:
    """The fewest positions that meet every target, and what comes of them."""

    positions: int
    performance: Performance

    def rostered(self, shrinkage: float) -> int:
        """People to roster so that these are at work, where `shrinkage` of paid time is leave, training, breaks and
        meetings.

        By division: of 20 people with 30 % away, 14 are at work; 14 × 1.3 would have said 18.2.
        """
        if not 0 <= shrinkage < 1:
            raise ValueError(
                f"Shrinkage is a share of paid time from 0 up to, not including, 1: not {shrinkage}."
            )
        return ceil(self.positions / (1 - shrinkage) - 1e-9)
