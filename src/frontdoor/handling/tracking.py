"""A customer and their case, without an account, once it is open: reply, send what is asked for, ask for a review,
withdraw.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.moving import lock_case, save_case
from frontdoor.cases.models import Case
from frontdoor.contacts.actions import keep_message, take_contact
from frontdoor.contacts.models import Direction, Message, StoredFile
from frontdoor.handling.demand.classifying import note_online
from frontdoor.handling.evidence import SEND_EVIDENCE
from frontdoor.handling.knowing import evidence_still_asked, known_of
from frontdoor.handling.moving import Given, make_locked_move, situation_of
from frontdoor.handling.people import Person, customer
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.standing import AskedFor, asked_for, evidence_wanted, review_until
from frontdoor.journeys.definition import Move
from frontdoor.journeys.moving import MoveNotOffered, moves_offered
from frontdoor.kernel.clock import day_of

ASK_FOR_REVIEW = "ask for a review"
TOO_LATE = "The time in which you can ask for this online has passed. If there was a reason, call us."


@transaction.atomic
def reply(
    *,
    case_id: UUID,
    words: str,
    files: Sequence[StoredFile],
    person: Person,
    channel: str,
    at: datetime,
    rng: Random,
) -> Message:
    """The customer writes to us about their case; the officer sees it as unread."""
    case = lock_case(case_id=case_id)
    contact = take_contact(conversation=case.conversation, channel=channel, enquiry="reply", at=at, rng=rng)
    message = keep_message(
        conversation=case.conversation,
        contact=contact,
        direction=Direction.IN,
        said_by=person.actor.kind,
        sayer=person.actor.id,
        words=words,
        files=files,
        at=at,
        rng=rng,
    )
    note_online(contact=contact, case=case, at=at, rng=rng)
    save_case(case=case)
    record_of_case(
        case=case,
        event="customer replied",
        by=person.actor,
        at=at,
        facts={"message": str(message.pk), "files": len(files)},
        contact=contact.pk,
        shown=True,
    )
    return message


def papers_wanted(*, case: Case, at: datetime) -> list[AskedFor]:
    """What the customer can send now: what an officer asked for first, then what the form said could come later."""
    if not case.is_open:
        return []
    wanted = evidence_wanted(case=case)
    known = known_of(case=case, at=at)
    named = {each.name for each in wanted}
    return wanted + [
        asked_for(known.pack, name) for name in evidence_still_asked(known=known) if name not in named
    ]


def customer_moves(*, case: Case, at: datetime) -> list[Move]:
    """What the customer may do with the case now: withdraw, ask for a review. Sending evidence makes its own move; a
    move that asks questions of its own is made with an advisor.
    """
    known = known_of(case=case, at=at)
    situation = situation_of(case=case, known=known, person=customer(case.customer_id))
    offered = moves_offered(journey=known.pack.journey, situation=situation)
    return [move for move in offered if not move.asks and move.name not in _not_now(case, at)]


def _not_now(case: Case, at: datetime) -> set[str]:
    until = review_until(case=case)
    is_too_late = until is not None and day_of(at) > until
    return {SEND_EVIDENCE, ASK_FOR_REVIEW} if is_too_late else {SEND_EVIDENCE}


@transaction.atomic
def customer_move(*, case_id: UUID, move: str, words: str, person: Person, at: datetime, rng: Random) -> Case:
    """The customer makes a move (withdraws, asks for a review), with their own words kept. Raises
    MoveNotOffered, MoveNeeds.
    """
    case = lock_case(case_id=case_id)
    if move in _not_now(case, at):
        raise MoveNotOffered(move, TOO_LATE)
    contact = take_contact(conversation=case.conversation, channel="web", enquiry=move[:60], at=at, rng=rng)
    note_online(contact=contact, case=case, at=at, rng=rng)
    if words.strip():
        keep_message(
            conversation=case.conversation,
            direction=Direction.IN,
            said_by=person.actor.kind,
            sayer=person.actor.id,
            words=words,
            at=at,
            rng=rng,
        )
    return make_locked_move(case=case, move=move, given=Given(words=words), person=person, at=at, rng=rng)
