"""Updates and articles: names in braces, updates that nobody sends, restricted services that say too much."""

from __future__ import annotations

import re

from frontdoor.catalogue.draft import Draft
from frontdoor.catalogue.faults import Fault
from frontdoor.catalogue.meaning.forms import check_says_no_caution, check_template, unknown_word
from frontdoor.catalogue.meaning.naming import must_exist
from frontdoor.catalogue.schema.service import Sensitivity
from frontdoor.catalogue.templates import names_in, stray_brace
from frontdoor.journeys.definition import Verb, WaitsFor

PLATFORM_UPDATES = ("appointment reminder",)
"""Updates that the platform sends by name, where a pack has them."""


def check_texts(draft: Draft) -> None:
    """Notes the faults of updates and articles."""
    used = _updates_used(draft)
    for name, text in draft.updates.items():
        for key, words in (("subject", text.shape.subject), ("text", text.shape.text)):
            check_template(text.source, (key,), words, draft.template_names)
            check_says_no_caution(draft, text.source, (key,), words)
        _check_body(text.source.file, text.source.faults, text.body, text.body_line, draft.template_names)
        for number, line in enumerate(text.body.split("\n"), start=text.body_line):
            check_says_no_caution(draft, text.source, (), line, number)
        if name not in used:
            text.source.fault(
                ("name",), f'nothing sends the update "{name}"', "Name it in journey.yaml, or remove it."
            )
        if draft.service.sensitivity is Sensitivity.RESTRICTED:
            _check_says_nothing(draft, name)
        if text.shape.unless is not None:
            _check_may_be_held_back(draft, name)
    for text_ in draft.articles.values():
        must_exist(text_.source, ("enquiry",), text_.shape.enquiry, draft.service.enquiries, what="enquiry")
        _check_body(text_.source.file, text_.source.faults, text_.body, text_.body_line, draft.form_names)


def _updates_used(draft: Draft) -> set[str]:
    shape = draft.journey
    used = {state.update for state in shape.states.values()} | {move.update for move in shape.moves.values()}
    used |= {reminder.update for state in shape.states.values() for reminder in state.remind}
    used |= {promise.missed for promise in shape.promises.values()}
    used |= {issue.remind.update for issue in shape.issues.values() if issue.remind}
    told = (effect for move in shape.moves.values() for effect in move.does)
    used |= {
        effect.removeprefix(Verb.TELL_FOLLOWERS).strip()
        for effect in told
        if effect.startswith(Verb.TELL_FOLLOWERS)
    }
    return {name for name in used if name} | set(PLATFORM_UPDATES)


def _check_may_be_held_back(draft: Draft, update: str) -> None:
    """The acknowledgement, the end and what we ask of a customer reach everybody: nobody can choose not to know them."""
    entered = {move.to for move in draft.journey.moves.values() if move.update == update}
    told = {
        name: state
        for name, state in draft.journey.states.items()
        if name in entered or update in (state.update, *(reminder.update for reminder in state.remind))
    }
    for name, state in told.items():
        if state.ends_as:
            why = f'it tells the customer how the case ended ("{name}")'
        elif name == draft.journey.starts_at:
            why = f'it tells the customer that we have the case ("{name}")'
        elif state.waits_for is WaitsFor.CUSTOMER:
            why = f'it asks the customer for something ("{name}")'
        else:
            continue
        problem = f'the update "{update}" cannot be held back: {why}'
        draft.updates[update].source.fault(("unless",), problem, "Take `unless:` out.")
        return


def _check_body(file: str, faults: list[Fault], body: str, first_line: int, names: frozenset[str]) -> None:
    for number, line in enumerate(body.split("\n"), start=first_line):
        if (stray := stray_brace(line)) is not None:
            problem = f'a brace near "{stray}" does not hold a name'
            faults.append(Fault(file, number, "", problem, "Write {name}, or take the brace out."))
        unknown = [name for name in names_in(line) if name not in names]
        faults += [Fault(file, number, "", *unknown_word(name, names)) for name in unknown]


def _check_says_nothing(draft: Draft, update: str) -> None:
    """A subject or a text message is read on locked screens: a restricted service is not named there."""
    text = draft.updates[update]
    words = {"subject": text.shape.subject, "text": text.shape.text}
    for key, each in words.items():
        names_service = re.search(re.escape(draft.service.name), each, re.IGNORECASE)
        if names_service or "service" in names_in(each):
            problem = "a restricted service is named where others may read it"
            text.source.fault((key,), problem, "Use neutral words, such as: We have news for you.")
