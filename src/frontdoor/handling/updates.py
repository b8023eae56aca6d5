"""Updates: news to the customer, and to those who follow a report, once for each occasion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from frontdoor.cases.models import Case, Follower, Update
from frontdoor.catalogue.pack import UpdateWords
from frontdoor.catalogue.published import our_council
from frontdoor.catalogue.templates import fill, names_in
from frontdoor.catalogue.words import fill_markdown, one_line
from frontdoor.contacts.actions import keep_message
from frontdoor.contacts.models import ContactPoint, Customer, Delivery, DeliveryChannel, Direction, PointKind
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.knowing import KnownCase
from frontdoor.handling.wording import Said, words_of
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import QuietHours, next_allowed
from frontdoor.kernel.entries import Actor
from frontdoor.kernel.ids import uuid7
from frontdoor.kernel.phones import takes_texts


@dataclass(frozen=True)
class Occasion:
    """Why news is sent: the name of its words, and what makes it happen only once. `is_answer`: the customer
    has just acted.
    """

    words_name: str
    key: str
    is_answer: bool = False
    tells_followers: bool = False


@dataclass(frozen=True)
class Route:
    """How a customer is reached."""

    channel: DeliveryChannel
    point: ContactPoint


def tell_customer(
    *, case: Case, known: KnownCase, occasion: Occasion, said: Said, by: Actor, at: datetime, rng: Random
) -> list[Update]:
    """Queue the news for the customer and, where the occasion says so, for every follower. The same occasion
    happens once.
    """
    words = known.pack.updates[occasion.words_name]
    templates = (words.subject, words.text, words.body)
    needed = frozenset(name for template in templates for name in names_in(template))
    filled = words_of(case=case, known=known, said=said, needed=needed)
    told = []
    for person in _people(case, occasion):
        if Update.objects.filter(case=case, customer=person, occasion=occasion.key).exists():
            continue
        update = Update(
            id=uuid7(at=at, rng=rng),
            case=case,
            customer=person,
            occasion=occasion.key,
            words_name=occasion.words_name,
            made_at=at,
        )
        _send(update, person, words, filled, occasion, by, at, rng)
        told.append(update)
    return told


def _people(case: Case, occasion: Occasion) -> list[Customer]:
    people = [case.customer] if case.customer and case.customer.died_on is None else []
    if occasion.tells_followers:
        followers = (
            Follower.objects.filter(case=case).exclude(customer=case.customer).select_related("customer")
        )
        people += [follower.customer for follower in followers]
    return people


def _send(
    update: Update,
    person: Customer,
    words: UpdateWords,
    filled: dict[str, str],
    occasion: Occasion,
    by: Actor,
    at: datetime,
    rng: Random,
) -> None:
    """Own the words of a follower to themselves: they hear of the report, never of the person who made it."""
    case = update.case
    mine = {**filled, "full_name": person.full_name or "customer"}
    body = fill_markdown(words.body, mine)
    if person == case.customer:
        update.message = keep_message(
            conversation=case.conversation,
            direction=Direction.OUT,
            said_by=by.kind,
            sayer=by.id,
            words=body,
            at=at,
            rng=rng,
        )
    route = route_of(customer=person, allows_letter=words.letter)
    if route is not None:
        update.delivery = _queue(update, route, words, mine, body, occasion, at, rng)
    update.save(force_insert=True)
    facts = {"update": occasion.words_name, "by": route.channel.value if route else "none"}
    record(
        at=at,
        by=by,
        event="customer told",
        case=case.pk,
        customer=person.pk,
        service=case.service,
        facts=facts,
        shown=person == case.customer,
    )


def _queue(
    update: Update,
    route: Route,
    words: UpdateWords,
    filled: dict[str, str],
    body: str,
    occasion: Occasion,
    at: datetime,
    rng: Random,
) -> Delivery:
    is_text = route.channel is DeliveryChannel.TEXT
    outgoing = Outgoing(
        key=f"update:{update.pk}",
        channel=route.channel,
        to=route.point.value,
        subject=one_line(fill(words.subject, filled)),
        body=fill(words.text, filled) if is_text else body,
        address=address_lines(update.customer, route.point),
        reference=update.case.reference,
    )
    return queue_delivery(
        outgoing=outgoing,
        customer=update.customer,
        conversation=update.case.conversation,
        not_before=at if occasion.is_answer and not is_text else next_quiet_end(at),
        at=at,
        rng=rng,
    )


def route_of(*, customer: Customer, allows_letter: bool) -> Route | None:
    """How this customer is told first: as they like it where that works, else email, text, letter."""
    return next(iter(routes_of(customer=customer, allows_letter=allows_letter)), None)


def routes_of(*, customer: Customer, allows_letter: bool) -> list[Route]:
    """Every way in which this customer can be told, best first, one of a channel; never by an unsafe point."""
    points = ContactPoint.objects.filter(customer=customer, is_safe=True)
    routes: dict[str, Route] = {}
    for point in points.order_by("-verified_at", "-added_at", "-pk"):
        channel = _channel_of(point)
        if channel and (allows_letter or channel is not DeliveryChannel.LETTER):
            routes.setdefault(channel.value, Route(channel, point))
    order = dict.fromkeys([customer.prefers, *DeliveryChannel.values])
    return [routes[name] for name in order if name in routes]


def _channel_of(point: ContactPoint) -> DeliveryChannel | None:
    if point.kind == PointKind.EMAIL:
        return DeliveryChannel.EMAIL
    if point.kind == PointKind.PHONE:
        return DeliveryChannel.TEXT if takes_texts(point.value_key) else None
    return DeliveryChannel.LETTER if point.address else None


def address_lines(customer: Customer, point: ContactPoint) -> tuple[str, ...]:
    """The address block of a letter, the name first; empty for a point that is no address."""
    address = point.address or {}
    lines = [customer.full_name, *address.get("lines", []), address.get("town"), address.get("postcode")]
    return tuple(str(line) for line in lines if line) if address else ()


def next_quiet_end(at: datetime) -> datetime:
    """The first instant from `at` at which the council's quiet hours allow news to go out."""
    return next_allowed(at, quiet_hours())


def quiet_hours() -> QuietHours:
    """The council's quiet hours."""
    return our_council().quiet_hours.hours()
