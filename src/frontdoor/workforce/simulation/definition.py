"""What is simulated. Times are seconds from the beginning of the simulated span, shares lie between 0 and 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import inf

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class BadWorld(ValueError):
    """This world cannot be simulated as it is described; the message says what does not fit. Mend it and try again."""


class Kind(StrEnum):
    """How a contact binds the person who has it."""

    CALL = "call"
    """One at a time, and nothing beside it."""
    CHAT = "chat"
    """Several at a time, each slower for the others beside it."""
    DEFERRED = "deferred"
    """One at a time, in idle time; a call or chat may interrupt it, and the same person resumes it."""


class Shape(StrEnum):
    """How times lie about their mean."""

    CONSTANT = "constant"
    EXPONENTIAL = "exponential"
    LOGNORMAL = "lognormal"
    """As handling times of calls do: L. Brown and others, "Statistical analysis of a telephone call center", 2005."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Times of one sort. `mean`: seconds. `relative`: standard deviation over mean, asked for by LOGNORMAL only."""

    mean: float
    shape: Shape = Shape.EXPONENTIAL
    relative: float = 0.8

    def __post_init__(self) -> None:
        if not self.mean >= 0 or self.relative < 0:
            raise BadWorld(
                f"A time and its spread must not be negative: mean {self.mean}, spread {self.relative}."
            )


NOTHING = Spread(0.0, Shape.CONSTANT)
FOR_EVER = Spread(inf, Shape.CONSTANT)


@dataclass(frozen=True, slots=True)
class Queue:
    """Contacts of one service and class.

    `promise`, `weight`, `least_level`: as the routing policy has them: waiting costs `weight` for each whole `promise`
    (seconds). `within`: seconds of waiting that count as in time; None: the promise. Deferred work is in time when it is
    done, not begun, by then. `talk` and `wrap`: handling, and the work after. `patience`: after how long somebody gives
    up; `redial`: the share of those who try again, `redial_after` so long. `beside`: by how much of its own time a chat
    takes longer for each other chat beside it.
    """

    name: str
    service: str
    skill: str
    kind: Kind
    promise: float
    talk: Spread
    wrap: Spread = NOTHING
    weight: float = 1.0
    least_level: int = 1
    within: float | None = None
    patience: Spread = FOR_EVER
    redial: float = 0.0
    redial_after: Spread = Spread(900.0)
    beside: float = 0.0

    def __post_init__(self) -> None:
        if not self.promise > 0 or not self.weight > 0:
            raise BadWorld(f"Queue {self.name}: its promise and its weight must be more than nothing.")
        if not 0 <= self.redial <= 1 or self.beside < 0:
            raise BadWorld(
                f"Queue {self.name}: the share who redial lies between 0 and 1; chats slow each other."
            )
        if self.kind is Kind.DEFERRED and self.patience != FOR_EVER:
            raise BadWorld(f"Queue {self.name}: deferred work waits on no line, so leave its patience out.")

    @property
    def slope(self) -> float:
        """Cost of a second of waiting."""
        return self.weight / self.promise


@dataclass(frozen=True, slots=True)
class Person:
    """An advisor. `skills`: level by skill, 1 and up. `chats`: how many at once; 0 for none."""

    name: str
    skills: Mapping[str, int]
    chats: int = 1

    def can(self, queue: Queue) -> bool:
        """Whether this person has the skill, at the level, and takes the kind."""
        has_level = self.skills.get(queue.skill, 0) >= queue.least_level
        return has_level and (queue.kind is not Kind.CHAT or self.chats > 0)


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody is at work on contacts from `begins` to `ends`: a shift without its breaks, training and absences."""

    person: str
    begins: float
    ends: float

    def __post_init__(self) -> None:
        if not self.begins < self.ends:
            raise BadWorld(
                f"{self.person}: a presence must end after it begins ({self.begins} to {self.ends})."
            )


@dataclass(frozen=True, slots=True)
class Policy:
    """The routing policy's numbers: the `ceiling` of occupancy up to which people are given deferred work, and the
    `window`, in seconds, over which occupancy is felt.
    """

    ceiling: float = 0.85
    window: float = 3600.0

    def __post_init__(self) -> None:
        if not 0 < self.ceiling <= 1 or not self.window > 0:
            raise BadWorld("The ceiling is a share above 0 and up to 1, and the window more than nothing.")


@dataclass(frozen=True)
class Instants:
    """Contacts that came or are to come at known instants, instead of rates. `at` and `queue` (its place among the
    queues), both of shape (contacts,), in the order of time.
    """

    at: Floats
    queue: Integers

    def __post_init__(self) -> None:
        if self.at.shape != self.queue.shape or (np.diff(self.at) < 0).any() or (self.at < 0).any():
            raise BadWorld("Give an instant and a queue for each contact, from the first to the last.")


@dataclass(frozen=True)
class World:
    """Everything that is simulated. `rates`: contacts expected by queue and interval, of shape (queues, intervals).
    `instants`: contacts at known instants, beside these. `is_open`: by interval, whether anybody who redials gets
    through, of shape (intervals,); None: always. `hourly_cost`: of one person at work.
    """

    queues: tuple[Queue, ...]
    people: tuple[Person, ...]
    presences: tuple[Presence, ...]
    rates: Floats
    interval: float = 900.0
    policy: Policy = Policy()
    instants: Instants | None = None
    is_open: npt.NDArray[np.bool_] | None = None
    hourly_cost: float = 0.0

    def __post_init__(self) -> None:
        for what, names in (
            ("queues", [queue.name for queue in self.queues]),
            ("people", [person.name for person in self.people]),
        ):
            if twice := [name for name, count in Counter(names).items() if count > 1]:
                raise BadWorld(f"Two {what} have one name, {min(twice)}: give each a name of its own.")
        if not self.queues or self.rates.shape[0] != len(self.queues) or self.rates.ndim != 2:
            raise BadWorld("Give the contacts expected for each queue and interval.")
        if not (self.rates >= 0).all() or not self.interval > 0:
            raise BadWorld(
                "Contacts expected must be numbers and not negative, an interval more than nothing."
            )
        if strangers := {each.person for each in self.presences} - {person.name for person in self.people}:
            raise BadWorld(f"{min(strangers)} is on the roster but not among the people: add their skills.")
        if self.is_open is not None and len(self.is_open) != self.intervals:
            raise BadWorld("Say of each interval whether it is open.")
        if self.instants is not None and (self.instants.queue >= len(self.queues)).any():
            raise BadWorld("A contact belongs to a queue that is not there.")

    @property
    def intervals(self) -> int:
        """How many intervals are simulated."""
        return int(self.rates.shape[1])

    @property
    def until(self) -> float:
        """When the simulated span ends."""
        return self.intervals * self.interval

    @cached_property
    def services(self) -> tuple[str, ...]:
        """The services, in the order in which queues name them."""
        return tuple(dict.fromkeys(queue.service for queue in self.queues))
