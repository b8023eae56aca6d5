"""Whose copy is asked for: the customer of a case, or whoever has an email address or a phone number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from frontdoor.cases.models import Case, Interest
from frontdoor.cases.permissions import visible_to
from frontdoor.contacts.models import Contact, ContactPoint, Customer, PointKind
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.ids import read_reference
from frontdoor.kernel.names import normalised_name
from frontdoor.kernel.phones import read_phone
from frontdoor.staff.models import User


class NobodyFound(Exception):
    """Nobody was found by this among what you may know of. Check how it is written."""


class SeveralFound(Exception):
    """Several people are known by this. Give the reference of a case, or another number or address. Nothing was made."""


@dataclass(frozen=True)
class Whom:
    """Whose records are meant. `customer` is None for somebody known only as a helper; `ways` is how they were named."""

    customer: Customer | None
    ways: tuple[str, ...] = ()


def whom(*, said: str, user: User) -> Whom:
    """Who is meant by a reference, an email address or a phone number. Raises NobodyFound, SeveralFound."""
    reference = read_reference(said)
    if reference:
        case = visible_to(user).filter(reference=reference).select_related("customer").first()
        if case is not None and case.customer is not None:
            return Whom(case.customer)
    email, phone = read_email(said), read_phone(said)
    ways = tuple(each for each in (email, phone) if each)
    if not ways:
        raise NobodyFound
    customers = _reached_by(email, phone, user)
    if len(customers) > 1:
        raise SeveralFound
    return Whom(customers[0] if customers else None, ways)


def _reached_by(email: str | None, phone: str | None, user: User) -> list[Customer]:
    same = Q(kind=PointKind.EMAIL, value_key=(email or "").casefold()) if email else Q(pk__in=[])
    same |= Q(kind=PointKind.PHONE, value_key=phone) if phone else Q(pk__in=[])
    points = ContactPoint.objects.filter(same).select_related("customer__merged_into")
    found = {
        (point.customer.merged_into or point.customer).pk: point.customer.merged_into or point.customer
        for point in points
    }
    return [customer for customer in found.values() if _may_know_of(user, customer)]


def _may_know_of(user: User, customer: Customer) -> bool:
    """Whoever is known only by a case that is hidden from this person is nobody to them."""
    every = Case.objects.filter(customer=customer)
    if not every.exists() or visible_to(user).filter(customer=customer).exists():
        return True
    return Contact.objects.filter(customer=customer, conversation__case__isnull=True).exists()


def is_close_to(user: User, customer: Customer) -> bool:
    """Whether the customer is this person, or somebody close to them as declared: then a colleague makes the copy."""
    if Interest.objects.filter(user=user, customer=customer).exists():
        return True
    own = ContactPoint.objects.filter(
        customer=customer, kind=PointKind.EMAIL, value_key=user.email.casefold()
    )
    return own.exists() or normalised_name(user.full_name) == customer.name_key
