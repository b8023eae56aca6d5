"""What a form is, as plain frozen values.

The catalogue builds them from a pack; engines and pages read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from frontdoor.kernel.conditions import Condition, Formula


class QuestionType(StrEnum):
    """The types of question; each has one reader in `answers` and one component on the pages."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NAME = "name"
    CHOOSE_ONE = "choose one"
    CHOOSE_MANY = "choose many"
    YES_OR_NO = "yes or no"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    NATIONAL_INSURANCE_NUMBER = "national insurance number"
    ADDRESS = "address"
    PLACE = "place"
    FILES = "files"


@dataclass(frozen=True)
class Option:
    """One choice. `value` is what is stored; an option that `is_unknown` gives no fact. `group`: the heading under
    which it stands where there are many.
    """

    value: str | int
    label: str
    hint: str = ""
    is_unknown: bool = False
    group: str = ""


@dataclass(frozen=True)
class Check:
    """A rule an answer must meet: where `when` is false, `otherwise` is said and the answer is asked again."""

    when: Condition
    otherwise: str


@dataclass(frozen=True)
class Question:
    """One thing to ask.

    `ask` is for pages and paper, `say` for text messages and voice (the same where empty). `called` is its
    short name in messages and summaries ("date of birth"); where empty it is read from `ask`. A question that
    `is_contact_caution` is about how the customer may be reached safely: staff read its answer before they contact
    them, and it never stands in a message.
    """

    id: str
    type: QuestionType
    ask: str
    say: str = ""
    hint: str = ""
    when: Condition | None = None
    options: tuple[Option, ...] = ()
    checks: tuple[Check, ...] = ()
    is_optional: bool = False
    evidence: str | None = None
    least: float | None = None
    most: float | None = None
    unit: str = ""
    prefix: str = ""
    autocomplete: str = ""
    called: str = ""
    is_contact_caution: bool = False


@dataclass(frozen=True)
class Section:
    """Questions that belong together; a line of the task list and of the check page."""

    id: str
    title: str
    questions: tuple[Question, ...]
    when: Condition | None = None


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of proof.

    `when` says whether this customer is asked for it; `no_older_than` is in calendar days.
    """

    name: str
    title: str
    ask: str
    when: Condition | None = None
    accepts: frozenset[str] = frozenset({"image", "pdf"})
    no_older_than: int | None = None
    may_come_later: bool = True


class After(StrEnum):
    """What may follow an interrupt."""

    STOP = "stop"
    GO_ON = "go on"


@dataclass(frozen=True)
class Interrupt:
    """A page that comes before any more is asked, as soon as `when` is true.

    `say` is Markdown with {facts}.
    """

    name: str
    when: Condition
    title: str
    say: str
    then: After
    counts_as: str


@dataclass(frozen=True)
class WorkedOut:
    """A fact computed from others: by a formula, or by a calculator registered in code and given named facts."""

    name: str
    formula: Formula | None = None
    calculator: str | None = None
    given: tuple[str, ...] = ()


@dataclass(frozen=True)
class Declaration:
    """What the customer declares before sending."""

    say: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """All a service asks. Sections and questions are in the order in which they are put."""

    sections: tuple[Section, ...]
    evidence: Mapping[str, EvidenceKind] = field(default_factory=dict)
    interrupts: tuple[Interrupt, ...] = ()
    works_out: tuple[WorkedOut, ...] = ()
    declaration: Declaration | None = None

    def question(self, question_id: str) -> Question:
        """The question of this id. Raises KeyError where the form has none."""
        for section in self.sections:
            for question in section.questions:
                if question.id == question_id:
                    return question
        raise KeyError(question_id)
