"""examples.yaml: answers to questions that exist, options that exist, results that the rules can come to."""

from __future__ import annotations

from collections.abc import Iterable

from frontdoor.catalogue.draft import Draft
from frontdoor.catalogue.meaning.naming import must_exist
from frontdoor.catalogue.reading import Path, Source
from frontdoor.catalogue.schema.form import QuestionShape
from frontdoor.catalogue.schema.texts import ExampleShape, ExpectShape
from frontdoor.kernel.facts import Json

NOT_OURS = "not ours"


def check_examples(draft: Draft) -> None:
    """Notes the faults of examples.yaml; whether the results are right is for `examples.run_examples`."""
    source = draft.sources["examples.yaml"]
    for name, example in draft.examples.people.items():
        _check_example(draft, source, ("people", name), example)
    for index, saying in enumerate(draft.examples.says):
        for enquiry in saying.values():
            _check_saying(draft, source, ("says", index), enquiry)


def _check_example(draft: Draft, source: Source, path: Path, example: ExampleShape) -> None:
    asked = {name: question for _, name, question in draft.questions()}
    for name, answer in example.answers.items():
        where = (*path, "answers", name)
        if must_exist(source, where, name, asked, what="question"):
            _check_answer(source, where, asked[name], answer)
    for name, answer in example.facts.items():
        where = (*path, "facts", name)
        must_exist(source, where, name, sorted(draft.template_names), what="fact")
        if name in draft.question_by_id:
            _check_answer(source, where, draft.question_by_id[name], answer)
    for key, kinds in (
        ("evidence", example.evidence),
        ("evidence sent", example.evidence_sent),
        ("evidence rejected", example.evidence_rejected),
    ):
        _all_exist(source, (*path, key), kinds, draft.form.evidence, what="evidence")
    _check_expected(draft, source, (*path, "expect"), example.expect)


def _check_answer(source: Source, path: Path, question: QuestionShape, answer: Json) -> None:
    if not question.options:
        return
    options = {str(option) for option in question.options}
    for each in answer if isinstance(answer, list | tuple) else [answer]:
        if str(each) not in options:
            must_exist(source, path, str(each), options, what="option of this question")


def _check_expected(draft: Draft, source: Source, path: Path, expect: ExpectShape) -> None:
    criteria = [
        name for _, rules in draft.rule_sets() for group in rules.groups.values() for name in group.criteria
    ]
    outcomes = [name for _, rules in draft.rule_sets() for name in rules.outcomes]
    must_exist(source, (*path, "outcome"), expect.outcome, outcomes, what="outcome")
    must_exist(source, (*path, "interrupt"), expect.interrupt, draft.form.interrupts, what="interrupt")
    for key, names in (
        ("because", expect.because),
        ("met", expect.met),
        ("not met", expect.not_met),
        ("not known", expect.not_known),
    ):
        _all_exist(source, (*path, key), names or (), criteria, what="criterion")
    _all_exist(source, (*path, "asks for"), expect.asks_for or (), draft.form.evidence, what="evidence")
    _all_exist(
        source, (*path, "values"), expect.values or (), sorted(draft.template_names), what="value or fact"
    )


def _all_exist(source: Source, path: Path, names: Iterable[str], known: Iterable[str], *, what: str) -> None:
    words = list(known)
    for name in names:
        must_exist(source, path, name, words, what=what)


def _check_saying(draft: Draft, source: Source, path: Path, enquiry: str) -> None:
    """A saying is about an enquiry of this service, of another, or not the council's."""
    service, _, name = enquiry.partition("/")
    if service == draft.service.service:
        must_exist(source, path, name, draft.service.enquiries, what="enquiry")
    elif not name and not enquiry.startswith(NOT_OURS):
        problem = f'"{enquiry}" is neither an enquiry nor not ours'
        source.fault(path, problem, f"Write {draft.service.service}/NAME, or {NOT_OURS}.")
