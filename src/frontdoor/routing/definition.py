"""What is routed, to whom, and by which numbers. Times are seconds from any fixed instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How an item binds the person who has it."""

    CALL = "call"
    """One at a time, and nothing beside it."""
    CHAT = "chat"
    """Several at a time, up to the advisor's number."""
    DEFERRED = "deferred"
    """One at a time, in idle time; a call or chat may interrupt it, and it is resumed by the same person."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Items of one service and class. `promise`: seconds within which one of them is promised an answer. `weight`: how
    much a share of that promise counts beside other queues. `least_level`: of `skill`, from 1.

    Waiting costs `weight` for each whole promise that has passed: it grows linearly with one slope for the whole queue,
    so that order inside a queue never changes and only the heads compete.
    """

    name: str
    skill: str
    kind: Kind
    promise: float
    weight: float = 1.0
    least_level: int = 1

    def __post_init__(self) -> None:
        if not self.promise > 0 or not self.weight > 0:
            raise ValueError(f"Queue {self.name}: its promise and its weight must be more than nothing.")

    @property
    def slope(self) -> float:
        """Cost of a second of waiting."""
        return self.weight / self.promise


@dataclass(frozen=True, slots=True)
class Advisor:
    """Somebody who takes items. `skills`: level by skill, 1 and up. `chats`: how many at once; 0 for none."""

    name: str
    skills: Mapping[str, int]
    chats: int = 1

    def can(self, queue: Queue) -> bool:
        """Whether this person has the skill, at the level, and takes the kind."""
        has_level = self.skills.get(queue.skill, 0) >= queue.least_level
        return has_level and (queue.kind is not Kind.CHAT or self.chats > 0)


class Item(NamedTuple):
    """One thing to be done. `since`: when its promise began to run; for what was passed on, when it first came in."""

    number: int
    queue: str
    since: float


@dataclass(frozen=True, slots=True)
class Policy:
    """`ceiling`: the share of their time, from 0 to 1, up to which people are given deferred work; `window`: the seconds
    over which that share is felt (an exponential mean, so that a busy hour is forgotten gradually).
    """

    ceiling: float = 0.85
    window: float = 3600.0

    def __post_init__(self) -> None:
        if not 0 < self.ceiling <= 1 or not self.window > 0:
            raise ValueError("The ceiling is a share above 0 and up to 1, and the window more than nothing.")


class Rule(StrEnum):
    """Why an item went to a person."""

    LONGEST_IDLE = "the longest idle of those who know it best"
    ROOM_FOR_CHAT = "the one with fewest chats who has room for one more"
    INTERRUPTS = "deferred work gives way to somebody who waits on the line"
    OLDEST_BY_PROMISE = "the oldest by promise of what this person can take"
    RESUMED = "what was interrupted goes on where it stopped"


class Given(NamedTuple):
    """An item went to a person. `interrupted`: the deferred item that this person put down for it."""

    item: Item
    advisor: str
    rule: Rule
    interrupted: Item | None = None
