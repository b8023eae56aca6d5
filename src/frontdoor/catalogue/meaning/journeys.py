"""journey.yaml: states, moves, promises, updates, tasks and things issued that exist; and no dead end."""

from __future__ import annotations

import re

from frontdoor.catalogue.building.journeys import verb_of
from frontdoor.catalogue.draft import RECORDS, Draft
from frontdoor.catalogue.meaning.forms import check_staff_question
from frontdoor.catalogue.meaning.naming import must_exist
from frontdoor.catalogue.numbers import NUMBERS
from frontdoor.catalogue.reading import Path, Source
from frontdoor.catalogue.schema.journey import MoveShape, StateShape
from frontdoor.catalogue.schema.words import FACT
from frontdoor.journeys.checks import faults
from frontdoor.journeys.definition import Journey, Verb

TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_journey(draft: Draft, journey: Journey) -> None:
    """Notes the faults of journey.yaml."""
    source, shape = draft.sources["journey.yaml"], draft.journey
    must_exist(source, ("starts at",), shape.starts_at, shape.states, what="state")
    for name, state in shape.states.items():
        _check_state(draft, source, ("states", name), state)
    for name, move in shape.moves.items():
        _check_move(draft, source, ("moves", name), move)
    for path, name, question in draft.staff_questions():
        check_staff_question(draft, source, path, name, question)
    _check_promises(draft, source)
    _check_issues(draft, source)
    if not source.faults:
        outcomes = {name for _, rules in draft.rule_sets() for name in rules.outcomes}
        for where, problem, mend in faults(journey=journey, outcomes=outcomes):
            source.fault(_path_of(where, source), problem, mend)


def _check_state(draft: Draft, source: Source, path: Path, state: StateShape) -> None:
    shape = draft.journey
    must_exist(source, (*path, "promise"), state.promise, shape.promises, what="promise")
    must_exist(source, (*path, "task"), state.task, shape.tasks, what="task")
    must_exist(source, (*path, "update"), state.update, draft.updates, what="update")
    for index, reminder in enumerate(state.remind):
        must_exist(source, (*path, "remind", index, "update"), reminder.update, draft.updates, what="update")
    if state.after is not None:
        where = (*path, "after", "move")
        if must_exist(source, where, state.after.move, shape.moves, what="move"):
            _check_after(draft, source, where, path[-1], state.after.move)


def _check_after(draft: Draft, source: Source, where: Path, state: object, move_name: str) -> None:
    move = draft.journey.moves[move_name]
    if "system" not in move.by:
        problem = f'the system makes the move "{move_name}" after a while, but is not allowed to'
        source.fault(
            where,
            problem,
            f"Add `system` to `by:` of the move (line {source.line_of(('moves', move_name))}).",
        )
    if state not in move.from_:
        source.fault(
            where, f'the move "{move_name}" does not start from here', "Add this state to its `from:`."
        )


def _check_move(draft: Draft, source: Source, path: Path, move: MoveShape) -> None:
    shape = draft.journey
    for index, state in enumerate(move.from_):
        must_exist(source, (*path, "from", index), state, shape.states, what="state")
    must_exist(source, (*path, "to"), move.to, shape.states, what="state")
    must_exist(source, (*path, "update"), move.update, draft.updates, what="update")
    for index, effect in enumerate(move.does):
        _check_effect(draft, source, (*path, "does", index), effect)


def _check_effect(draft: Draft, source: Source, path: Path, effect: str) -> None:
    verb = verb_of(effect)
    if verb is None or effect == verb.value:
        return
    what = effect.removeprefix(verb.value).strip()
    if verb is Verb.RECORD:
        if not FACT.fullmatch(what):
            problem = f'"{what}" is not a name that conditions can use'
            source.fault(path, problem, f"Use small letters, digits and _: `{RECORDS}inspected_at`.")
        return
    promised = draft.journey.promises
    known = {
        Verb.MAKE_PROMISE: (promised, "promise"),
        Verb.KEEP_PROMISE: (promised, "promise"),
        Verb.DROP_PROMISE: (promised, "promise"),
        Verb.ASK_FOR_PAYMENT: (sorted(draft.fact_names), "value or fact"),
        Verb.REFUND_PAYMENT: (sorted(draft.fact_names), "value or fact"),
        Verb.ISSUE: (draft.journey.issues, "thing to issue"),
        Verb.CANCEL: (draft.journey.issues, "thing to issue"),
        Verb.TELL_FOLLOWERS: (draft.updates, "update"),
        Verb.LINK_TO: (sorted(draft.fact_names), "fact"),
        Verb.MOVE_LINKED: (draft.journey.moves, "move"),
        Verb.OPEN_TASK: (draft.journey.tasks, "task"),
        Verb.BOOK: (draft.journey.tasks, "task"),
    }
    names, kind = known[verb]
    must_exist(source, path, what, names, what=kind)


def _check_promises(draft: Draft, source: Source) -> None:
    for name, promise in draft.journey.promises.items():
        path: Path = ("promises", name)
        must_exist(source, (*path, "missed"), promise.missed, draft.updates, what="update")
        _check_cut_off(draft, source, (*path, "cut off"), promise.cut_off)
        if not must_exist(source, (*path, "by"), promise.by, sorted(draft.fact_names), what="fact"):
            continue
        question = draft.question_by_id.get(promise.by or "")
        if question is not None and question.options and isinstance(promise.within, dict):
            options = [str(option) for option in question.options]
            for value in promise.within:
                must_exist(source, (*path, "within", value), value, options, what=f'option of "{promise.by}"')
            for option in sorted(set(options) - set(promise.within)):
                source.fault(
                    (*path, "within"), f'nothing is promised for "{option}"', f"Add a line `{option}:`."
                )


def _check_cut_off(draft: Draft, source: Source, path: Path, name: str | None) -> None:
    """The time of day after which what comes counts for the next working day is a dated value of decision.yaml."""
    dated = [rules.values[name] for _, rules in draft.rule_sets() if name in rules.values] if name else []
    if name and not dated:
        values = sorted({value for _, rules in draft.rule_sets() for value in rules.values})
        must_exist(source, path, name, values, what="dated value")
    for version in (each for versions in dated for each in versions):
        if not isinstance(version.value, str) or not TIME_OF_DAY.fullmatch(version.value):
            problem = f'"{version.value}" is not a time of day'
            source.fault(path, problem, f'Write `"17:00"` as the value of {name} in decision.yaml.')


def _check_issues(draft: Draft, source: Source) -> None:
    for name, issue in draft.journey.issues.items():
        path: Path = ("issues", name)
        must_exist(source, (*path, "number"), issue.number, NUMBERS, what="number format")
        for key, fact in (("starts", issue.starts), ("expires", issue.expires), ("amount", issue.amount)):
            must_exist(source, (*path, key), fact, sorted(draft.fact_names), what="fact")
        if issue.remind:
            must_exist(source, (*path, "remind", "update"), issue.remind.update, draft.updates, what="update")


def _path_of(where: str, source: Source) -> Path:
    """The path in the file of what the engine calls `moves.ask for evidence.to`; the nearest that is written there."""
    path: Path = ()
    for part in where.split("."):
        if (*path, part) not in source.lines:
            break
        path = (*path, part)
    return path
