"""What a journey is, as plain frozen values, and the effects that a move has.

The questions a member of staff answers when making a move are a form of their own; a journey knows them only
by the ids of the facts they give (`asks`), so that the two engines stay apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from frontdoor.kernel.conditions import Condition
from frontdoor.kernel.facts import Json
from frontdoor.kernel.workingdays import Within


class Mover(StrEnum):
    """Who may make a move."""

    CUSTOMER = "customer"
    OFFICER = "officer"
    SOMEONE_ELSE = "someone else"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class WaitsFor(StrEnum):
    """On whom a state rests."""

    OFFICER = "officer"
    CUSTOMER = "customer"
    SOMEONE_ELSE = "someone else"
    NOBODY = "nobody"


class Wants(StrEnum):
    """What a move needs besides the answers to its own questions."""

    EVIDENCE_KINDS = "evidence kinds"
    REASONS = "reasons"
    WORDS = "words"
    APPOINTMENT = "appointment"


@dataclass(frozen=True)
class Reminder:
    """An update sent when a case has stayed in a state for a while."""

    after: Within
    update: str


@dataclass(frozen=True)
class After:
    """A move the system makes when a case has stayed in a state for a while."""

    wait: Within
    move: str


@dataclass(frozen=True)
class State:
    """A state: words for staff, words for the customer, the next step, and on whom it waits.

    `ends_as` marks an end. `asks_how_it_went`: a customer whose case ends here may be asked how it went.
    """

    name: str
    staff: str
    customer: str
    next: str
    waits_for: WaitsFor
    promise: str | None = None
    update: str | None = None
    stops_clock: bool = False
    reminders: tuple[Reminder, ...] = ()
    after: After | None = None
    ends_as: str | None = None
    task: str | None = None
    asks_how_it_went: bool = True


@dataclass(frozen=True)
class Promise:
    """By when something is done. `within` is one span, or one for each value of the fact `by`.

    `warn`: tell the customer that long before it is missed. `cut_off` names the fact that holds the time of day
    (`17:00`) after which what comes counts as come on the next working day. `extend`: a person may move its date
    once, and by at most that.
    """

    name: str
    says: str
    within: Within | None = None
    by: str | None = None
    within_by: Mapping[str, Within] = field(default_factory=dict)
    warn: Within | None = None
    missed_update: str | None = None
    cut_off: str | None = None
    extend: Within | None = None


class Verb(StrEnum):
    """What a move may do, as written in a pack (`does`), each with one argument."""

    MAKE_PROMISE = "make promise"
    KEEP_PROMISE = "keep promise"
    DROP_PROMISE = "drop promise"
    ASK_FOR_PAYMENT = "ask for payment"
    REFUND_PAYMENT = "refund payment"
    ISSUE = "issue"
    CANCEL = "cancel"
    RECORD = "record"
    TELL_FOLLOWERS = "tell followers"
    OPEN_TASK = "open task"
    BOOK = "book"
    LINK_TO = "link to"
    MOVE_LINKED = "move linked"


@dataclass(frozen=True)
class Effect:
    """One thing that follows from a move: a verb and its object."""

    verb: Verb
    what: str


@dataclass(frozen=True)
class Move:
    """A way from one of `sources` to `to` (None: the case stays where it is).

    `by` says who may; `when` whether it is offered now.
    """

    name: str
    label: str
    sources: frozenset[str]
    to: str | None
    by: frozenset[Mover]
    when: Condition | None = None
    asks: tuple[str, ...] = ()
    wants: frozenset[Wants] = frozenset()
    decides: str | None = None
    confirms: bool = False
    does: tuple[Effect, ...] = ()
    update: str | None = None


@dataclass(frozen=True)
class Issue:
    """Something given to the customer: a badge, an award. `starts`, `expires` and `amount` name facts."""

    name: str
    kind: str
    number: str | None = None
    starts: str | None = None
    expires: str | None = None
    amount: str | None = None
    remind_before: Within | None = None
    remind_update: str | None = None


@dataclass(frozen=True)
class TaskKind:
    """A step a person must do, and whose it is."""

    name: str
    label: str
    team: str | None = None
    within: Within | None = None


@dataclass(frozen=True)
class Journey:
    """The life of a case of one service."""

    starts_at: str
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    promises: Mapping[str, Promise] = field(default_factory=dict)
    issues: Mapping[str, Issue] = field(default_factory=dict)
    tasks: Mapping[str, TaskKind] = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """What the engine must know to judge a move: where the case is, who asks, and what is known."""

    state: str
    movers: frozenset[Mover]
    facts: Mapping[str, Json]
    not_asked: frozenset[str] = frozenset()
    given: frozenset[Wants] = frozenset()
    answered: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Moved:
    """A move that was made: the new state and everything that follows, in order.

    `rule` names what allowed it.
    """

    move: str
    source: str
    state: State
    effects: tuple[Effect, ...]
    update: str | None
    reminders: tuple[Reminder, ...]
    after: After | None
    stops_clock: bool
    starts_clock: bool
    ends_as: str | None
    decides: str | None
    confirms: bool
    rule: str
