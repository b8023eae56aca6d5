"""form.yaml: sections and questions, evidence, interrupts, the declaration."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.words import (
    Claim,
    Expression,
    FactName,
    MaybeWords,
    OneOrMore,
    PlainName,
    Span,
    Words,
    known_word,
)
from frontdoor.forms.definition import After, QuestionType

ACCEPTED = ("image", "pdf")
COUNTED_AS = ("not ours", "emergency", "not eligible", "advice")


def _one_of(words: tuple[str, ...]) -> BeforeValidator:
    def read(value: Any) -> Any:
        if value not in words:
            raise ValueError(
                f'"{value}" is not a word that can stand here. Choose one of: {", ".join(words)}.'
            )
        return value

    return BeforeValidator(read)


class OptionShape(Shape):
    """One choice of a question. `unknown: yes`: choosing it gives no fact. `group`: the heading it stands under."""

    short: ClassVar[str | None] = "label"

    label: Words
    hint: MaybeWords = ""
    unknown: Claim = False
    group: MaybeWords = ""


class CheckShape(Shape):
    """A rule an answer must meet, and what is said where it does not."""

    when: Expression
    otherwise: Words


def _listed_options(value: Any) -> Any:
    """`[0, 4, 8]` is short for `{0: 0, 4: 4, 8: 8}`."""
    if isinstance(value, list):
        return {item: {"label": item} for item in value if isinstance(item, str | int)}
    return value


class QuestionShape(Shape):
    """One thing to ask."""

    type: Annotated[QuestionType, known_word(QuestionType)]
    ask: Words
    say: MaybeWords = ""
    called: MaybeWords = ""
    hint: MaybeWords = ""
    when: Expression | None = None
    options: Annotated[dict[str | int, OptionShape], BeforeValidator(_listed_options)] = Field(
        default_factory=dict
    )
    checks: tuple[CheckShape, ...] = ()
    optional: Claim = False
    evidence: PlainName | None = None
    least: float | None = None
    most: float | None = None
    unit: MaybeWords = ""
    prefix: MaybeWords = ""
    autocomplete: MaybeWords = ""
    contact_caution: Claim = False

    @model_validator(mode="after")
    def _fits_its_type(self) -> QuestionShape:
        chooses = self.type in (QuestionType.CHOOSE_ONE, QuestionType.CHOOSE_MANY)
        if chooses and len(self.options) < 2:
            raise ValueError(f"a question of type {self.type} needs at least two options. Add `options:`.")
        if self.options and not chooses:
            raise ValueError(
                f"a question of type {self.type} has no options. Take them out or make it `choose one`."
            )
        if (self.type is QuestionType.FILES) != (self.evidence is not None):
            raise ValueError("`evidence` and the type `files` go together. Add the one that is missing.")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(f"`least` ({self.least:g}) is more than `most` ({self.most:g}). Exchange them.")
        return self


class SectionShape(Shape):
    """Questions that belong together."""

    title: Words
    when: Expression | None = None
    questions: Annotated[dict[FactName, QuestionShape], Field(min_length=1)]


class WorkedOutShape(Shape):
    """A fact computed from others: by a formula, or by a calculator given the facts `from`."""

    short: ClassVar[str | None] = "formula"

    formula: Expression | None = None
    calculator: Words | None = None
    from_: tuple[FactName, ...] = ()

    @model_validator(mode="after")
    def _is_one_way(self) -> WorkedOutShape:
        if (self.formula is None) == (self.calculator is None):
            raise ValueError("a fact is worked out by a formula or by a calculator. Give one of the two.")
        return self

    def reads(self) -> frozenset[str]:
        """The words that may be names of facts: more than are read, never fewer."""
        return frozenset(self.from_) | frozenset(re.findall(r"[a-z]\w*", self.formula or ""))


class EvidenceShape(Shape):
    """A kind of proof."""

    name: Words
    ask: Words
    when: Expression | None = None
    accepts: OneOrMore[Annotated[str, _one_of(ACCEPTED)]] = ACCEPTED
    no_older_than: Span | None = None
    later: Claim = True


class InterruptShape(Shape):
    """A page that comes before any more is asked."""

    when: Expression
    title: Words
    say: Words
    then: Annotated[After, known_word(After)]
    counts_as: Annotated[str, _one_of(COUNTED_AS)]


class DeclarationShape(Shape):
    """What is declared before sending."""

    say: Words
    points: tuple[Words, ...] = ()


class FormShape(Shape):
    """The whole of form.yaml."""

    works_out: dict[FactName, WorkedOutShape] = Field(default_factory=dict)
    sections: Annotated[dict[FactName, SectionShape], Field(min_length=1)]
    evidence: dict[PlainName, EvidenceShape] = Field(default_factory=dict)
    interrupts: dict[PlainName, InterruptShape] = Field(default_factory=dict)
    declaration: DeclarationShape | None = None
