"""What to ask next: the questions that apply, one a page, what is still to come and what must come between.

Every function takes the same four: the form, the answers so far, the given facts and the calculators. Whoever
has the facts of these answers already may hand them in as `facts`, so that they are not worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from frontdoor.forms.definition import After, EvidenceKind, Form, Interrupt, Question, QuestionType, Section
from frontdoor.forms.facts import Calculators, Facts, facts_of, weigh
from frontdoor.kernel.conditions import Truth
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.facts import Json


class PageState(StrEnum):
    """How far a page has come."""

    ANSWERED = "answered"
    TO_ASK = "to ask"
    FAULTY = "faulty"


class SectionStatus(StrEnum):
    """The statuses of a task list, in the words it shows."""

    COMPLETED = "Completed"
    INCOMPLETE = "Incomplete"
    CANNOT_START = "Cannot start yet"


@dataclass(frozen=True)
class Page:
    """One question that applies, with its answer so far, and what is wrong with it where something is."""

    section: Section
    question: Question
    state: PageState
    answer: Json = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionDone:
    """A line of the task list: `answered` of `of` questions that are known to apply."""

    section: Section
    status: SectionStatus
    answered: int
    of: int


def pages(
    *,
    form: Form,
    answers: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    facts: Facts | None = None,
) -> list[Page]:
    """The questions known to apply, in the order of the form.

    A question whose `when` is not known is not asked yet.
    """
    known = facts or facts_of(form=form, answers=answers, given=given, calculators=calculators)
    return [
        _page(section, question, answers, known)
        for section in form.sections
        for question in section.questions
        if question.id in known.asked
    ]


def next_page(
    *,
    form: Form,
    answers: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    facts: Facts | None = None,
) -> Page | None:
    """The first page that still needs an answer; None when all is asked and it is time to check the answers."""
    open_pages = missing(form=form, answers=answers, given=given, calculators=calculators, facts=facts)
    return open_pages[0] if open_pages else None


def previous(
    *,
    form: Form,
    answers: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    before: str,
    facts: Facts | None = None,
) -> Page | None:
    """The page that comes before the question `before`, for the back link; None at the first one."""
    ahead = pages(form=form, answers=answers, given=given, calculators=calculators, facts=facts)
    order = {question.id: n for n, question in enumerate(questions(form))}
    earlier = [page for page in ahead if order[page.question.id] < order.get(before, 0)]
    return earlier[-1] if earlier else None


def missing(
    *,
    form: Form,
    answers: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    facts: Facts | None = None,
) -> list[Page]:
    """The pages that are to be asked, or whose answer does not pass its checks."""
    every = pages(form=form, answers=answers, given=given, calculators=calculators, facts=facts)
    return [page for page in every if page.state is not PageState.ANSWERED]


def is_complete(
    *,
    form: Form,
    answers: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    facts: Facts | None = None,
) -> bool:
    """Whether every question that applies has an answer that passes its checks."""
    return not missing(form=form, answers=answers, given=given, calculators=calculators, facts=facts)


def sections_done(
    *,
    form: Form,
    answers: Mapping[str, Json],
    given: Mapping[str, Json],
    calculators: Calculators,
    facts: Facts | None = None,
) -> list[SectionDone]:
    """The lines of the task list. Sections that do not apply are left out.

    A section whose questions wait for answers of another cannot start yet; once everything else has been
    answered and they still do not apply, it is left out.
    """
    known = facts or facts_of(form=form, answers=answers, given=given, calculators=calculators)
    every = pages(form=form, answers=answers, given=given, calculators=calculators, facts=known)
    is_asking = any(page.state is not PageState.ANSWERED for page in every)
    done = [
        _section_done(section, [p for p in every if p.section.id == section.id]) for section in form.sections
    ]
    return [each for each in done if each.of or (is_asking and _may_still_apply(each.section, known))]


def interrupt_due(
    *, form: Form, facts: Mapping[str, Json], not_asked: frozenset[str], seen: frozenset[str]
) -> Interrupt | None:
    """The page that comes before any more is asked: the first whose condition is known to be true.

    One after which the customer may go on is shown once (`seen` holds the names of those shown); one that
    stops is due for as long as its condition is true.
    """
    for interrupt in form.interrupts:
        is_past = interrupt.name in seen and interrupt.then is After.GO_ON
        if not is_past and weigh(interrupt.when, facts, not_asked) is Truth.TRUE:
            return interrupt
    return None


def evidence_asked(*, form: Form, facts: Mapping[str, Json], not_asked: frozenset[str]) -> list[EvidenceKind]:
    """The kinds of evidence this customer is asked for: those without a condition, or whose condition is
    true.
    """
    return [kind for kind in form.evidence.values() if weigh(kind.when, facts, not_asked) is Truth.TRUE]


def questions(form: Form) -> list[Question]:
    """Every question of the form, in order, whether it applies or not."""
    return [question for section in form.sections for question in section.questions]


def failed_checks(
    question: Question, facts: Mapping[str, Json], not_asked: frozenset[str]
) -> tuple[str, ...]:
    """What is wrong with an answer, in the pack's words: the checks known to be false."""
    return tuple(
        check.otherwise for check in question.checks if weigh(check.when, facts, not_asked) is Truth.FALSE
    )


def _page(section: Section, question: Question, answers: Mapping[str, Json], facts: Facts) -> Page:
    if not _is_answered(question, answers, facts):
        return Page(section, question, PageState.TO_ASK)
    faults = failed_checks(question, facts.values, facts.not_asked)
    state = PageState.FAULTY if faults else PageState.ANSWERED
    return Page(section, question, state, answers.get(question.id), faults)


def _is_answered(question: Question, answers: Mapping[str, Json], facts: Facts) -> bool:
    """An optional question left empty is answered with None; files are answered once they came, or with a
    promise of them.
    """
    if question.type is QuestionType.FILES and question.evidence:
        return question.id in answers or facts.values.get(f"has_{fact_name(question.evidence)}") is True
    if answers.get(question.id) is None:
        return question.is_optional and question.id in answers
    return True


def _section_done(section: Section, its_pages: list[Page]) -> SectionDone:
    answered = sum(page.state is PageState.ANSWERED for page in its_pages)
    if not its_pages:
        return SectionDone(section, SectionStatus.CANNOT_START, 0, 0)
    status = SectionStatus.COMPLETED if answered == len(its_pages) else SectionStatus.INCOMPLETE
    return SectionDone(section, status, answered, len(its_pages))


def _may_still_apply(section: Section, facts: Facts) -> bool:
    settled = facts.asked | facts.not_asked
    return any(question.id not in settled for question in section.questions)
