"""decision.yaml: criteria, outcomes, reasons, dated values and how far automation may go."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.words import (
    Claim,
    Day,
    Expression,
    FactName,
    MaybeWords,
    OneOrMore,
    PlainName,
    SomeOrNone,
    Span,
    Words,
    known_word,
)
from frontdoor.decisions.definition import Automation, Needs

Plain = str | int | float | bool


def _reviewer(value: Any) -> Any:
    if value not in ("someone else", "anyone"):
        raise ValueError(f'"{value}" cannot review. Write someone else, or anyone.')
    return value


ReviewedBy = Annotated[str, BeforeValidator(_reviewer), WithJsonSchema({"enum": ["someone else", "anyone"]})]


class CriterionShape(Shape):
    """One thing to be shown."""

    when: Expression | None = None
    proved_by: OneOrMore[PlainName] | None = None
    met: Words
    not_met: Words
    not_known: Words
    source: MaybeWords = ""

    @model_validator(mode="after")
    def _can_be_shown(self) -> CriterionShape:
        if self.when is None and self.proved_by is None:
            raise ValueError("a criterion needs a condition or a proof. Add `when:`, `proved by:` or both.")
        return self


class GroupShape(Shape):
    """Criteria of which any, or all, must be met."""

    needs: Annotated[Needs, known_word(Needs)]
    criteria: Annotated[dict[PlainName, CriterionShape], Field(min_length=1)]


class OutcomeShape(Shape):
    """An outcome and when it holds."""

    when: Expression | None = None
    otherwise: Claim = False
    says: Words
    move: PlainName | None = None

    @model_validator(mode="after")
    def _is_one_way(self) -> OutcomeShape:
        if (self.when is None) != self.otherwise:
            raise ValueError(
                "an outcome has a condition, or is the one that is left. Give `when:` or `otherwise: yes`."
            )
        return self


class ReasonShape(Shape):
    """A reason an officer may give."""

    short: ClassVar[str | None] = "say"

    say: Words
    about: SomeOrNone[PlainName] = ()
    source: MaybeWords = ""


class DatedValueShape(Shape):
    """A value from a day on, until `to` or the next one."""

    from_: Day
    to: Day | None = None
    value: Plain | list[Plain] | dict[str, Plain]


class ReviewShape(Shape):
    """How a customer may have a decision looked at again."""

    called: Words
    ask_within: Span
    answer_within: Span
    by: ReviewedBy = "someone else"

    @model_validator(mode="after")
    def _is_in_days(self) -> ReviewShape:
        for span in (self.ask_within, self.answer_within):
            if span.unit != "calendar days":
                raise ValueError(f"{span} is not in days. The time for a review is counted in calendar days.")
        return self


class RulesShape(Shape):
    """One dated set of rules."""

    from_: Day
    to: Day | None = None
    automation: Annotated[Automation, known_word(Automation)] = Automation.PREPARE_ONLY
    values: dict[FactName, OneOrMore[DatedValueShape]] = Field(default_factory=dict)
    groups: Annotated[dict[PlainName, GroupShape], Field(min_length=1)]
    outcomes: Annotated[dict[PlainName, OutcomeShape], Field(min_length=1)]
    reasons: dict[PlainName, ReasonShape] = Field(default_factory=dict)
    computes: dict[FactName, Expression] = Field(default_factory=dict)
    review: ReviewShape | None = None


class DecisionShape(RulesShape):
    """The whole of decision.yaml: the rules in force, older sets under `before`, and the transparency record."""

    before: tuple[RulesShape, ...] = ()
    transparency: dict[str, MaybeWords | tuple[MaybeWords, ...]] = Field(default_factory=dict)


def day_before(day: date) -> date:
    """The last day of the rules that another set follows."""
    return date.fromordinal(day.toordinal() - 1)
