"""What people do on a case, each by the real action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from frontdoor.cases.models import Case, DecisionRecord, Evidence, EvidenceStatus
from frontdoor.catalogue.published import our_council, pack_of
from frontdoor.contacts.actions import Introduction
from frontdoor.demo.answers import fitting
from frontdoor.demo.papers import paper
from frontdoor.demo.people import Staff
from frontdoor.demo.steps import By, Do, Step
from frontdoor.forms.facts import weigh
from frontdoor.handling.allotting import give_case, note
from frontdoor.handling.cash import take_money
from frontdoor.handling.evidence import Judgement, look_at_evidence, receive_evidence
from frontdoor.handling.following import follow_report
from frontdoor.handling.knowing import KnownCase, evidence_still_asked, known_of, sheet_from
from frontdoor.handling.moving import Booking, Given, move_case
from frontdoor.handling.paying import settle_payment, start_payment
from frontdoor.handling.people import Person, customer, staff
from frontdoor.handling.proving import note_opened
from frontdoor.handling.standing import payment_due
from frontdoor.handling.tracking import customer_move, reply
from frontdoor.handling.uploading import take_file
from frontdoor.handling.writing import note_read, write_to_customer
from frontdoor.journeys.definition import Move, Wants
from frontdoor.kernel.clock import at_london, day_of
from frontdoor.kernel.conditions import Truth
from frontdoor.kernel.facts import Json
from frontdoor.kernel.workingdays import ENGLAND
from frontdoor.staff.models import User

FIRST_REPORT = "first_report"
OFFICER_WORDS = "We have read everything you sent us. Write or call if anything in this message is not clear."


class Nobody(LookupError):
    """There is nobody left in the team who may do this."""


@dataclass(frozen=True)
class Turn:
    """One step of one case, about to be done: the case as it is, who has it, and what chance there is."""

    case: Case
    step: Step
    people: Staff
    neighbour: Introduction
    at: datetime
    rng: Random

    @property
    def user(self) -> User:
        """The member of staff whose turn it is: the case's officer (who takes it if nobody has) or a colleague."""
        if self.step.by is By.COLLEAGUE:
            return self._colleague()
        return self.case.owner or self._taker()

    @property
    def customer(self) -> Person:
        """The customer, or who helps them."""
        return customer(self.case.customer_id, is_helper=bool(self.case.helper))

    def _taker(self) -> User:
        user = self.people.officer_of(self.case.team.name, self.rng)
        given = give_case(case_id=self.case.pk, revision=self.case.revision, to=user, by=user, at=self.at)
        self.case.revision, self.case.owner = given.revision, user
        return user

    def _colleague(self) -> User:
        decided = DecisionRecord.objects.filter(case=self.case).values_list("by_id", "confirmed_by_id")
        taken = {pk for pair in decided for pk in pair if pk} | {self.case.owner_id or 0}
        user = self.people.colleague_of(self.case.team.name, taken)
        if user is None:
            raise Nobody
        return user


def take_turn(turn: Turn) -> None:
    """Do it."""
    DOING[turn.step.do](turn)


def _move(turn: Turn) -> None:
    step, case = turn.step, turn.case
    if step.by is By.CLOCK:
        return
    if step.by is By.CUSTOMER:
        customer_move(
            case_id=case.pk, move=step.what, words=step.words, person=turn.customer, at=turn.at, rng=turn.rng
        )
        return
    user = turn.user
    known = known_of(case=case, at=turn.at)
    move = known.pack.journey.moves[step.what]
    note_read(case_id=case.pk, user=user, at=turn.at)
    move_case(
        case_id=case.pk,
        move=step.what,
        revision=case.revision,
        given=_given(turn, move, known),
        person=staff(user),
        at=turn.at,
        rng=turn.rng,
    )


def _given(turn: Turn, move: Move, known: KnownCase) -> Given:
    step = turn.step
    return Given(
        answers=_answers(turn, move, known),
        reasons=_reasons(step, move, known, turn.case),
        evidence=_kinds(turn, move, known),
        words=step.words or (OFFICER_WORDS if Wants.WORDS in move.wants else ""),
        booking=_booking(turn) if Wants.APPOINTMENT in move.wants else None,
    )


def _answers(turn: Turn, move: Move, known: KnownCase) -> Mapping[str, Json]:
    """What the step says, and something fitting for every other question that must be answered."""
    answers: dict[str, Json] = {}
    for question in known.pack.staff_questions.get(move.name, ()):
        applies = weigh(question.when, {**known.facts, **answers}, known.not_asked)
        if question.id == FIRST_REPORT:
            answers[question.id] = _first_report(turn.case)
        elif question.id in turn.step.answers and applies is not Truth.FALSE:
            answers[question.id] = turn.step.answers[question.id]
        elif applies is Truth.TRUE and not question.is_optional:
            answers[question.id] = next(fitting(question, day_of(turn.at), turn.rng))
    return answers


def _first_report(case: Case) -> str:
    """The earliest open report of the same service, which this one is said to repeat."""
    others = Case.objects.filter(service=case.service, closed_at__isnull=True).exclude(pk=case.pk)
    first = others.order_by("received_at").first()
    if first is None:
        raise Nobody
    return first.reference


def _reasons(step: Step, move: Move, known: KnownCase, case: Case) -> tuple[str, ...]:
    if Wants.REASONS not in move.wants:
        return ()
    if step.why:
        return step.why
    unmet = {
        each.criterion
        for each in sheet_from(known=known, case=case).criteria
        if each.status.value == "not met"
    }
    about = [name for name, reason in known.rules.reasons.items() if unmet & set(reason.about)]
    return tuple(about[:1]) or tuple(known.rules.reasons)[:1]


def _kinds(turn: Turn, move: Move, known: KnownCase) -> tuple[str, ...]:
    if Wants.EVIDENCE_KINDS not in move.wants:
        return ()
    asks = turn.step.kinds or sheet_from(known=known, case=turn.case).asks_for
    return tuple(asks) or tuple(evidence_still_asked(known=known)) or tuple(known.pack.form.evidence)[:1]


def _booking(turn: Turn) -> Booking:
    day = ENGLAND.add_working_days(day_of(turn.at), turn.rng.randint(6, 12))
    clock = time(turn.rng.choice((9, 10, 11, 13, 14, 15)), turn.rng.choice((0, 30)))
    hub = turn.rng.choice(our_council().hubs)
    return Booking(
        starts_at=at_london(day, clock),
        where=f"{hub.name}, {hub.lines[0]}",
        with_whom="the mobility assessor",
    )


def _look(turn: Turn) -> None:
    user = turn.user
    kinds = pack_of(turn.case.pack).form.evidence
    revision = turn.case.revision
    came = Evidence.objects.filter(case=turn.case, status=EvidenceStatus.RECEIVED).order_by("added_at", "pk")
    for evidence in came:
        limit = kinds[evidence.kind].no_older_than if evidence.kind in kinds else None
        is_accepted = evidence.kind not in turn.step.kinds
        judgement = Judgement(
            is_accepted=is_accepted,
            dated_on=_dated(turn, limit) if is_accepted else None,
            why_not="" if is_accepted else "Too dark to be read",
        )
        revision = look_at_evidence(
            case_id=turn.case.pk,
            evidence_id=evidence.pk,
            revision=revision,
            judgement=judgement,
            user=user,
            at=turn.at,
        ).revision


def _dated(turn: Turn, limit: int | None) -> date | None:
    """A date on the paper that is new enough."""
    if limit is None:
        return None
    return day_of(turn.case.received_at) - timedelta(days=turn.rng.randint(1, min(limit, 200)))


def _send(turn: Turn) -> None:
    case = turn.case
    asked = Evidence.objects.filter(case=case, status=EvidenceStatus.ASKED).order_by("added_at", "pk")
    kinds = turn.step.kinds or tuple(asked.values_list("kind", flat=True))
    described = pack_of(case.pack).form.evidence
    files = []
    for kind in kinds:
        accepts = described[kind].accepts if kind in described else frozenset({"image", "pdf"})
        title = described[kind].title if kind in described else kind
        name, content = paper(title=title, accepts=accepts, rng=turn.rng)
        files.append((kind, take_file(name=name, content=content, accept=accepts, at=turn.at, rng=turn.rng)))
    receive_evidence(
        case_id=case.pk, files=tuple(files), channel="web", person=turn.customer, at=turn.at, rng=turn.rng
    )


def _pay(turn: Turn) -> None:
    due = payment_due(case=turn.case)
    if due is None:
        return
    if turn.step.by is By.CUSTOMER:
        start_payment(case_id=turn.case.pk, at=turn.at)
        settle_payment(case_id=turn.case.pk, at=turn.at, rng=turn.rng)
        return
    user = turn.user
    take_money(
        case_id=turn.case.pk,
        payment_id=due.pk,
        method="phone",
        receipt="",
        revision=turn.case.revision,
        user=user,
        at=turn.at,
        rng=turn.rng,
    )


def _reply(turn: Turn) -> None:
    reply(
        case_id=turn.case.pk,
        words=turn.step.words,
        files=(),
        person=turn.customer,
        channel="web",
        at=turn.at,
        rng=turn.rng,
    )


def _write(turn: Turn) -> None:
    write_to_customer(case_id=turn.case.pk, words=turn.step.words, user=turn.user, at=turn.at, rng=turn.rng)


def _note(turn: Turn) -> None:
    note(case_id=turn.case.pk, words=turn.step.words, by=turn.user, at=turn.at)


def _track(turn: Turn) -> None:
    note_opened(case_id=turn.case.pk, at=turn.at, rng=turn.rng, is_helper=bool(turn.case.helper))


def _follow(turn: Turn) -> None:
    follow_report(case_id=turn.case.pk, introduction=turn.neighbour, channel="web", at=turn.at, rng=turn.rng)


def case_now(case_id: UUID) -> Case:
    """The case as it stands."""
    return (
        Case.objects.select_related("pack", "team", "owner", "customer").defer("pack__files").get(pk=case_id)
    )


DOING: Mapping[Do, Callable[[Turn], None]] = {
    Do.MOVE: _move,
    Do.LOOK: _look,
    Do.SEND: _send,
    Do.PAY: _pay,
    Do.REPLY: _reply,
    Do.WRITE: _write,
    Do.NOTE: _note,
    Do.TRACK: _track,
    Do.FOLLOW: _follow,
}
