"""May this move be made now, by this person, and what follows from it.

Pure: nothing is written and no clock is read.
"""

from __future__ import annotations

from frontdoor.journeys.definition import Effect, Journey, Move, Moved, Mover, Situation, State, Verb, Wants
from frontdoor.kernel.conditions import Truth

# What is recorded and kept comes before what is promised anew, and whoever must be told hears of it last.
ORDER_OF_EFFECTS = (
    Verb.RECORD,
    Verb.KEEP_PROMISE,
    Verb.DROP_PROMISE,
    Verb.MAKE_PROMISE,
    Verb.ISSUE,
    Verb.CANCEL,
    Verb.ASK_FOR_PAYMENT,
    Verb.REFUND_PAYMENT,
    Verb.BOOK,
    Verb.OPEN_TASK,
    Verb.LINK_TO,
    Verb.TELL_FOLLOWERS,
    Verb.MOVE_LINKED,
)
WANTED_IN_WORDS = {
    Wants.EVIDENCE_KINDS: "which evidence is needed",
    Wants.REASONS: "at least one reason",
    Wants.WORDS: "some words to go with it",
    Wants.APPOINTMENT: "an appointment",
}
MOVERS_IN_WORDS = {
    Mover.CUSTOMER: "the customer",
    Mover.OFFICER: "an officer",
    Mover.SOMEONE_ELSE: "an officer who has not decided this case before",
    Mover.SUPERVISOR: "a supervisor",
    Mover.SYSTEM: "the system",
}


class MoveNotOffered(Exception):
    """This cannot be done now.

    Look at the case again: it may have moved on, or it may be for somebody else to do.

    `move` is the move that was asked for, `words` what to tell the person. Trying again helps only once the
    case, the facts or the person has changed.
    """

    def __init__(self, move: str, words: str) -> None:
        super().__init__(words)
        self.move = move
        self.words = words


class MoveNeeds(Exception):
    """Something is wanting before this can be done. Give what is named and try again; nothing has changed.

    `wants` and `answers` (ids of questions) are what is wanting, `words` says it to the person.
    """

    def __init__(self, move: str, wants: tuple[Wants, ...], answers: tuple[str, ...]) -> None:
        parts = [*(WANTED_IN_WORDS[each] for each in wants), *(_id_in_words(each) for each in answers)]
        self.words = f"Before you can go on, give {_listed(parts)}."
        super().__init__(self.words)
        self.move = move
        self.wants = wants
        self.answers = answers


def moves_offered(*, journey: Journey, situation: Situation) -> list[Move]:
    """The moves these people may make now, in the order of the pack.

    A move whose condition is not known is not offered.
    """
    return [each for each in journey.moves.values() if not _why_not(each, journey, situation)]


def make_move(*, journey: Journey, move: str, situation: Situation) -> Moved:
    """What follows from the move. Raises `MoveNotOffered`, and `MoveNeeds` where something is wanting.

    Effects come in a fixed order. Entering a state may open its task. A move that stays where it is (`to` is
    None) sends only its own update and leaves the reminders and waits of the state running.
    """
    rule = journey.moves.get(move)
    if rule is None:
        raise MoveNotOffered(
            move, f"This service has no step called “{move}”. Go back to the case and choose another."
        )
    if why := _why_not(rule, journey, situation):
        raise MoveNotOffered(move, why)
    wants = tuple(each for each in Wants if each in rule.wants - situation.given)
    answers = tuple(each for each in rule.asks if each not in situation.answered)
    if wants or answers:
        raise MoveNeeds(move, wants, answers)
    return _moved(rule, journey, situation)


def in_order(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Effects, each once, in the order in which they are done, whatever the order in the pack."""
    return tuple(sorted(set(effects), key=lambda each: (ORDER_OF_EFFECTS.index(each.verb), each.what)))


def _moved(rule: Move, journey: Journey, situation: Situation) -> Moved:
    source = journey.states[situation.state]
    state = journey.states[rule.to] if rule.to is not None else source
    enters = rule.to is not None
    return Moved(
        move=rule.name,
        source=source.name,
        state=state,
        effects=in_order((*rule.does, *(_entry_effects(state) if enters else ()))),
        update=rule.update or (state.update if enters else None),
        reminders=state.reminders if enters else (),
        after=state.after if enters else None,
        stops_clock=state.stops_clock and not source.stops_clock,
        starts_clock=source.stops_clock and not state.stops_clock,
        ends_as=state.ends_as if enters else None,
        decides=rule.decides,
        confirms=rule.confirms,
        rule=f"{rule.name}, from {source.name}, by {_by(rule, situation)}",
    )


def _entry_effects(state: State) -> tuple[Effect, ...]:
    return (Effect(Verb.OPEN_TASK, state.task),) if state.task else ()


def _by(rule: Move, situation: Situation) -> str:
    return " or ".join(each.value for each in Mover if each in rule.by & situation.movers)


def _why_not(rule: Move, journey: Journey, situation: Situation) -> str:
    """Why the move is not offered, in words for the person who asked; empty where it is."""
    state = journey.states.get(situation.state)
    if state is None or situation.state not in rule.sources:
        where = state.staff if state else situation.state
        return f"“{rule.label}” cannot be done while the case is “{where}”. Look again: it may have moved on."
    if not rule.by & situation.movers:
        who = _listed([MOVERS_IN_WORDS[each] for each in Mover if each in rule.by], "or")
        return f"“{rule.label}” is for {who} to do."
    if rule.when is None:
        return ""
    weighed = rule.when.weigh(situation.facts, not_asked=situation.not_asked)
    if weighed.truth is Truth.TRUE:
        return ""
    if weighed.truth is Truth.UNKNOWN:
        lacking = (
            _listed([_id_in_words(each) for each in weighed.missing])
            or "something that rests on a doubtful answer"
        )
        return f"“{rule.label}” cannot be done yet. It is not known: {lacking}."
    return f"“{rule.label}” does not apply to this case as it stands. It is there when: {rule.when.text}."


def _id_in_words(name: str) -> str:
    return name.replace("_", " ")


def _listed(parts: list[str], joined_by: str = "and") -> str:
    return f" {joined_by} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
