"""Updates: news to the customer, and to those who follow a report, once for each occasion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db.models import F

from frontdoor.cases.models import Case, Follower, Update
from frontdoor.catalogue.pack import UpdateWords
from frontdoor.catalogue.published import our_council
from frontdoor.catalogue.templates import fill, names_in
from frontdoor.catalogue.words import fill_markdown, one_line
from frontdoor.contacts.actions import keep_message, points_of
from frontdoor.contacts.models import ContactPoint, Customer, Delivery, DeliveryChannel, Direction, PointKind
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.contacts.safety import points_to_write_to
from frontdoor.handling.helping import Told, helpers_for_news, is_for_helpers_alone, tell_helper
from frontdoor.handling.introducing import introduction_of
from frontdoor.handling.knowing import KnownCase
from frontdoor.handling.recording import record_of_case
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

    News that the customer does not want (`unless` of the update) is held back and noted: the step itself stands in
    their timeline all the same. Followers asked for the news themselves, so it is theirs in any case.
    """
    words = known.pack.updates[occasion.words_name]
    people = _people(case, occasion)
    if case.customer in people and words.is_unwanted(known.facts, not_asked=known.not_asked):
        people.remove(case.customer)
        _note_held_back(case, words, by, at)
    if not people:
        return []
    templates = (words.subject, words.text, words.body)
    needed = frozenset(name for template in templates for name in names_in(template))
    filled = words_of(case=case, known=known, said=said, needed=needed)
    told = []
    for person in people:
        if known.begun is None and _was_told(case, person, occasion):
            continue
        update = Update(
            id=uuid7(at=at, rng=rng),
            case=case,
            customer=person,
            occasion=occasion.key,
            words_name=occasion.words_name,
            made_at=at,
        )
        _send(update, person, words, filled, known, occasion, by, at, rng)
        told.append(update)
    return told


def _note_held_back(case: Case, words: UpdateWords, by: Actor, at: datetime) -> None:
    record_of_case(
        case=case,
        event="news held back",
        by=by,
        at=at,
        facts={"update": words.name, "unless": words.unless.text if words.unless else ""},
    )


def _was_told(case: Case, person: Customer, occasion: Occasion) -> bool:
    return Update.objects.filter(case=case, customer=person, occasion=occasion.key).exists()


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
    known: KnownCase,
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
    helpers = helpers_for_news(case=case) if person == case.customer else []
    route = None if is_for_helpers_alone(helpers) else next(iter(_routes(case, person, words, known)), None)
    if route is not None:
        update.delivery = _queue(update, route, words, mine, body, occasion, at, rng)
    update.save(force_insert=True)
    told = Told(one_line(fill(words.subject, mine)), fill(words.text, mine), body, next_quiet_end(at))
    for helper in helpers:
        tell_helper(
            helper=helper,
            told=told,
            key=str(update.pk),
            conversation=case.conversation,
            reference=case.reference,
            at=at,
            rng=rng,
        )
    by_way = route.channel.value if route else "helper" if helpers else "none"
    facts = {"update": occasion.words_name, "by": by_way}
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


def _routes(case: Case, person: Customer, words: UpdateWords, known: KnownCase) -> list[Route]:
    if person != case.customer:
        return routes_of(customer=person, allows_letter=words.letter)
    told_in = points_told_in(case=case, asked=known.asked)
    points = known.begun.points if known.begun else None
    return routes_of(customer=person, allows_letter=words.letter, told_in=told_in, points=points)


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
        is_new=True,
    )


def routes_of(
    *,
    customer: Customer,
    allows_letter: bool,
    told_in: frozenset[str] = frozenset(),
    points: Sequence[ContactPoint] | None = None,
) -> list[Route]:
    """Every way in which this customer can be told, best first, one of a channel; never by an unsafe point or way.

    `told_in`: the points (as they are compared) that they gave with the case in hand; these come before older ones.
    `points`: all of theirs in the order in which they were added, where they are in hand.
    """
    safe = _safe_points(customer) if points is None else [each for each in reversed(points) if each.is_safe]
    now = _by_channel((point for point in safe if point.value_key in told_in), allows_letter)
    before = _by_channel((point for point in safe if point.value_key not in told_in), allows_letter)
    order = dict.fromkeys([customer.prefers, *DeliveryChannel.values])
    first = [now[name] for name in order if name in now]
    return first + [before[name] for name in order if name in before and name not in now]


def _safe_points(customer: Customer) -> list[ContactPoint]:
    safe = points_to_write_to(customer_id=customer.pk)
    return list(safe.order_by(F("verified_at").desc(nulls_last=True), "-added_at", "-pk"))


def points_told_in(*, case: Case, asked: Collection[str]) -> frozenset[str]:
    """The contact points given with this case, as they are compared. `asked`: the questions that apply to it."""
    return frozenset(key for _, _, key in points_of(introduction_of(case.answers, asked=asked)))


def _by_channel(points: Iterable[ContactPoint], allows_letter: bool) -> dict[str, Route]:
    routes: dict[str, Route] = {}
    for point in points:
        channel = _channel_of(point)
        if channel and (allows_letter or channel is not DeliveryChannel.LETTER):
            routes.setdefault(channel.value, Route(channel, point))
    return routes


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
