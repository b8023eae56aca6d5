"""journey.yaml: states, moves, promises and what happens when."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.form import QuestionShape
from frontdoor.catalogue.schema.words import (
    Claim,
    Expression,
    FactName,
    MaybeWords,
    OneOrMore,
    PlainName,
    SomeOrNone,
    Span,
    Spans,
    Words,
    known_word,
)
from frontdoor.journeys.definition import Mover, WaitsFor, Wants


class PromiseShape(Shape):
    """By when something is done: one span, or one for each value of the fact `by`."""

    within: Spans
    by: FactName | None = None
    says: Words
    warn: Span | None = None
    missed: PlainName | None = None
    cut_off: FactName | None = None
    extend: Span | None = None

    @model_validator(mode="after")
    def _is_moved_by_people_only(self) -> PromiseShape:
        if self.extend and (self.warn or not self.missed):
            raise ValueError(
                "`extend` lets a person move the date once, and `missed` tells the customer; `warn` would move it too. "
                "Give `missed` and take `warn` out."
            )
        return self

    @model_validator(mode="after")
    def _has_a_fact_for_several(self) -> PromiseShape:
        if isinstance(self.within, dict) != (self.by is not None):
            raise ValueError(
                "several times and the fact that chooses among them go together. Give `by:` and a block."
            )
        return self


class ReminderShape(Shape):
    """An update sent after a while in a state."""

    after: Span
    update: PlainName


class AfterShape(Shape):
    """A move made by the system after a while in a state."""

    wait: Span
    move: PlainName


class StateShape(Shape):
    """A state, with words for staff and for the customer."""

    staff: Words
    customer: Words
    next: Words
    waits_for: Annotated[WaitsFor, known_word(WaitsFor)] = WaitsFor.NOBODY
    promise: PlainName | None = None
    update: PlainName | None = None
    clock: Annotated[str, Field(pattern="^(stopped|running)$")] = "running"
    remind: tuple[ReminderShape, ...] = ()
    after: AfterShape | None = None
    ends_as: PlainName | None = None
    task: PlainName | None = None
    survey: Claim = True


class MoveShape(Shape):
    """A way from some states to another, or none (`to` left out: the case stays where it is)."""

    from_: OneOrMore[PlainName]
    to: PlainName | None = None
    by: OneOrMore[Annotated[Mover, known_word(Mover)]]
    label: MaybeWords = ""
    when: Expression | None = None
    asks: dict[FactName, QuestionShape] = Field(default_factory=dict)
    wants: SomeOrNone[Annotated[Wants, known_word(Wants)]] = ()
    decides: PlainName | None = None
    confirms: Claim = False
    does: SomeOrNone[Words] = ()
    update: PlainName | None = None


class RemindBeforeShape(Shape):
    """An update sent some time before something runs out."""

    before: Span
    update: PlainName


class IssueShape(Shape):
    """Something given to the customer."""

    kind: Words
    number: Words | None = None
    starts: FactName | None = None
    expires: FactName | None = None
    amount: FactName | None = None
    remind: RemindBeforeShape | None = None


class TaskShape(Shape):
    """A step a person must do."""

    short: ClassVar[str | None] = "label"

    label: Words
    team: Words | None = None
    within: Span | None = None


class JourneyShape(Shape):
    """The whole of journey.yaml."""

    starts_at: PlainName
    promises: dict[PlainName, PromiseShape] = Field(default_factory=dict)
    states: Annotated[dict[PlainName, StateShape], Field(min_length=1)]
    moves: Annotated[dict[PlainName, MoveShape], Field(min_length=1)]
    issues: dict[PlainName, IssueShape] = Field(default_factory=dict)
    tasks: dict[PlainName, TaskShape] = Field(default_factory=dict)
