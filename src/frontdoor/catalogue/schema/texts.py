"""The front matter of updates and articles, and examples.yaml."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue

from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.words import (
    Claim,
    Day,
    Expression,
    FactName,
    MaybeWords,
    PlainName,
    SomeOrNone,
    Words,
    known_word,
)


class Reader(StrEnum):
    """Whom an article is for."""

    CUSTOMERS = "customers"
    STAFF = "staff"


class UpdateShape(Shape):
    """The lines above the words of an update. `unless`: who does not want it, as a condition."""

    name: PlainName
    subject: Words
    text: MaybeWords = ""
    letter: Claim = True
    unless: Expression | None = None


class ArticleShape(Shape):
    """The lines above the words of an article."""

    title: Words
    audience: Annotated[Reader, known_word(Reader)]
    enquiry: PlainName | None = None
    phrases: tuple[Words, ...] = ()
    review_by: Day
    source: MaybeWords = ""


Names = SomeOrNone[PlainName]


class ExpectShape(Shape):
    """What must come of an example. What is left out is not looked at."""

    outcome: PlainName | None = None
    because: Names | None = None
    met: Names | None = None
    not_met: Names | None = None
    not_known: Names | None = None
    asks_for: Names | None = None
    values: dict[FactName, JsonValue] | None = None
    interrupt: PlainName | None = None
    automatic: Claim | None = None


class ExampleShape(Shape):
    """One example person. What is a fact is named as the fact is."""

    received_on: Day | None = Field(default=None, alias="received_on")
    today: Day | None = None
    channel: Words = "web"
    for_someone_else: Claim = Field(default=False, alias="for_someone_else")
    answers: dict[FactName, JsonValue] = Field(default_factory=dict)
    evidence: Names = ()
    evidence_sent: Names = ()
    evidence_rejected: Names = ()
    facts: dict[FactName, JsonValue] = Field(default_factory=dict)
    expect: ExpectShape


class ExamplesShape(Shape):
    """The whole of examples.yaml."""

    people: Annotated[dict[str, ExampleShape], Field(min_length=1)]
    says: tuple[Annotated[dict[str, Words], Field(min_length=1, max_length=1)], ...] = ()
