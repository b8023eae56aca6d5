"""Find a person by what a caller gives: name, phone, email, postcode or date of birth, in any order."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from frontdoor.contacts.matching import Likeness
from frontdoor.contacts.models import ContactPoint, Customer, PointKind
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.names import normalised_name
from frontdoor.kernel.phones import read_phone
from frontdoor.kernel.postcodes import read_postcode


@dataclass(frozen=True)
class Found:
    """A customer who may be meant, how sure that is, and why in words."""

    customer: Customer
    likeness: Likeness
    because: tuple[str, ...]


def find_people(*, words: str, limit: int = 10) -> list[Found]:
    """The customers who may be meant, at most `limit`, the likeliest first; none for empty words."""
    given = _points(words)
    if given:
        held = ContactPoint.objects.filter(given[1]).values("customer")
        people = Customer.objects.filter(pk__in=held).order_by("full_name", "pk")[:limit]
        return [Found(each, Likeness.MAYBE, (given[0],)) for each in people]
    name = normalised_name(words)
    if not name:
        return []
    people = Customer.objects.filter(name_key__contains=name).order_by("full_name", "pk")[:limit]
    return [Found(each, Likeness.MAYBE, ("the name",)) for each in people]


def _points(words: str) -> tuple[str, Q] | None:
    """What was typed, where it is a phone number, an email address or a postcode."""
    if phone := read_phone(words):
        return "the phone number", Q(kind=PointKind.PHONE, value_key=phone)
    if email := read_email(words):
        return "the email address", Q(kind=PointKind.EMAIL, value_key=email.casefold())
    if postcode := read_postcode(words):
        return "the postcode", Q(kind=PointKind.ADDRESS, value_key__contains=normalised_name(postcode))
    return None
