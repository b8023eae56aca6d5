"""Who may be meant, and all that a customer has open, as far as this person may know of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from frontdoor.cases.models import Case, Enquiry
from frontdoor.cases.permissions import hidden_from, visible_to
from frontdoor.cases.queries import enquiries_visible_to
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.finding import Found, find_people
from frontdoor.contacts.matching import Likeness
from frontdoor.contacts.models import Contact, ContactPoint, Customer, Delivery, Direction, Message, PointKind
from frontdoor.handling.standing import Standing, standing_of
from frontdoor.kernel.ids import read_reference
from frontdoor.staff.models import User

MOST_FOUND = 8
MOST_CASES = 20
MOST_MESSAGES = 200
LONGEST_SAID = 280


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant. `is_masked`: all that we know of them is with a service that keeps it to itself, so
    that nothing but the name may be shown; `transfer_to` are the teams of such services.
    """

    customer: Customer
    likeness: Likeness
    because: tuple[str, ...]
    against: tuple[str, ...]
    points: tuple[ContactPoint, ...]
    open_cases: int
    is_masked: bool
    transfer_to: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """Something that was said last: when, by which way, in which direction, in what words, about what."""

    at: datetime
    channel: str
    is_ours: bool
    words: str
    reference: str = ""


@dataclass(frozen=True)
class OpenCase:
    """A case that goes on: how it stands in the customer's words, what was said last, and replies nobody read."""

    case: Case
    standing: Standing
    said: Said | None
    unread: int


@dataclass(frozen=True)
class Picture:
    """All of one customer that this person may know. `transfer_to`: teams of restricted services that know them;
    `is_masked`: only they do, so that nothing but the name is shown.
    """

    customer: Customer
    points: tuple[ContactPoint, ...]
    cases: tuple[OpenCase, ...]
    ended: tuple[Case, ...]
    said: tuple[Said, ...]
    earlier: tuple[Enquiry, ...]
    transfer_to: tuple[str, ...]
    is_masked: bool


def find_customers(*, words: str, user: User, limit: int = MOST_FOUND) -> list[Candidate]:
    """The customers who may be meant by what a caller gives, the likeliest first: a reference, or name, phone, email,
    address and date of birth in any order.
    """
    found = find_people(words=words, limit=limit)
    case = _by_reference(words, user)
    if case is not None and case.customer is not None:
        meant = Found(case.customer, Likeness.SAME, (f"reference {case.reference}",))
        found = [meant, *(each for each in found if each.customer.pk != case.customer_id)][:limit]
    return candidates(found, user)


def everything_open(*, customer: Customer, user: User, at: datetime) -> Picture:
    """What this customer has open, what was said last on every channel, and what they came with before."""
    seen = visible_to(user).filter(customer=customer).select_related("pack", "team", "customer")
    seen = seen.defer("pack__files")
    running = list(seen.filter(closed_at__isnull=True).order_by("due_at", "received_at")[:MOST_CASES])
    kept = list(
        hidden_from(user).filter(customer=customer).values_list("conversation", "team__name", "closed_at")
    )
    hidden = [conversation for conversation, _, _ in kept]
    messages = _messages(customer, hidden)
    is_masked = bool(_masked({customer.pk} if kept else set(), user))
    points = {} if is_masked else _points_of([customer.pk])
    return Picture(
        customer=customer,
        points=tuple(points.get(customer.pk, ())),
        cases=tuple(_open_case(case, messages, at) for case in running),
        ended=tuple(seen.filter(closed_at__isnull=False).order_by("-closed_at", "pk")[:5]),
        said=_last_said(messages, _sent(customer, hidden)),
        earlier=tuple(_earlier(customer, user)),
        transfer_to=tuple(sorted({team for _, team, closed_at in kept if closed_at is None})),
        is_masked=is_masked,
    )


def postcode_of(*, customer: Customer, user: User) -> str:
    """Where this customer lives, as far as this person may know it; empty where it is not known."""
    if is_kept_from(customer=customer, user=user):
        return ""
    homes = ContactPoint.objects.filter(customer=customer, kind=PointKind.ADDRESS).order_by("-added_at", "pk")
    address = homes.values_list("address", flat=True).first()
    return str(address.get("postcode") or "") if isinstance(address, dict) else ""


def is_kept_from(*, customer: Customer, user: User) -> bool:
    """Whether all that we know of this customer is with a service that keeps it from this person."""
    return not known_to(customers=[customer], user=user)


def known_to(*, customers: Collection[Customer], user: User) -> list[Customer]:
    """Those of these customers of whom this person may know more than the name."""
    ids = [each.pk for each in customers]
    masked = _masked(_hidden_in_part(hidden_from(user).filter(customer__in=ids)), user)
    return [each for each in customers if each.pk not in masked]


def restricted_to(user: User) -> frozenset[str]:
    """The ids of the restricted services that this person may know nothing of: those of teams they are not in."""
    own = set(user.teams.values_list("name", flat=True))
    return frozenset(
        each.id for each in our_catalogue().services.values() if each.is_restricted and each.owner not in own
    )


def _by_reference(words: str, user: User) -> Case | None:
    reference = read_reference(words)
    found = visible_to(user).filter(reference=reference) if reference else Case.objects.none()
    return found.select_related("customer").first()


def candidates(found: Collection[Found], user: User) -> list[Candidate]:
    """These customers as this person may see them, in the order given."""
    ids = [each.customer.pk for each in found]
    hidden = hidden_from(user).filter(customer__in=ids)
    teams = _teams(hidden.filter(closed_at__isnull=True))
    masked = _masked(_hidden_in_part(hidden), user)
    points = _points_of([each for each in ids if each not in masked])
    counted = (
        visible_to(user).filter(customer__in=ids, closed_at__isnull=True).values_list("customer")
    ).annotate(n=Count("pk"))
    running: dict[UUID, int] = dict(counted)
    return [
        Candidate(
            customer=each.customer,
            likeness=each.likeness,
            because=each.because,
            against=each.against,
            points=tuple(points.get(each.customer.pk, ())),
            open_cases=running.get(each.customer.pk, 0),
            is_masked=each.customer.pk in masked,
            transfer_to=teams.get(each.customer.pk, ()),
        )
        for each in found
    ]


def _hidden_in_part(hidden: QuerySet[Case]) -> set[UUID]:
    return {each for each in hidden.values_list("customer", flat=True) if each}


def _masked(kept: set[UUID], user: User) -> set[UUID]:
    """Those of whom there is nothing but what a restricted service keeps (`kept`: who has a case there): no other case,
    and no contact that they made by themselves about anything else. A call at the desk does not lift it: anybody may
    say a name.
    """
    if not kept:
        return kept
    cases = visible_to(user).filter(customer__in=kept).values_list("customer", flat=True)
    plain = ~Q(service__in=["", *restricted_to(user)])
    others = Contact.objects.filter(plain, customer__in=kept, taken_by__isnull=True)
    return kept - set(cases) - set(others.values_list("customer", flat=True))


def _points_of(ids: Collection[UUID]) -> dict[UUID, list[ContactPoint]]:
    points: dict[UUID, list[ContactPoint]] = {}
    for point in ContactPoint.objects.filter(customer__in=ids).order_by("kind", "-added_at", "pk"):
        points.setdefault(point.customer_id, []).append(point)
    return points


def _teams(cases: QuerySet[Case]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, set[str]] = {}
    for customer, team in cases.values_list("customer", "team__name").distinct():
        found.setdefault(customer, set()).add(team)
    return {customer: tuple(sorted(teams)) for customer, teams in found.items()}


def _messages(customer: Customer, hidden: Collection[UUID]) -> list[Message]:
    """What was said with this customer outside hidden conversations, the newest first."""
    said = Message.objects.filter(conversation__customer=customer).exclude(conversation__in=hidden)
    said = said.select_related("contact", "conversation__case").order_by("-said_at", "-pk")
    return list(said[:MOST_MESSAGES])


def _sent(customer: Customer, hidden: Collection[UUID]) -> list[Delivery]:
    """What we sent outside hidden conversations, the newest first; codes to sign in with are nobody's news."""
    sent = Delivery.objects.filter(customer=customer).exclude(key__startswith="code:")
    sent = sent.exclude(conversation__in=hidden)
    return list(sent.order_by("-created_at", "pk")[:MOST_MESSAGES])


def _open_case(case: Case, messages: Iterable[Message], at: datetime) -> OpenCase:
    own = [each for each in messages if each.conversation_id == case.conversation_id]
    unread = sum(each.direction == Direction.IN and each.read_at is None for each in own)
    return OpenCase(case, standing_of(case=case, at=at), _said(own[0]) if own else None, unread)


def _last_said(messages: Iterable[Message], sent: Iterable[Delivery]) -> tuple[Said, ...]:
    """What was said last each way on each channel, the newest first."""
    every = [_said(each) for each in messages if each.contact_id] + [
        Said(each.created_at, each.get_channel_display(), True, _short(each.subject or each.body))
        for each in sent
    ]
    newest: dict[tuple[str, bool], Said] = {}
    for said in sorted(every, key=lambda each: each.at):
        newest[(said.channel, said.is_ours)] = said
    return tuple(sorted(newest.values(), key=lambda each: each.at, reverse=True))


def _said(message: Message) -> Said:
    case: Case | None = getattr(message.conversation, "case", None)
    return Said(
        at=message.said_at,
        channel=message.contact.get_channel_display() if message.contact else "",
        is_ours=message.direction == Direction.OUT,
        words=_short(message.words),
        reference=case.reference if case else "",
    )


def _short(words: str) -> str:
    line = " ".join(words.replace("**", "").split())
    return line if len(line) <= LONGEST_SAID else line[: LONGEST_SAID - 1].rstrip() + "…"


def _earlier(customer: Customer, user: User) -> QuerySet[Enquiry]:
    """The last enquiries that were closed, with their words."""
    known = enquiries_visible_to(user=user, restricted=restricted_to(user))
    past = known.filter(contact__customer=customer, ended_at__isnull=False)
    return past.select_related("contact", "case", "contact__taken_by").order_by("-ended_at", "pk")[:5]
