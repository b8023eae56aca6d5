"""What can be wrong with a journey, found before a case ever runs on it.

Every fault says where, what, and how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, NamedTuple

from frontdoor.journeys.definition import Journey, Move, Mover, State, Verb, WaitsFor

PERSONS: Final = frozenset(Mover) - {Mover.SYSTEM}
REFUSES: Final = re.compile(
    r"\b(?:refus\w*|declin\w*|reject\w*|den(?:y|ied)|not eligible|ineligible|turn\w* down)\b", re.I
)
LOOKS_AGAIN: Final = re.compile(
    r"\b(?:review|re-?open|re-?consider|appeal|look again|correct|replac|renew|cancel|withdraw)", re.I
)


class JourneyFault(NamedTuple):
    """A fault: the key it stands at (`moves.approve.to`), what is wrong, and what to do about it."""

    where: str
    problem: str
    mend: str


def faults(*, journey: Journey, outcomes: Collection[str] | None = None) -> list[JourneyFault]:
    """Every fault of the journey, in the order of the pack; none means that it may be published.

    `outcomes`: the outcomes that the rules may choose (decision.yaml); a move of the system may decide no
    other. None leaves that unchecked.
    """
    checks: tuple[Callable[[Journey], Iterator[JourneyFault]], ...] = (
        _unknown_names,
        _unknown_effects,
        _unreachable,
        _no_way_out,
        _ends_that_go_on,
        _waits_unwatched,
        _words_wanting,
        _nobody_moves,
        _no_way_to_a_person,
        _refused_for_good,
        lambda each: _refusals_by_system(each, outcomes),
    )
    return [fault for check in checks for fault in check(journey)]


def reachable(*, journey: Journey, start: str) -> frozenset[str]:
    """The states a case can come to from `start`, which is one of them."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        name = ahead.pop()
        if name in found or name not in journey.states:
            continue
        found.add(name)
        ahead += [move.to for move in moves_from(journey, name) if move.to is not None]
    return frozenset(found)


def moves_from(journey: Journey, state: str) -> list[Move]:
    """The moves of the pack that leave from a state, whoever makes them."""
    return [move for move in journey.moves.values() if state in move.sources]


def refuses(words: str | None) -> bool:
    """Whether an end or an outcome says no to the customer."""
    return bool(words and REFUSES.search(words))


def _unknown_names(journey: Journey) -> Iterator[JourneyFault]:
    states = journey.states.keys()
    if journey.starts_at not in states:
        yield _unknown("starts at", "state", journey.starts_at, states)
    for name, move in journey.moves.items():
        for source in sorted(move.sources - states):
            yield _unknown(f"moves.{name}.from", "state", source, states)
        if move.to is not None and move.to not in states:
            yield _unknown(f"moves.{name}.to", "state", move.to, states)
    for name, state in journey.states.items():
        if state.promise is not None and state.promise not in journey.promises:
            yield _unknown(f"states.{name}.promise", "promise", state.promise, journey.promises)
        if state.task is not None and state.task not in journey.tasks:
            yield _unknown(f"states.{name}.task", "task", state.task, journey.tasks)
        yield from _unknown_after(name, state, journey)


def _unknown_after(name: str, state: State, journey: Journey) -> Iterator[JourneyFault]:
    if state.after is None:
        return
    where, move = f"states.{name}.after.move", journey.moves.get(state.after.move)
    if move is None:
        yield _unknown(where, "move", state.after.move, journey.moves)
    elif name not in move.sources:
        yield JourneyFault(
            where, f"The move “{move.name}” does not leave from “{name}”.", f"Add “{name}” to its `from`."
        )
    elif Mover.SYSTEM not in move.by:
        yield JourneyFault(
            where,
            f"The move “{move.name}” is made when time runs out, but the system may not make it.",
            "Add `system` to its `by`.",
        )


def _unknown_effects(journey: Journey) -> Iterator[JourneyFault]:
    known: dict[Verb, tuple[str, Iterable[str]]] = {
        Verb.MAKE_PROMISE: ("promise", journey.promises),
        Verb.KEEP_PROMISE: ("promise", journey.promises),
        Verb.DROP_PROMISE: ("promise", journey.promises),
        Verb.ISSUE: ("thing to issue", journey.issues),
        Verb.CANCEL: ("thing to issue", journey.issues),
        Verb.MOVE_LINKED: ("move", journey.moves),
        Verb.OPEN_TASK: ("task", journey.tasks),
    }
    for name, move in journey.moves.items():
        for effect in move.does:
            kind, names = known.get(effect.verb, ("", [effect.what]))
            if effect.what not in names:
                yield _unknown(f"moves.{name}.does", kind, effect.what, names)


def _unreachable(journey: Journey) -> Iterator[JourneyFault]:
    if journey.starts_at not in journey.states:
        return
    seen = reachable(journey=journey, start=journey.starts_at)
    for name in journey.states:
        if name not in seen:
            yield JourneyFault(
                f"states.{name}",
                f"No case can ever come to “{name}”.",
                "Add a move that leads to it, or take the state out.",
            )


def _no_way_out(journey: Journey) -> Iterator[JourneyFault]:
    for name, state in journey.states.items():
        leads_on = [move for move in moves_from(journey, name) if move.to not in (None, name)]
        if state.ends_as is None and not leads_on:
            yield JourneyFault(
                f"states.{name}",
                f"A case in “{name}” can never leave it, and it is no end.",
                "Add a move from it, or say how it ends with `ends as`.",
            )


def _ends_that_go_on(journey: Journey) -> Iterator[JourneyFault]:
    """From an end a case may come to another end, or back to life by what a person asks for."""
    for name, state in journey.states.items():
        if state.ends_as is None:
            continue
        for move in moves_from(journey, name):
            if not _may_leave_an_end(move, journey):
                yield JourneyFault(
                    f"moves.{move.name}.from",
                    f"“{name}” is an end, and “{move.name}” goes on from it.",
                    "From an end only a customer, a review or a reopening brings a case back. Take it out of `from`, "
                    "or take `ends as` out of the state.",
                )


def _may_leave_an_end(move: Move, journey: Journey) -> bool:
    target = journey.states.get(move.to) if move.to is not None else None
    if target is None or target.ends_as is not None:
        return True
    looks_again = LOOKS_AGAIN.search(f"{move.name} {move.label}") is not None and bool(move.by & PERSONS)
    return Mover.CUSTOMER in move.by or looks_again


def _waits_unwatched(journey: Journey) -> Iterator[JourneyFault]:
    for name, state in journey.states.items():
        is_watched = bool(state.reminders or state.after)
        if state.waits_for is WaitsFor.SOMEONE_ELSE:
            is_watched = is_watched or bool(state.promise or state.task)
        elif state.waits_for is not WaitsFor.CUSTOMER:
            is_watched = True
        if state.ends_as is None and not is_watched:
            yield JourneyFault(
                f"states.{name}.waits for",
                f"A case in “{name}” waits for {state.waits_for.value}, and nothing happens if nobody answers.",
                "Add `remind` or `after`.",
            )


def _words_wanting(journey: Journey) -> Iterator[JourneyFault]:
    for name, state in journey.states.items():
        words = {"staff": state.staff, "customer": state.customer, "next": state.next}
        for key, text in words.items():
            if not text.strip():
                yield JourneyFault(
                    f"states.{name}.{key}",
                    f"“{name}” has no words for `{key}`.",
                    "Write what this state means and what happens next, in plain words.",
                )


def _nobody_moves(journey: Journey) -> Iterator[JourneyFault]:
    for name, move in journey.moves.items():
        if not move.by:
            yield JourneyFault(
                f"moves.{name}.by", f"Nobody may make the move “{name}”.", "Say who may, with `by`."
            )
        if not move.sources:
            yield JourneyFault(
                f"moves.{name}.from", f"“{name}” leaves from no state.", "Name its states in `from`."
            )


def _no_way_to_a_person(journey: Journey) -> Iterator[JourneyFault]:
    """A decision must leave room for a person: before it one could have made it, and after it one can be
    asked to look again.
    """
    for name, move in journey.moves.items():
        if move.decides is None:
            continue
        for source in sorted(move.sources):
            if not any(other.by & PERSONS for other in moves_from(journey, source)):
                yield JourneyFault(
                    f"moves.{name}.by",
                    f"In “{source}” only the system can act, and “{name}” decides.",
                    "Add a move by which an officer can take the case.",
                )
        if not _a_person_follows(journey, move):
            yield JourneyFault(
                f"moves.{name}.to",
                f"After “{name}” has decided, no person can look at the case again.",
                "Add a move for the customer (`ask for a review`) or an officer (`reopen`) from its end.",
            )


def _a_person_follows(journey: Journey, move: Move) -> bool:
    """Whether a person can act after the decision.

    A second look by someone else may be the last word; the confirming of a decision is no second look.
    """
    if move.by == {Mover.SOMEONE_ELSE} and not move.confirms:
        return True
    starts = [move.to] if move.to is not None else sorted(move.sources)
    after = {state for start in starts for state in reachable(journey=journey, start=start)}
    return any(other.by & PERSONS for state in after for other in moves_from(journey, state))


def _refused_for_good(journey: Journey) -> Iterator[JourneyFault]:
    """An end that says no must leave a way to ask again, unless only a second look by someone else leads to
    it.
    """
    for name, state in journey.states.items():
        into = [move for move in journey.moves.values() if move.to == name]
        is_last_word = all(move.by == {Mover.SOMEONE_ELSE} and not move.confirms for move in into)
        if not refuses(state.ends_as) or is_last_word:
            continue
        if not any(move.by & PERSONS for move in moves_from(journey, name)):
            yield JourneyFault(
                f"states.{name}",
                f"A case that ends in “{name}” can never be looked at again.",
                "Add a move for the customer from it, such as `ask for a review`.",
            )


def _refusals_by_system(journey: Journey, outcomes: Collection[str] | None) -> Iterator[JourneyFault]:
    for name, move in journey.moves.items():
        if Mover.SYSTEM not in move.by:
            continue
        state = journey.states.get(move.to) if move.to is not None else None
        if refuses(move.decides) or (state is not None and refuses(state.ends_as)):
            yield JourneyFault(
                f"moves.{name}.by",
                f"The system may make the move “{name}”, which ends in a refusal.",
                "Take `system` out of its `by`: only a person refuses.",
            )
        elif move.decides is not None and outcomes is not None and move.decides not in outcomes:
            yield JourneyFault(
                f"moves.{name}.decides",
                f"The system may make the move “{name}”, but the rules never choose the outcome “{move.decides}”.",
                "Take `system` out of its `by`, or add the outcome to decision.yaml.",
            )


def _unknown(where: str, kind: str, name: str, known: Iterable[str]) -> JourneyFault:
    names = ", ".join(sorted(known)) or "none"
    return JourneyFault(
        where, f"There is no {kind} called “{name}”.", f"Use one of those there are ({names}), or add it."
    )
