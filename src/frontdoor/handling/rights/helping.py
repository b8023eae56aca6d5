"""What we hold of somebody as a helper: who they said they are, and what they said, on whose behalf it may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from frontdoor.cases.models import Case
from frontdoor.cases.permissions import hidden_from, visible_to
from frontdoor.contacts.models import ContactPoint, Customer, Helper, Message
from frontdoor.kernel.phones import read_phone
from frontdoor.staff.models import User

WHOM = "[the person you helped]"
Block = dict[str, Any]


def helped_cases(*, ways: Collection[str], seen_by: User) -> list[Case]:
    """The cases in which a helper gave one of these addresses or numbers, as far as somebody may know of them.

    Restricted cases are none of them: there a helper may be who told us in confidence, and is not named anywhere.
    """
    asked = Q(pk__in=[])
    for way in ways:
        asked |= Q(helper__email__iexact=way) | Q(helper__phone=way)
    cases = visible_to(seen_by).filter(asked, is_restricted=False).select_related("pack", "customer")
    return list(cases.order_by("received_at", "pk"))


def noted_helpers(*, ways: Collection[str], seen_by: User) -> list[Helper]:
    """Where staff noted that they speak for a customer of whom no case is hidden from who asks."""
    hidden = hidden_from(seen_by).values("customer")
    asked = Q(pk__in=[])
    for way in ways:
        asked |= Q(email__iexact=way) | Q(phone=way)
    found = Helper.objects.filter(asked).exclude(customer__in=hidden).select_related("customer")
    return list(found.order_by("noted_at", "pk"))


def helping_blocks(cases: Sequence[Case], noted: Sequence[Helper]) -> list[Block]:
    """One block for each case or customer they spoke for; whom they spoke for is not named."""
    said = Message.objects.filter(conversation__in=[case.conversation_id for case in cases], said_by="helper")
    words: dict[UUID, list[Block]] = {}
    for each in said.order_by("said_at", "pk"):
        words.setdefault(each.conversation_id, []).append({"at": each.said_at, "words": each.words})
    of_cases = [
        {
            "for": WHOM,
            "since": case.received_at,
            "you gave": dict(case.helper or {}),
            "you said": words.get(case.conversation_id, []),
        }
        for case in cases
    ]
    of_notes = [
        {
            "for": WHOM,
            "since": each.noted_at,
            "until": each.ended_at,
            "you gave": {"full_name": each.full_name, "email": each.email, "phone": each.phone},
            "as": each.get_relation_display(),
            "by whose say": each.get_say_display(),
            "you may be told": each.get_may_tell_display(),
        }
        for each in noted
    ]
    return of_cases + of_notes


def names_in(cases: Sequence[Case], noted: Sequence[Helper]) -> list[str]:
    """What the helper is called and reached by in these records: never covered in their own copy."""
    given = [value for case in cases for value in (case.helper or {}).values() if isinstance(value, str)]
    own = [*given, *(each for row in noted for each in (row.full_name, row.email, row.phone))]
    return [word for each in own if each for word in (each, *each.split())]


def whom_they_helped(cases: Sequence[Case], noted: Sequence[Helper]) -> Mapping[str, str]:
    """The names, numbers and addresses of those they spoke for, to be covered."""
    customers = {case.customer for case in cases if case.customer} | {each.customer for each in noted}
    words = [word for customer in customers for word in _words_of(customer)]
    return dict.fromkeys(words, WHOM)


def _words_of(customer: Customer) -> list[str]:
    points = ContactPoint.objects.filter(customer=customer).values_list("value", flat=True)
    return [customer.full_name, *customer.full_name.split(), *points]


def ways_of(points: Sequence[ContactPoint]) -> list[str]:
    """The email addresses and numbers of a customer, as a helper may have given them."""
    ways = [point.value for point in points if point.kind != "address"]
    return [*ways, *(number for way in ways if (number := read_phone(way)))]
