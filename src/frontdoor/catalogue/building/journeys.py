"""The journey of a pack."""

from __future__ import annotations

from collections.abc import Mapping

from frontdoor.catalogue.building.compiling import Compiler
from frontdoor.catalogue.building.forms import question_of
from frontdoor.catalogue.draft import Draft
from frontdoor.catalogue.faults import did_you_mean, one_of
from frontdoor.catalogue.reading import Path
from frontdoor.catalogue.schema.journey import IssueShape, MoveShape, PromiseShape, StateShape
from frontdoor.forms.definition import Question, QuestionType
from frontdoor.journeys.definition import (
    After,
    Effect,
    Issue,
    Journey,
    Move,
    Promise,
    Reminder,
    State,
    TaskKind,
    Verb,
)


def journey_of(draft: Draft, compiler: Compiler) -> Journey:
    """The journey; what cannot be compiled is a fault and left out."""
    shape = draft.journey
    return Journey(
        starts_at=shape.starts_at,
        states={name: _state(name, each) for name, each in shape.states.items()},
        moves={name: _move(draft, compiler, name, each) for name, each in shape.moves.items()},
        promises={name: _promise(name, each) for name, each in shape.promises.items()},
        issues={name: _issue(name, each) for name, each in shape.issues.items()},
        tasks={
            name: TaskKind(name, each.label, each.team, each.within) for name, each in shape.tasks.items()
        },
    )


def staff_questions_of(draft: Draft, compiler: Compiler) -> Mapping[str, tuple[Question, ...]]:
    """What each move asks of the person who makes it, by the move's name."""
    return {
        name: tuple(
            question_of(
                compiler, draft.fact_names, ("moves", name, "asks", question_id), question_id, question
            )
            for question_id, question in move.asks.items()
        )
        for name, move in draft.journey.moves.items()
        if move.asks
    }


def _state(name: str, shape: StateShape) -> State:
    return State(
        name=name,
        staff=shape.staff,
        customer=shape.customer,
        next=shape.next,
        waits_for=shape.waits_for,
        promise=shape.promise,
        update=shape.update,
        stops_clock=shape.clock == "stopped",
        reminders=tuple(Reminder(each.after, each.update) for each in shape.remind),
        after=After(shape.after.wait, shape.after.move) if shape.after else None,
        ends_as=shape.ends_as,
        task=shape.task,
        asks_how_it_went=shape.survey,
    )


def _move(draft: Draft, compiler: Compiler, name: str, shape: MoveShape) -> Move:
    path: Path = ("moves", name)
    return Move(
        name=name,
        label=shape.label or name[:1].upper() + name[1:],
        sources=frozenset(shape.from_),
        to=shape.to,
        by=frozenset(shape.by),
        when=compiler.condition(shape.when, (*path, "when"), draft.fact_names),
        asks=_must_be_answered(shape),
        wants=frozenset(shape.wants),
        decides=shape.decides,
        confirms=shape.confirms,
        does=_effects(compiler, (*path, "does"), shape),
        update=shape.update,
    )


def _must_be_answered(shape: MoveShape) -> tuple[str, ...]:
    """The questions without which the move cannot be made, whatever the other answers are."""
    return tuple(
        name
        for name, question in shape.asks.items()
        if not question.optional and question.when is None and question.type is not QuestionType.FILES
    )


def _effects(compiler: Compiler, path: Path, shape: MoveShape) -> tuple[Effect, ...]:
    built = []
    for index, words in enumerate(shape.does):
        verb = verb_of(words)
        if verb is None:
            known = [verb.value for verb in Verb]
            mend = did_you_mean(" ".join(words.split()[:2]), known) or one_of(known)
            compiler.source.fault((*path, index), f'"{words}" is not a thing a move can do', mend)
            continue
        built.append(Effect(verb, words.removeprefix(verb.value).strip()))
    return tuple(built)


def verb_of(words: str) -> Verb | None:
    """The verb of `keep promise decide`; None where it is none, or its object is missing."""
    for verb in Verb:
        if words.startswith(f"{verb.value} ") or (words == verb.value and verb is Verb.REFUND_PAYMENT):
            return verb
    return None


def _promise(name: str, shape: PromiseShape) -> Promise:
    several = shape.within if isinstance(shape.within, dict) else {}
    single = None if isinstance(shape.within, dict) else shape.within
    return Promise(
        name=name,
        says=shape.says,
        within=single,
        by=shape.by,
        within_by=several,
        warn=shape.warn,
        missed_update=shape.missed,
        cut_off=shape.cut_off,
        extend=shape.extend,
    )


def _issue(name: str, shape: IssueShape) -> Issue:
    remind = shape.remind
    return Issue(
        name=name,
        kind=shape.kind,
        number=shape.number,
        starts=shape.starts,
        expires=shape.expires,
        amount=shape.amount,
        remind_before=remind.before if remind else None,
        remind_update=remind.update if remind else None,
    )
