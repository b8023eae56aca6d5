"""A customer and their case, without an account: find it, prove who they are, reply, ask for a review,
withdraw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import F

from frontdoor.cases.actions.moving import lock_case, save_case
from frontdoor.cases.models import Case
from frontdoor.catalogue.published import our_council
from frontdoor.contacts.actions import keep_message, take_contact
from frontdoor.contacts.identity import (
    new_access_code,
    note_attempt,
    require_few_attempts,
    use_access_code,
)
from frontdoor.contacts.models import ContactPoint, DeliveryChannel, Direction, Message, PointKind, StoredFile
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.evidence import SEND_EVIDENCE
from frontdoor.handling.knowing import evidence_still_asked, known_of
from frontdoor.handling.moving import Given, make_locked_move, situation_of
from frontdoor.handling.people import Person, customer
from frontdoor.handling.ports import ports
from frontdoor.handling.reports import is_public
from frontdoor.handling.standing import AskedFor, asked_for, evidence_wanted, review_until
from frontdoor.handling.updates import points_told_in
from frontdoor.journal.actions import record
from frontdoor.journeys.definition import Move
from frontdoor.journeys.moving import MoveNotOffered, moves_offered
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.emails import masked_email
from frontdoor.kernel.ids import digest, read_reference
from frontdoor.kernel.names import surname_matches
from frontdoor.kernel.phones import masked_phone, takes_texts

ASK_FOR_REVIEW = "ask for a review"
TOO_LATE = "The time in which you can ask for this online has passed. If there was a reason, call us."
MOST_LOOKUPS = 10
LOOKUP_WINDOW = timedelta(minutes=15)
BY_ADDRESS, BY_CASE = "look up", "look up case"
CODE_WORDS = (
    "{code} is your security code for {council}. It works for 15 minutes. "
    "Never tell it to anybody, not even to us."
)


class NotFound(LookupError):
    """We cannot find an application with this reference and name. Check both as they stand in our message to
    you, or call us.
    """


@dataclass(frozen=True)
class CodeRoute:
    """Where a security code may be sent, with most of it masked."""

    point_id: int
    kind: str
    masked: str


def find_case(*, reference: str, surname: str, knock: str, at: datetime) -> Case:
    """The case of this reference, if the surname fits. Raises NotFound (the same for every miss) and
    TooManyTries.

    `knock` says who is asking (an address), to slow guessing; it is kept only as a digest. Only misses count, so that
    many people behind one address, as in a library, do not stand in each other's way.
    """
    read = read_reference(reference)
    asked, wanted = digest(knock), digest(read or "")
    require_few_attempts(what=BY_ADDRESS, key=asked, most=MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)
    require_few_attempts(what=BY_CASE, key=wanted, most=2 * MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)
    case = Case.objects.select_related("customer", "pack").filter(reference=read).first() if read else None
    if case is None or not _is_theirs(case, surname):
        note_attempt(what=BY_ADDRESS, key=asked, most=MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)
        if read:
            note_attempt(what=BY_CASE, key=wanted, most=2 * MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)
        raise NotFound
    return case


def _is_theirs(case: Case, surname: str) -> bool:
    """Anybody may follow an ordinary report that bears no name; else the customer's name, or the helper's, must
    fit.
    """
    if case.customer is None:
        return is_public(case)
    names = [case.customer.full_name, str((case.helper or {}).get("full_name", ""))]
    return any(surname_matches(surname, name) for name in names if name)


def routes_for_code(*, case: Case, at: datetime) -> list[CodeRoute]:
    """The contact points already known to which a code may go: first those given with this case, then verified ones."""
    held = ContactPoint.objects.filter(customer=case.customer_id, is_safe=True)
    told_in = points_told_in(case=case, asked=known_of(case=case, at=at).asked)
    points = sorted(
        held.order_by(F("verified_at").desc(nulls_last=True), "pk"),
        key=lambda point: point.value_key not in told_in,
    )
    routes = []
    for point in points:
        if point.kind == PointKind.EMAIL:
            routes.append(CodeRoute(point.pk, "email", masked_email(point.value)))
        elif point.kind == PointKind.PHONE and takes_texts(point.value_key):
            routes.append(CodeRoute(point.pk, "text", masked_phone(point.value_key)))
    return routes


@transaction.atomic
def send_code(*, case_id: UUID, point_id: int, at: datetime, rng: Random) -> CodeRoute:
    """Send a code to one of the case's known points, at once and at any hour: the customer is waiting. Raises
    TooManyTries, NotFound.
    """
    case = Case.objects.get(pk=case_id)
    route = next((route for route in routes_for_code(case=case, at=at) if route.point_id == point_id), None)
    if route is None:
        raise NotFound
    point = ContactPoint.objects.get(pk=point_id)
    row, code = new_access_code(subject=case.pk, point=point, key=ports().secret, at=at, rng=rng)
    name = our_council().name
    queue_delivery(
        outgoing=Outgoing(
            key=f"code:{row.pk}",
            channel=DeliveryChannel.EMAIL if route.kind == "email" else DeliveryChannel.TEXT,
            to=point.value,
            subject=f"{code} is your security code",
            body=CODE_WORDS.format(code=code, council=name),
            is_urgent=True,
        ),
        customer=case.customer,
        conversation=case.conversation,
        not_before=at,
        at=at,
        rng=rng,
    )
    return route


@transaction.atomic
def note_opened(*, case_id: UUID, at: datetime) -> Case:
    """The customer proved who they are and sees the case. Journalled."""
    case = Case.objects.get(pk=case_id)
    record(
        at=at,
        by=customer(case.customer_id).actor,
        event="case opened by customer",
        case=case.pk,
        customer=case.customer_id,
        service=case.service,
    )
    return case


def open_with_code(*, case_id: UUID, code: str, at: datetime) -> Case:
    """Open the case with the code that was sent. Raises WrongCode, CodeExpired, TooManyTries."""
    use_access_code(subject=case_id, code="".join(code.split()), key=ports().secret, at=at)
    return note_opened(case_id=case_id, at=at)


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
    save_case(case=case)
    record(
        at=at,
        by=person.actor,
        event="customer replied",
        case=case.pk,
        contact=contact.pk,
        customer=case.customer_id,
        service=case.service,
        facts={"message": str(message.pk), "files": len(files)},
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
    take_contact(conversation=case.conversation, channel="web", enquiry=move[:60], at=at, rng=rng)
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
