"""form.yaml: every name once, calculators and evidence that exist, nothing that depends on itself."""

from __future__ import annotations

from frontdoor.catalogue.calculators import CALCULATORS
from frontdoor.catalogue.draft import GIVEN, Draft
from frontdoor.catalogue.faults import Fault, did_you_mean
from frontdoor.catalogue.meaning.naming import must_exist
from frontdoor.catalogue.reading import Path, Source
from frontdoor.catalogue.schema.form import QuestionShape
from frontdoor.catalogue.templates import names_in, stray_brace
from frontdoor.forms.definition import Form
from frontdoor.forms.facts import circles


def check_form(draft: Draft, form: Form) -> None:
    """Notes the faults of form.yaml."""
    source = draft.sources["form.yaml"]
    _check_names_once(draft, source)
    _check_works_out(draft, source)
    for path, _, question in draft.questions():
        must_exist(source, (*path, "evidence"), question.evidence, draft.form.evidence, what="evidence")
    if not source.faults:
        _check_circles(form, draft, source)
    _check_words(draft, source)


def _check_names_once(draft: Draft, source: Source) -> None:
    seen: dict[str, Path] = {}
    for path, name, _ in draft.questions():
        if name in seen:
            line = source.line_of(seen[name])
            source.fault(path, f'another question is called "{name}" (line {line})', "Give one another name.")
        elif name in GIVEN or name in draft.form.works_out:
            other = "given by the platform" if name in GIVEN else "worked out"
            source.fault(path, f'"{name}" is also {other}', "Give the question another name.")
        seen.setdefault(name, path)


def _check_works_out(draft: Draft, source: Source) -> None:
    for name, each in draft.form.works_out.items():
        path: Path = ("works out", name)
        if name in GIVEN:
            source.fault(path, f'"{name}" is given by the platform', "Give the fact another name.")
        for index, given in enumerate(each.from_):
            must_exist(
                source, (*path, "from", index), given, sorted(draft.fact_names), what="question or fact"
            )
        if each.calculator is None:
            continue
        if must_exist(source, (*path, "calculator"), each.calculator, CALCULATORS, what="calculator"):
            wanted = CALCULATORS[each.calculator].given
            if len(wanted) != len(each.from_):
                problem = (
                    f'"{each.calculator}" is given {", ".join(wanted)}: {len(wanted)}, not {len(each.from_)}'
                )
                source.fault((*path, "from"), problem, "Name that many facts under `from:`.")


def _check_circles(form: Form, draft: Draft, source: Source) -> None:
    where = {name: path for path, name, _ in draft.questions()}
    for circle in circles(form):
        path = where.get(circle[0], ("works out", circle[0]))
        if len(circle) == 1:
            problem = f'"{circle[0]}" depends on itself'
        else:
            problem = f"these depend on one another in a circle: {', '.join(circle)}"
        source.fault(path, problem, "Take one of the conditions out, so that something can be asked first.")


def _check_words(draft: Draft, source: Source) -> None:
    words = {
        ("interrupts", name, key): text
        for name, each in draft.form.interrupts.items()
        for key, text in (("title", each.title), ("say", each.say))
    }
    for path, text in words.items():
        check_template(source, path, text, draft.form_names)


def check_template(source: Source, path: Path, text: str, names: frozenset[str]) -> None:
    """Notes braces that hold no name, and names that do not exist."""
    if (stray := stray_brace(text)) is not None:
        source.fault(
            path, f'a brace near "{stray}" does not hold a name', "Write {name}, or take the brace out."
        )
    for name in names_in(text):
        if name not in names:
            source.fault(path, *unknown_word(name, names))


def check_says_no_caution(
    draft: Draft, source: Source, path: Path, text: str, line: int | None = None
) -> None:
    """Notes names that would say in a message how the customer is reached safely: others may read it."""
    for name in names_in(text):
        if name in draft.contact_cautions:
            problem = f'"{name}" is a contact caution, which only staff may read'
            mend = f"Take {{{name}}} out: others may read the message."
            if line is None:
                source.fault(path, problem, mend)
            else:
                source.faults.append(Fault(source.file, line, "", problem, mend))


def unknown_word(name: str, names: frozenset[str]) -> tuple[str, str]:
    """What to say of a name in braces that does not exist."""
    mend = did_you_mean(name, sorted(names)) or "docs/writing-a-pack.md lists the names that words may use."
    return f'no fact is called "{name}"', mend


def check_staff_question(
    draft: Draft, source: Source, path: Path, name: str, question: QuestionShape
) -> None:
    """Notes the faults of a question that a move asks."""
    if name in GIVEN or name in draft.form.works_out or name in {each for _, each, _ in draft.questions()}:
        source.fault(path, f'"{name}" is already a fact of the form', "Give the question another name.")
    must_exist(source, (*path, "evidence"), question.evidence, draft.form.evidence, what="evidence")
