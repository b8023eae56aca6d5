"""Move a case: everything that follows from one move, in one transaction with one journal entry."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.appointments import book_appointment
from frontdoor.cases.actions.deciding import NewDecision, confirm_decision, record_decision, record_facts
from frontdoor.cases.actions.evidence import ask_for
from frontdoor.cases.actions.moving import NewState, enter_state, lock_case, save_case
from frontdoor.cases.actions.timing import (
    add_timers,
    drop_promise,
    lapse_state_timers,
    new_timer,
    start_clock,
    stop_clock,
)
from frontdoor.cases.actions.working import close_tasks
from frontdoor.cases.models import Appointment, Case, CaseLink, TimerKind
from frontdoor.cases.permissions import may_handle, require_handling, took_part_in_deciding
from frontdoor.forms.facts import fact_in
from frontdoor.handling.effects import SAME_PROBLEM, Context, carry_out
from frontdoor.handling.knowing import KnownCase, known_of
from frontdoor.handling.people import SYSTEM, Person, staff
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.sheets import sheet_as_json
from frontdoor.handling.surveys import plan_survey_of_case
from frontdoor.handling.updates import Occasion, tell_customer
from frontdoor.handling.waiting import state_timers
from frontdoor.handling.wording import Said
from frontdoor.journeys.definition import Move, Moved, Mover, Situation, Verb, Wants
from frontdoor.journeys.moving import MoveNotOffered, make_move, moves_offered
from frontdoor.journeys.promises import before
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json
from frontdoor.kernel.workingdays import ENGLAND, Within
from frontdoor.staff.models import Role, User

REMIND_BEFORE_APPOINTMENT = Within(2, "working days")


@dataclass(frozen=True)
class Booking:
    """An appointment to book: when (UTC), where, with whom, and for how many minutes."""

    starts_at: datetime
    where: str
    with_whom: str = ""
    minutes: int = 45


@dataclass(frozen=True)
class Given:
    """What somebody gives with a move: answers to its questions, reasons, kinds of evidence, words, an
    appointment.
    """

    answers: Mapping[str, Json] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    words: str = ""
    booking: Booking | None = None

    def wants_met(self) -> frozenset[Wants]:
        """Which of the wants of a move this meets."""
        met = {
            Wants.REASONS: bool(self.reasons),
            Wants.EVIDENCE_KINDS: bool(self.evidence),
            Wants.WORDS: bool(self.words.strip()),
            Wants.APPOINTMENT: self.booking is not None,
        }
        return frozenset(want for want, is_met in met.items() if is_met)


NOTHING = Given()


@transaction.atomic
def move_case(
    *, case_id: UUID, move: str, revision: int | None, given: Given, person: Person, at: datetime, rng: Random
) -> Case:
    """Make a move and all that follows from it: facts, promises, updates, decision, journal entry; or nothing
    at all.

    Raises CaseChanged (somebody was first), NotYours, OwnInterest, MoveNotOffered, MoveNeeds, SameEyes,
    CannotIssue.
    """
    case = lock_case(case_id=case_id, revision=revision)
    if person.user is not None:
        require_handling(person.user, case)
    return make_locked_move(case=case, move=move, given=given, person=person, at=at, rng=rng)


def make_locked_move(
    *,
    case: Case,
    move: str,
    given: Given,
    person: Person,
    at: datetime,
    rng: Random,
    known: KnownCase | None = None,
) -> Case:
    """The same on a case that is locked already, for stories that do more in one transaction. `known`: what such a
    story has found out of the case as it is.
    """
    before_move = known or known_of(case=case, at=at)
    situation = situation_of(case=case, known=before_move, person=person, given=given)
    moved = make_move(journey=before_move.pack.journey, move=move, situation=situation)
    facts = {**asked_only(before_move, move, given), **moments(moved, at)}
    if facts:
        record_facts(case=case, facts=facts, by=person.user, at=at)
    _change_state(case, moved, before_move, person, at)
    after_move = known_of(case=case, at=at) if facts else before_move
    context = Context(case, after_move, person, at, rng)
    _decide(context, moved, given)
    for effect in moved.effects:
        carry_out(effect, context)
    if moved.ends_as:
        drop_promise(case=case, name=None, at=at)
        if moved.state.asks_how_it_went:
            plan_survey_of_case(case=case, at=at, rng=rng)
    _give_what_was_given(context, moved, given)
    add_timers(
        state_timers(case=case, state=moved.state.name, reminders=moved.reminders, after=moved.after, at=at)
    )
    save_case(case=case)
    _tell(context, moved, given)
    _record(context, moved)
    _move_linked(context, moved, given)
    return case


def situation_of(*, case: Case, known: KnownCase, person: Person, given: Given = NOTHING) -> Situation:
    """Where the case is and who asks, as the journeys engine needs it."""
    return Situation(
        state=case.state,
        movers=movers_of(case=case, person=person),
        facts=known.facts,
        not_asked=known.not_asked,
        given=given.wants_met(),
        answered=frozenset(given.answers) | optional_asks(known),
    )


def movers_of(*, case: Case, person: Person) -> frozenset[Mover]:
    """In which roles this person may move this case."""
    if person.user is None:
        return frozenset({Mover.SYSTEM if person.actor.kind in ("system", "robot") else Mover.CUSTOMER})
    if not may_handle(person.user, case):
        return frozenset()
    movers = {Mover.OFFICER}
    if not took_part_in_deciding(person.user, case):
        movers.add(Mover.SOMEONE_ELSE)
    if person.user.role == Role.SUPERVISOR:
        movers.add(Mover.SUPERVISOR)
    return frozenset(movers)


def moves_for(*, case: Case, known: KnownCase, user: User) -> list[Move]:
    """The moves this member of staff may make on the case now, in the order of the pack."""
    situation = situation_of(case=case, known=known, person=staff(user))
    return moves_offered(journey=known.pack.journey, situation=situation)


def optional_asks(known: KnownCase) -> frozenset[str]:
    """Questions of moves that need no answer: optional ones, and those whose own condition does not hold."""
    every = (question for questions in known.pack.staff_questions.values() for question in questions)
    return frozenset(question.id for question in every if question.is_optional or question.when is not None)


def asked_only(known: KnownCase, move: str, given: Given) -> dict[str, Json]:
    """The facts that the answers give. An option that means “not sure” takes an older answer back and gives none."""
    asked = {question.id: question for question in known.pack.staff_questions.get(move, ())}
    return {name: fact_in(asked[name], value) for name, value in given.answers.items() if name in asked}


def _change_state(case: Case, moved: Moved, known: KnownCase, person: Person, at: datetime) -> None:
    if moved.state.name != moved.source or moved.ends_as:
        lapse_state_timers(case=case, at=at)
        close_tasks(case=case, by=person.user, at=at)
        enter_state(
            case=case, new=NewState(moved.state.name, moved.state.waits_for.value, moved.ends_as), at=at
        )
    if moved.stops_clock:
        stop_clock(case=case, at=at)
    if moved.starts_clock:
        promises = known.pack.journey.promises
        start_clock(
            case=case, warn={name: each.warn for name, each in promises.items()}, at=at, calendar=ENGLAND
        )


def _decide(context: Context, moved: Moved, given: Given) -> None:
    case, user, at = context.case, context.person.user, context.at
    if moved.decides:
        sheet = sheet_as_json(context.sheet)
        new = NewDecision(moved.decides, moved.move, given.reasons, given.words, sheet)
        record_decision(case=case, new=new, by=user, at=at, rng=context.rng)
    if moved.confirms and user is not None:
        confirm_decision(case=case, by=user, at=at)


def moments(moved: Moved, at: datetime) -> dict[str, Json]:
    """The moments this move records: instants end in `_at`, days in anything else."""
    names = [effect.what for effect in moved.effects if effect.verb is Verb.RECORD]
    return {name: at.isoformat() if name.endswith("_at") else day_of(at).isoformat() for name in names}


def _give_what_was_given(context: Context, moved: Moved, given: Given) -> None:
    if given.evidence:
        ask_for(case=context.case, kinds=given.evidence, at=context.at, rng=context.rng)
    if given.booking is not None and context.person.user is not None:
        _book(context, moved, given.booking, context.person.user)


def _book(context: Context, moved: Moved, booking: Booking, by: User) -> Appointment:
    kind = next((effect.what for effect in moved.effects if effect.verb is Verb.BOOK), "appointment")
    booked = book_appointment(
        case=context.case,
        kind=kind,
        starts_at=booking.starts_at,
        where=booking.where,
        with_whom=booking.with_whom,
        minutes=booking.minutes,
        by=by,
        at=context.at,
        rng=context.rng,
    )
    words = "appointment reminder"
    if words in context.known.pack.updates:
        remind_at = before(at=booking.starts_at, span=REMIND_BEFORE_APPOINTMENT, calendar=ENGLAND)
        if remind_at > context.at:
            timer = new_timer(
                case=context.case,
                kind=TimerKind.APPOINTMENT,
                what=words,
                key=f"appointment:{booked.pk}",
                due_at=remind_at,
            )
            add_timers([timer])
    return booked


def _tell(context: Context, moved: Moved, given: Given) -> None:
    if moved.update is None:
        return
    tells_followers = any(effect.verb is Verb.TELL_FOLLOWERS for effect in moved.effects)
    is_answer = context.person.actor.kind in ("customer", "helper")
    tell_customer(
        case=context.case,
        known=context.known,
        occasion=Occasion(
            moved.update,
            f"{moved.move}:{context.case.revision}",
            is_answer=is_answer,
            tells_followers=tells_followers,
        ),
        said=Said(given.words, given.evidence, given.reasons),
        by=context.person.actor,
        at=context.at,
        rng=context.rng,
    )


def _move_linked(context: Context, moved: Moved, given: Given) -> None:
    """Reports of the same problem follow the first one: the system moves them, with the same reasons and words."""
    for effect in moved.effects:
        if effect.verb is not Verb.MOVE_LINKED:
            continue
        links = CaseLink.objects.filter(
            other=context.case, relation=SAME_PROBLEM, case__closed_at__isnull=True
        )
        for case_id in links.order_by("pk").values_list("case_id", flat=True):
            linked = lock_case(case_id=case_id)
            with suppress(MoveNotOffered):  # an officer has taken it elsewhere meanwhile: it goes its own way
                make_locked_move(
                    case=linked, move=effect.what, given=given, person=SYSTEM, at=context.at, rng=context.rng
                )


def _record(context: Context, moved: Moved) -> None:
    facts = {"move": moved.move, "from": moved.source, "to": moved.state.name, "rule": moved.rule[:80]}
    if moved.ends_as:
        facts["ended_as"] = moved.ends_as
    if moved.decides:
        facts["outcome"] = moved.decides
    record_of_case(
        case=context.case, event="case moved", by=context.person.actor, at=context.at, facts=facts, shown=True
    )
