"""The words of which a story is made: who does what, how long after the last thing, and with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from frontdoor.kernel.facts import Json


class By(StrEnum):
    """Who takes a step."""

    OFFICER = "officer"
    COLLEAGUE = "colleague"
    CUSTOMER = "customer"
    CLOCK = "clock"


class Do(StrEnum):
    """What a step is."""

    MOVE = "move"
    LOOK = "look"
    SEND = "send"
    PAY = "pay"
    REPLY = "reply"
    WRITE = "write"
    NOTE = "note"
    TRACK = "track"
    FOLLOW = "follow"


Days: TypeAlias = tuple[float, float]
Answers: TypeAlias = Mapping[str, Json]
SAME_DAY: Days = (0.05, 0.4)
SOON: Days = (0.3, 2.0)
IN_DAYS: Days = (1.0, 5.0)
IN_A_WEEK: Days = (4.0, 9.0)
IN_WEEKS: Days = (9.0, 18.0)


@dataclass(frozen=True)
class Step:
    """One step. `after` is how long after the one before, in working days for staff and calendar days for customers.

    `answers` are to the questions of a move; `kinds` are evidence asked for, sent or turned down; `why` names reasons.
    """

    do: Do
    what: str = ""
    by: By = By.OFFICER
    after: Days = IN_DAYS
    answers: Answers = field(default_factory=dict)
    words: str = ""
    kinds: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """What happens in a case. `weight`: how often it is told; `brings`: the evidence that comes with the application,
    None for all that is asked; `months` is how much more often it happens in some months.
    """

    name: str
    weight: float
    answers: Answers
    steps: tuple[Step, ...]
    brings: tuple[str, ...] | None = None
    months: Mapping[int, float] = field(default_factory=dict)
    is_organisation: bool = False
    age: tuple[int, int] = (19, 92)


def move(
    what: str,
    after: Days = IN_DAYS,
    *,
    by: By = By.OFFICER,
    answers: Answers | None = None,
    words: str = "",
    kinds: tuple[str, ...] = (),
    why: tuple[str, ...] = (),
) -> Step:
    """Somebody makes a move of the journey."""
    return Step(Do.MOVE, what, by, after, answers or {}, words, kinds, why)


def wait(what: str, after: Days) -> Step:
    """Nobody does anything until the clock makes this move; `after` is about how long that takes."""
    return Step(Do.MOVE, what, By.CLOCK, after)


def look(after: Days = SOON, *, turns_down: tuple[str, ...] = ()) -> Step:
    """The officer looks at all evidence that came in, and turns some kinds down."""
    return Step(Do.LOOK, "look at evidence", By.OFFICER, after, kinds=turns_down)


def send(after: Days = IN_DAYS, *, kinds: tuple[str, ...] = ()) -> Step:
    """The customer sends what was asked for, or these kinds."""
    return Step(Do.SEND, "send evidence", By.CUSTOMER, after, kinds=kinds)


def pay(after: Days = IN_DAYS, *, by: By = By.CUSTOMER) -> Step:
    """The customer pays what is due; with an officer, over the phone."""
    return Step(Do.PAY, "pay", by, after)


def reply(words: str, after: Days = IN_DAYS) -> Step:
    """The customer writes to us."""
    return Step(Do.REPLY, "reply", By.CUSTOMER, after, words=words)


def write(words: str, after: Days = SOON) -> Step:
    """The officer writes to the customer."""
    return Step(Do.WRITE, "write", By.OFFICER, after, words=words)


def note(words: str, after: Days = SAME_DAY) -> Step:
    """The officer writes a note for colleagues."""
    return Step(Do.NOTE, "note", By.OFFICER, after, words=words)


def track(after: Days = IN_DAYS) -> Step:
    """The customer looks how the case stands."""
    return Step(Do.TRACK, "track", By.CUSTOMER, after)


def follow(after: Days = SOON) -> Step:
    """Somebody else sees the same and follows the report."""
    return Step(Do.FOLLOW, "follow", By.CUSTOMER, after)
