"""docs/packs/*.md: a page for each pack, with all it asks, weighs, promises and says, and a picture of its journey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from frontdoor.catalogue.draft import BUILT_IN
from frontdoor.catalogue.expressions import to_words
from frontdoor.catalogue.pack import Catalogue, Pack, Service
from frontdoor.catalogue.reference.tables import code, table
from frontdoor.decisions.definition import Criterion, RuleSet
from frontdoor.forms.definition import Question
from frontdoor.journeys.definition import Journey, Move, Promise, State
from frontdoor.journeys.drawing import as_mermaid
from frontdoor.kernel.conditions import Condition
from frontdoor.kernel.factnames import fact_name
from frontdoor.kernel.workingdays import in_words

FOLDER = "docs/packs"


def pack_files(catalogue: Catalogue) -> Mapping[str, str]:
    """The text of every page by its path in the checkout, and of the page that lists them."""
    pages = {f"{FOLDER}/{pack.id}.md": pack_page(pack) for pack in catalogue}
    return {f"{FOLDER}/README.md": _list_page(catalogue), **pages}


def pack_page(pack: Pack) -> str:
    """The reference page of a pack."""
    parts = (_head, _form, _decision, _journey, _words, _examples)
    return "\n".join(line for part in parts for line in part(pack)).rstrip() + "\n"


def _list_page(catalogue: Catalogue) -> str:
    rows = [
        (f"[{pack.service.name}]({pack.id}.md)", pack.service.summary, pack.service.owner, _count(pack))
        for pack in catalogue
    ]
    lines = ["# The services", "", "Written from the packs by `./run generate`."]
    return "\n".join([*lines, *table(["service", "what it is", "owner", "example people"], rows)]) + "\n"


def _count(pack: Pack) -> str:
    return str(len(pack.examples))


def _head(pack: Pack) -> Iterator[str]:
    service = pack.service
    yield from (
        f"# {service.name}",
        "",
        service.summary,
        "",
        f"Written from `packs/{pack.id}` by `./run generate`.",
    )
    yield from table(
        ["", ""],
        [
            ("kind of case", service.kind),
            ("references", f"{service.reference}-…"),
            ("owner", service.owner),
            ("LGSL", str(service.lgsl or "")),
            ("provided by", service.provided_by),
            ("sensitivity", service.sensitivity),
            ("channels", ", ".join(service.channels)),
            ("phone appointments", _phone_appointments(service)),
            (
                "windows",
                ", ".join(
                    f"{name.replace('_', ' ')} {each.days} days" for name, each in service.windows.items()
                ),
            ),
            ("kept", "; ".join(f"{what}: {in_words(span)}" for what, span in service.retention.items())),
        ],
    )
    if service.lines:
        yield from ("", "## Told apart in the figures")
        yield from table(["line", "cases where"], [(n, _when(each)) for n, each in service.lines.items()])
    yield from ("", "## What people contact us about")
    rows = [(name, each.title, each.article or each.starts) for name, each in service.enquiries.items()]
    yield from table(["enquiry", "title", "starts"], rows)


def _phone_appointments(service: Service) -> str:
    calls = service.phone_appointments
    if calls is None:
        return "none"
    skills = ", ".join(service.skills)
    return (
        f"{calls.minutes} minutes, from {in_words(calls.notice)} to {in_words(calls.ahead)} ahead, by somebody with: "
        f"{skills}; missed after {calls.tries} tries"
    )


def _form(pack: Pack) -> Iterator[str]:
    yield from ("", "## What is asked")
    for section in pack.form.sections:
        yield from ("", f"### {section.title}")
        if section.when:
            yield from ("", f"Only when {_when(section.when)}.")
        yield from table(["question", "", "type", "when", "answers"], map(_question_row, section.questions))
    if pack.form.works_out:
        yield from ("", "### Worked out")
        yield from table(
            ["fact", "from"],
            [
                (
                    code(each.name),
                    code(each.formula.text) if each.formula else _calculated(each.calculator, each.given),
                )
                for each in pack.form.works_out
            ],
        )
    yield from ("", "### Evidence")
    rows = [(name, each.title, _when(each.when)) for name, each in pack.form.evidence.items()]
    yield from table(["evidence", "", "asked for when"], rows)
    if pack.form.interrupts:
        yield from ("", "### What comes before any more is asked")
        yield from table(
            ["interrupt", "", "when", "then", "counts as"],
            [
                (each.name, each.title, _when(each.when), each.then, each.counts_as)
                for each in pack.form.interrupts
            ],
        )


def _question_row(question: Question) -> tuple[str, ...]:
    options = ", ".join(f"{option.label} ({code(str(option.value))})" for option in question.options)
    optional = " (optional)" if question.is_optional else ""
    return code(question.id), f"{question.ask}{optional}", question.type, _when(question.when), options


def _calculated(calculator: str | None, given: tuple[str, ...]) -> str:
    return f"{calculator}, from {', '.join(map(code, given))}"


def _when(condition: Condition | None, names: Mapping[str, str] | None = None) -> str:
    return code(to_words(condition.text, names=names)) if condition else ""


def _decision(pack: Pack) -> Iterator[str]:
    for rules in pack.rules:
        until = f" to {rules.ends_on}" if rules.ends_on else ""
        yield from ("", f"## How it is decided, from {rules.starts_on}{until}")
        yield from ("", f"Automation: {rules.automation}.")
        yield from _criteria(rules)
        yield from ("", "### Outcomes", "", "The first that holds:")
        names = _sheet_names(rules)
        rows = [
            (each.name, _when(each.when, names) or "otherwise", each.says, each.move or "")
            for each in rules.outcomes
        ]
        yield from table(["outcome", "when", "", "move"], rows)
        yield from _reasons_and_values(rules)


def _sheet_names(rules: RuleSet) -> dict[str, str]:
    """Groups and criteria by the names that conditions of outcomes have for them."""
    groups = [group.name for group in rules.groups]
    criteria = [criterion.name for group in rules.groups for criterion in group.criteria]
    return {fact_name(name): name for name in (*BUILT_IN, *criteria, *groups)}


def _criteria(rules: RuleSet) -> Iterator[str]:
    for group in rules.groups:
        yield from ("", f"### {group.name[:1].upper()}{group.name[1:]} ({group.needs} of these)")
        yield from table(["criterion", "when", "proved by", "source"], map(_criterion_row, group.criteria))


def _criterion_row(criterion: Criterion) -> tuple[str, ...]:
    return criterion.name, _when(criterion.when), ", ".join(criterion.proved_by), criterion.source


def _reasons_and_values(rules: RuleSet) -> Iterator[str]:
    if rules.reasons:
        yield from ("", "### Reasons an officer may give")
        rows = [(each.name, each.say, ", ".join(each.about)) for each in rules.reasons.values()]
        yield from table(["reason", "words in the letter", "about"], rows)
    if rules.values:
        yield from ("", "### Values")
        yield from table(
            ["value", "from", "is"],
            [
                (code(name), str(dated.starts_on), str(dated.value))
                for name, versions in rules.values.items()
                for dated in versions
            ],
        )
    if rules.computes:
        yield from ("", "### Worked out when it is decided")
        formulas = [(code(name), code(formula.text)) for name, formula in rules.computes.items()]
        yield from table(["fact", "from"], formulas)
    if rules.review:
        asked, answered = rules.review.ask_within_days, rules.review.answer_within_days
        yield from (
            "",
            f"Review: {rules.review.called}, asked for within {asked} days, answered within {answered}.",
        )


def _journey(pack: Pack) -> Iterator[str]:
    journey = pack.journey
    yield from ("", "## The life of a case", "", "```mermaid", as_mermaid(journey=journey).strip(), "```")
    yield from ("", "### Promises")
    yield from table(["promise", "within", "words"], map(_promise_row, journey.promises.values()))
    yield from ("", "### States")
    yield from table(
        ["state", "the customer reads", "what happens next", "waits for", "update"],
        map(_state_row, journey.states.values()),
    )
    yield from ("", "### Moves")
    yield from table(
        ["move", "from", "to", "by", "when", "does"],
        (_move_row(journey, each) for each in journey.moves.values()),
    )


def _promise_row(promise: Promise) -> tuple[str, ...]:
    several = "; ".join(f"{value}: {in_words(span)}" for value, span in promise.within_by.items())
    return promise.name, in_words(promise.within) if promise.within else several, promise.says


def _state_row(state: State) -> tuple[str, ...]:
    ends = f" (end: {state.ends_as})" if state.ends_as else ""
    return f"{state.name}{ends}", state.customer, state.next, state.waits_for, state.update or ""


def _move_row(journey: Journey, move: Move) -> tuple[str, ...]:
    sources = [name for name in journey.states if name in move.sources]
    does = ", ".join(f"{effect.verb} {effect.what}".strip() for effect in move.does)
    by = ", ".join(sorted(move.by))
    return move.name, ", ".join(sources), move.to or "stays", by, _when(move.when), does


def _words(pack: Pack) -> Iterator[str]:
    yield from ("", "## What is sent")
    updates = [(each.name, each.subject, _when(each.unless)) for each in pack.updates.values()]
    yield from table(["update", "subject", "not sent where"], updates)
    yield from ("", "## What can be read")
    rows = [(each.title, each.reader, str(each.review_by), each.source) for each in pack.articles.values()]
    yield from table(["article", "for", "review by", "source"], rows)


def _examples(pack: Pack) -> Iterator[str]:
    yield from (
        "",
        "## Example people",
        "",
        f"`./run explain {pack.id} NAME` prints the decision sheet of one.",
    )
    yield from table(
        ["name", "comes to"], [(each.name, _outcome(each.expect.outcome)) for each in pack.examples]
    )


def _outcome(name: str | None) -> str:
    return name or ""
