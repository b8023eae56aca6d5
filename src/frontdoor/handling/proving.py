"""A customer, or their helper, opens a case without an account: find it, then prove who they are with a code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import F

from frontdoor.cases.models import Case
from frontdoor.catalogue.published import our_council
from frontdoor.contacts.actions import take_contact
from frontdoor.contacts.identity import (
    new_access_code,
    note_attempt,
    require_few_attempts,
    use_access_code,
)
from frontdoor.contacts.models import (
    Channel,
    ContactPoint,
    Conversation,
    Customer,
    DeliveryChannel,
    PointKind,
)
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.contacts.safety import points_to_write_to
from frontdoor.handling.demand.classifying import note_online
from frontdoor.handling.helping import helper_now
from frontdoor.handling.knowing import known_of
from frontdoor.handling.people import customer
from frontdoor.handling.ports import ports
from frontdoor.handling.recording import record_of_case
from frontdoor.handling.reports import is_public
from frontdoor.handling.standing import asks_how_it_stands
from frontdoor.handling.updates import points_told_in
from frontdoor.kernel.emails import masked_email
from frontdoor.kernel.ids import digest, read_reference
from frontdoor.kernel.names import surname_matches
from frontdoor.kernel.phones import masked_phone, read_phone, takes_texts

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


class Knocks(StrEnum):
    """Who asks to see a case, by the surname they gave."""

    CUSTOMER = "customer"
    HELPER = "helper"


@dataclass(frozen=True)
class Found:
    """A case that was found, and who asks to see it: both where customer and helper bear the name. Nobody by name
    where a report bears none.
    """

    case: Case
    knocks: frozenset[Knocks]


@dataclass(frozen=True)
class CodeRoute:
    """Where a security code may be sent, with most of it masked; `point` is None for the helper's own."""

    knocks: Knocks
    channel: DeliveryChannel
    to: str
    masked: str
    point: ContactPoint | None = None


def find_case(*, reference: str, surname: str, knock: str, at: datetime) -> Found:
    """The case of this reference, if the surname fits. Raises NotFound (the same for every miss) and
    TooManyTries.

    `knock` says who is asking (an address), to slow guessing; it is kept only as a digest. Only misses count, so that
    many people behind one address, as in a library, do not stand in each other's way.
    """
    read = read_reference(reference)
    require_few_misses(read=read, knock=knock, at=at)
    case = Case.objects.select_related("customer", "pack").filter(reference=read).first() if read else None
    knocks = _who_knocks(case, surname) if case else frozenset()
    if case is None or not (knocks or _is_open_to_all(case)):
        note_miss(read=read, knock=knock, at=at)
        raise NotFound
    return Found(case, knocks)


def require_few_misses(*, read: str | None, knock: str, at: datetime) -> None:
    """Raise TooManyTries where the same address, or the same reference, was missed too often lately."""
    asked, wanted = digest(knock), digest(read or "")
    require_few_attempts(what=BY_ADDRESS, key=asked, most=MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)
    require_few_attempts(what=BY_CASE, key=wanted, most=2 * MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)


def note_miss(*, read: str | None, knock: str, at: datetime) -> None:
    """Count a reference and surname that did not fit. Raises TooManyTries."""
    note_attempt(what=BY_ADDRESS, key=digest(knock), most=MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)
    if read:
        note_attempt(what=BY_CASE, key=digest(read), most=2 * MOST_LOOKUPS, within=LOOKUP_WINDOW, at=at)


def _is_open_to_all(case: Case) -> bool:
    """Anybody may follow an ordinary report that bears no name."""
    return case.customer is None and is_public(case)


def _who_knocks(case: Case, surname: str) -> frozenset[Knocks]:
    names = {
        Knocks.CUSTOMER: case.customer.full_name if case.customer else "",
        Knocks.HELPER: str(helper_now(case).get("full_name", "")) if case.customer else "",
    }
    return frozenset(who for who, name in names.items() if name and surname_matches(surname, name))


def routes_for_code(*, case: Case, knocks: frozenset[Knocks], at: datetime) -> list[CodeRoute]:
    """The ways already known by which a code may go: the customer's own to the customer, the helper's to the helper."""
    routes = _routes_of_customer(case, at) if Knocks.CUSTOMER in knocks else []
    return [*routes, *(_routes_of_helper(case) if Knocks.HELPER in knocks else [])]


def _routes_of_customer(case: Case, at: datetime) -> list[CodeRoute]:
    """First the points given with this case, then verified ones; none that is not safe."""
    told_in = points_told_in(case=case, asked=known_of(case=case, at=at).asked)
    return routes_to(customer_id=case.customer_id, told_in=told_in)


def routes_to(*, customer_id: UUID | None, told_in: Collection[str]) -> list[CodeRoute]:
    """The customer's own email addresses and mobiles, those in `told_in` first, then verified ones; none unsafe."""
    held = points_to_write_to(customer_id=customer_id)
    points = sorted(
        held.order_by(F("verified_at").desc(nulls_last=True), "pk"),
        key=lambda point: point.value_key not in told_in,
    )
    routes = []
    for point in points:
        if point.kind == PointKind.EMAIL:
            way, masked = DeliveryChannel.EMAIL, masked_email(point.value)
        elif point.kind == PointKind.PHONE and takes_texts(point.value_key):
            way, masked = DeliveryChannel.TEXT, masked_phone(point.value_key)
        else:
            continue
        routes.append(CodeRoute(Knocks.CUSTOMER, way, point.value, masked, point))
    return routes


def _routes_of_helper(case: Case) -> list[CodeRoute]:
    """What the helper gave of their own when they applied."""
    said = helper_now(case)
    email, phone = str(said.get("email") or ""), read_phone(str(said.get("phone") or "")) or ""
    routes = []
    if email:
        routes.append(CodeRoute(Knocks.HELPER, DeliveryChannel.EMAIL, email, masked_email(email)))
    if phone and takes_texts(phone):
        routes.append(CodeRoute(Knocks.HELPER, DeliveryChannel.TEXT, phone, masked_phone(phone)))
    return routes


@transaction.atomic
def send_code(*, case_id: UUID, route: CodeRoute, at: datetime, rng: Random) -> CodeRoute:
    """Send a code by one of the case's known routes, at once and at any hour: somebody is waiting. Raises
    TooManyTries, NotFound.
    """
    case = Case.objects.select_related("customer", "pack").get(pk=case_id)
    if route not in routes_for_code(case=case, knocks=frozenset({route.knocks}), at=at):
        raise NotFound
    _send(case.pk, route, case.customer if route.point else None, case.conversation, at, rng)
    return route


def send_code_to(
    *,
    subject: UUID,
    route: CodeRoute,
    customer: Customer,
    conversation: Conversation,
    at: datetime,
    rng: Random,
) -> CodeRoute:
    """Send a code that opens something other than a case, by one of its customer's own routes. Raises TooManyTries."""
    _send(subject, route, customer, conversation, at, rng)
    return route


def _send(
    subject: UUID,
    route: CodeRoute,
    customer: Customer | None,
    conversation: Conversation,
    at: datetime,
    rng: Random,
) -> None:
    row, code = new_access_code(subject=subject, point=route.point, key=ports().secret, at=at, rng=rng)
    queue_delivery(
        outgoing=Outgoing(
            key=f"code:{row.pk}",
            channel=route.channel,
            to=route.to,
            subject=f"{code} is your security code",
            body=CODE_WORDS.format(code=code, council=our_council().name),
            is_urgent=True,
        ),
        customer=customer,
        conversation=conversation,
        not_before=at,
        at=at,
        rng=rng,
    )


@transaction.atomic
def note_opened(*, case_id: UUID, at: datetime, rng: Random, is_helper: bool = False) -> Case:
    """The customer, or their helper, proved who they are and sees the case: a contact of its own, like a call to ask how
    it stands. Journalled as the one who it was.
    """
    case = Case.objects.select_related("conversation", "conversation__customer").get(pk=case_id)
    asks = asks_how_it_stands(service=case.service)
    contact = take_contact(conversation=case.conversation, channel=Channel.WEB, enquiry=asks, at=at, rng=rng)
    note_online(contact=contact, case=case, at=at, rng=rng)
    record_of_case(
        case=case,
        event="case opened by helper" if is_helper else "case opened by customer",
        by=customer(case.customer_id, is_helper=is_helper).actor,
        at=at,
        contact=contact.pk,
    )
    return case


def open_with_code(*, case_id: UUID, code: str, at: datetime, rng: Random) -> Found:
    """Open the case with the code that was sent, for whom it was sent to. Raises WrongCode, CodeExpired, TooManyTries."""
    used = use_access_code(subject=case_id, code="".join(code.split()), key=ports().secret, at=at)
    knocks = Knocks.HELPER if used.point_id is None else Knocks.CUSTOMER
    case = note_opened(case_id=case_id, at=at, rng=rng, is_helper=knocks is Knocks.HELPER)
    return Found(case, frozenset({knocks}))
