"""The work list: which cases a person sees in which part of it, by promise, with what a row needs and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from frontdoor.cases.models import Case, DecisionRecord
from frontdoor.cases.permissions import visible_to
from frontdoor.contacts.models import ContactPoint, Direction, Message, PointKind
from frontdoor.kernel.ids import read_reference
from frontdoor.kernel.names import normalised_name
from frontdoor.kernel.postcodes import read_postcode
from frontdoor.staff.models import User

NOT_ON_ROWS = ("pack__files", "helper")
_CHANGES = Coalesce(Sum("revision"), 0)


class Part(StrEnum):
    """The parts of the work list."""

    MINE = "mine"
    TEAM = "team"
    CUSTOMER = "customer"
    SECOND_LOOK = "second-look"
    ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty means anything. `states` are (service, state) pairs."""

    service: str = ""
    state: str = ""
    is_overdue: bool = False
    is_unread: bool = False
    is_unowned: bool = False


StatePairs = Iterable[tuple[str, str]]


def work_list(
    *, user: User, part: Part, second_looks: StatePairs, wanted: Wanted, at: datetime
) -> QuerySet[Case]:
    """Open cases of one part, first the promise that ends first, stopped clocks last.

    `second_looks` are the states in which somebody who did not decide has to look, as (service, state).
    """
    cases = _open_to(user).filter(_in_part(user, part, second_looks))
    return for_rows(_narrowed(cases, wanted, at)).order_by(
        F("due_at").asc(nulls_last=True), "received_at", "pk"
    )


@dataclass(frozen=True)
class Counted:
    """How many open cases each part holds; `changes`: how often all of them together have changed."""

    parts: Mapping[Part, int]
    changes: int


def count_parts(*, user: User, second_looks: StatePairs) -> Counted:
    """All counts in one read; of cases this person may know of."""
    pairs = list(second_looks)
    counted = {part.name: Count("pk", filter=_in_part(user, part, pairs)) for part in Part}
    found = _open_to(user).aggregate(changes=_CHANGES, **counted)
    return Counted({part: found[part.name] for part in Part}, found["changes"])


def count_changes(*, user: User) -> tuple[int, int]:
    """How many open cases this person may know of, and how often they have changed."""
    found = _open_to(user).aggregate(cases=Count("pk"), changes=_CHANGES)
    return found["cases"], found["changes"]


def _open_to(user: User) -> QuerySet[Case]:
    return visible_to(user).filter(closed_at__isnull=True)


def find_cases(*, user: User, words: str) -> QuerySet[Case]:
    """Cases this person may know of by reference, part of a name, or postcode; the newest first."""
    reference, postcode, name = read_reference(words), read_postcode(words), normalised_name(words)
    match = Q(pk__in=[])
    if reference:
        match |= Q(reference=reference)
    if postcode:
        match |= Q(customer__in=_living_at(postcode))
    if name and not (reference or postcode):
        match |= Q(customer__name_key__contains=name)
    return for_rows(visible_to(user).filter(match)).order_by("-received_at", "pk")


def for_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With all that a row shows, in one read: customer, owner, pack, unread messages and where they live."""
    unread = Message.objects.filter(
        conversation=OuterRef("conversation"), direction=Direction.IN, read_at__isnull=True
    )
    home = ContactPoint.objects.filter(customer=OuterRef("customer"), kind=PointKind.ADDRESS).order_by(
        "-added_at"
    )
    annotated = cases.annotate(
        has_unread=Exists(unread), lives_at=Subquery(home.values("address__postcode")[:1])
    )
    return annotated.select_related("customer", "owner", "team", "pack").defer(*NOT_ON_ROWS)


def next_to_take(*, user: User, at: datetime) -> Case | None:
    """The case of this person's teams that waits for an officer, that nobody has, and whose promise ends first."""
    free = _open_to(user).filter(owner__isnull=True, waits_for="officer", team__in=user.teams.all())
    close = free.exclude(customer__interests__user=user)
    return close.order_by(F("due_at").asc(nulls_last=True), "received_at", "pk").first()


def _in_part(user: User, part: Part, second_looks: StatePairs) -> Q:
    ours = Q(team__in=user.teams.all()) | Q(owner=user)
    if part is Part.MINE:
        return Q(owner=user) & ~Q(waits_for="customer")
    if part is Part.TEAM:
        return Q(team__in=user.teams.all()) & ~Q(waits_for="customer")
    if part is Part.CUSTOMER:
        return ours & Q(waits_for="customer")
    if part is Part.SECOND_LOOK:
        decided = DecisionRecord.objects.filter(Q(by=user) | Q(confirmed_by=user), case=OuterRef("pk"))
        return ours & _one_of(second_looks) & ~Q(Exists(decided))
    return Q(pk__isnull=False)


def _one_of(pairs: StatePairs) -> Q:
    states: dict[str, list[str]] = {}
    for service, state in pairs:
        states.setdefault(service, []).append(state)
    match = Q(pk__in=[])
    for service, names in states.items():
        match |= Q(service=service, state__in=names)
    return match


def _narrowed(cases: QuerySet[Case], wanted: Wanted, at: datetime) -> QuerySet[Case]:
    if wanted.service:
        cases = cases.filter(service=wanted.service)
    if wanted.state:
        cases = cases.filter(state=wanted.state)
    if wanted.is_overdue:
        cases = cases.filter(due_at__lt=at)
    if wanted.is_unowned:
        cases = cases.filter(owner__isnull=True)
    if wanted.is_unread:
        unread = Message.objects.filter(direction=Direction.IN, read_at__isnull=True)
        cases = cases.filter(conversation__in=unread.values("conversation"))
    return cases


def _living_at(postcode: str) -> QuerySet[ContactPoint, UUID]:
    points = ContactPoint.objects.filter(
        kind=PointKind.ADDRESS, value_key__contains=normalised_name(postcode)
    )
    return points.values_list("customer", flat=True)
