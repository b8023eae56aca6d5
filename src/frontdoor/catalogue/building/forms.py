"""The form of a pack, and the questions that moves ask of staff."""

from __future__ import annotations

from collections.abc import Collection

from frontdoor.catalogue.building.compiling import Compiler
from frontdoor.catalogue.draft import Draft
from frontdoor.catalogue.reading import Path
from frontdoor.catalogue.schema.form import (
    EvidenceShape,
    OptionShape,
    QuestionShape,
    SectionShape,
    WorkedOutShape,
)
from frontdoor.forms.definition import (
    Check,
    Declaration,
    EvidenceKind,
    Form,
    Interrupt,
    Option,
    Question,
    QuestionType,
    Section,
    WorkedOut,
)
from frontdoor.kernel.workingdays import Within


def form_of(draft: Draft, compiler: Compiler) -> Form:
    """The form; what cannot be compiled is a fault and left out."""
    shape, names = draft.form, draft.form_names
    return Form(
        sections=tuple(_section(compiler, names, name, each) for name, each in shape.sections.items()),
        evidence={name: _evidence(compiler, names, name, each) for name, each in shape.evidence.items()},
        interrupts=_interrupts(draft, compiler),
        works_out=tuple(
            _worked_out(compiler, draft.fact_names, name, each) for name, each in shape.works_out.items()
        ),
        declaration=Declaration(shape.declaration.say, shape.declaration.points)
        if shape.declaration
        else None,
    )


def question_of(
    compiler: Compiler, names: Collection[str], path: Path, question_id: str, shape: QuestionShape
) -> Question:
    """A question. Its own answer may be read by its checks."""
    own = {*names, question_id}
    checks = [
        Check(when, check.otherwise)
        for index, check in enumerate(shape.checks)
        if (when := compiler.condition(check.when, (*path, "checks", index, "when"), own))
    ]
    return Question(
        id=question_id,
        type=shape.type,
        ask=shape.ask,
        say=shape.say,
        hint=shape.hint,
        when=compiler.condition(shape.when, (*path, "when"), names),
        options=tuple(_option(value, option, shape.type) for value, option in shape.options.items()),
        checks=tuple(checks),
        is_optional=shape.optional,
        evidence=shape.evidence,
        least=shape.least,
        most=shape.most,
        unit=shape.unit,
        prefix=shape.prefix,
        autocomplete=shape.autocomplete,
        called=shape.called,
        is_contact_caution=shape.contact_caution,
    )


def _section(compiler: Compiler, names: Collection[str], section_id: str, shape: SectionShape) -> Section:
    path: Path = ("sections", section_id)
    questions = tuple(
        question_of(compiler, names, (*path, "questions", question_id), question_id, question)
        for question_id, question in shape.questions.items()
    )
    return Section(section_id, shape.title, questions, compiler.condition(shape.when, (*path, "when"), names))


def _option(value: str | int, shape: OptionShape, kind: QuestionType) -> Option:
    plain = int(value) if isinstance(value, str) and value.isdigit() and str(int(value)) == value else value
    return Option(plain, shape.label, shape.hint, shape.unknown, shape.group)


def _evidence(compiler: Compiler, names: Collection[str], kind: str, shape: EvidenceShape) -> EvidenceKind:
    return EvidenceKind(
        name=kind,
        title=shape.name,
        ask=shape.ask,
        when=compiler.condition(shape.when, ("evidence", kind, "when"), names),
        accepts=frozenset(shape.accepts),
        no_older_than=_in_days(shape.no_older_than),
        may_come_later=shape.later,
    )


def _in_days(within: Within | None) -> int | None:
    """A span in calendar days, generously: a month is as long as the longest run of that many months."""
    if within is None:
        return None
    if within.unit == "months":
        return within.value // 12 * 366 + within.value % 12 * 31
    return within.value * {"weeks": 7, "calendar days": 1, "working days": 2}.get(within.unit, 1)


def _interrupts(draft: Draft, compiler: Compiler) -> tuple[Interrupt, ...]:
    return tuple(
        Interrupt(name, when, each.title, each.say, each.then, each.counts_as)
        for name, each in draft.form.interrupts.items()
        if (when := compiler.condition(each.when, ("interrupts", name, "when"), draft.form_names))
    )


def _worked_out(compiler: Compiler, names: Collection[str], name: str, shape: WorkedOutShape) -> WorkedOut:
    path: Path = ("works out", name, "formula")
    formula = compiler.formula(shape.formula, path, names) if shape.formula else None
    return WorkedOut(name, formula, shape.calculator, shape.from_)
