"""At the desk: how a customer may be reached safely, and who speaks for them. Both are noted in a contact with them, and
neither is shown to anybody from whom the customer is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.contacts.helping import HelperSaid, add_helper, end_helping, name_helper, standing_helpers
from frontdoor.contacts.models import Contact, Customer, Helper, SafeContact
from frontdoor.contacts.safety import Safety, Wishes, careful_household, keep_safe_contact, safety_of
from frontdoor.handling.desk.seeing import is_kept_from, known_to
from frontdoor.handling.desk.taking import contact_in_work, note
from frontdoor.handling.helping import close_cases_to
from frontdoor.handling.people import staff
from frontdoor.staff.models import User

MOST_OF_A_HOUSEHOLD = 20


class NobodyNamed(Exception):
    """Say first who the customer is. Nothing was changed."""


class CodeWordNotGiven(Exception):
    """They have a code word, and you did not say that they gave it. Ask for it; without it nothing of this is changed."""


class NotYourHelper(LookupError):
    """This helper is not noted for this customer, or may not speak for them any more. Look at the page as it is now."""


@dataclass(frozen=True)
class Care:
    """What to heed before anything is said. `household`: somebody else at their address is reached with care."""

    safety: Safety | None
    household: bool
    helpers: Sequence[Helper]


def care_for(*, customer: Customer, user: User) -> Care | None:
    """What this person must heed with this customer; None where the customer is kept from them."""
    others = list(careful_household(customer_id=customer.pk)[:MOST_OF_A_HOUSEHOLD])
    known = known_to(customers=[customer, *others], user=user)
    if customer not in known:
        return None
    return Care(
        safety=safety_of(customer_id=customer.pk),
        household=len(known) > 1,
        helpers=tuple(standing_helpers(customer_id=customer.pk)),
    )


@transaction.atomic
def set_safe_contact(
    *, contact_id: UUID, wishes: Wishes, gave_code_word: bool, by: User, at: datetime
) -> SafeContact | None:
    """The customer says how they may be reached safely; it stands for every service at once. None: nothing is left of
    what they had said before.

    Where there is a code word only who gives it changes anything: somebody may ring in their name to undo it.
    Raises MayNotTake, NotYourContact, ContactOver, NobodyNamed, CodeWordNotGiven.
    """
    contact = contact_in_work(contact_id, by)
    customer = _customer_of(contact, by)
    before = safety_of(customer_id=customer.pk)
    if before is not None and before.code_words and not gave_code_word:
        raise CodeWordNotGiven
    kept = keep_safe_contact(customer=customer, wishes=wishes, by=by, at=at)
    note(contact, "safe contact set" if kept or wishes.never else "safe contact lifted", by, at)
    return kept


@transaction.atomic
def note_helper(*, contact_id: UUID, said: HelperSaid, by: User, at: datetime) -> Helper:
    """Somebody speaks for the customer: who, by whose say, what they may be told. They speak in this contact.

    Raises MayNotTake, NotYourContact, ContactOver, NobodyNamed, HelperIncomplete.
    """
    contact = contact_in_work(contact_id, by)
    helper = add_helper(customer=_customer_of(contact, by), said=said, by=by, at=at)
    name_helper(contact=contact, helper=helper)
    facts = {"helper": helper.pk, "say": said.say.value, "may be told": said.may_tell.value}
    note(contact, "helper noted", by, at, facts)
    return helper


@transaction.atomic
def speak_with(*, contact_id: UUID, helper_id: int | None, by: User, at: datetime) -> Contact:
    """Who speaks in this contact: a helper noted before, or (None) the customer.

    Raises MayNotTake, NotYourContact, ContactOver, NobodyNamed, NotYourHelper.
    """
    contact = contact_in_work(contact_id, by)
    customer = _customer_of(contact, by)
    helper = _helper_of(customer, helper_id) if helper_id is not None else None
    name_helper(contact=contact, helper=helper)
    event = "spoken with helper" if helper else "spoken with customer"
    note(contact, event, by, at, {"helper": helper.pk} if helper else None)
    return contact


@transaction.atomic
def end_helper(*, contact_id: UUID, helper_id: int, by: User, at: datetime) -> Helper:
    """The customer says that this helper may speak for them no more: they are told nothing, and open no case.

    Raises MayNotTake, NotYourContact, ContactOver, NobodyNamed, NotYourHelper.
    """
    contact = contact_in_work(contact_id, by)
    helper = end_helping(helper=_helper_of(_customer_of(contact, by), helper_id), by=by, at=at)
    if contact.helper_id == helper.pk:
        name_helper(contact=contact, helper=None)
    closed = close_cases_to(helper=helper, by=staff(by), at=at)
    note(contact, "helper ended", by, at, {"helper": helper.pk, "cases": len(closed)})
    return helper


def _customer_of(contact: Contact, by: User) -> Customer:
    if contact.customer is None or is_kept_from(customer=contact.customer, user=by):
        raise NobodyNamed
    return contact.customer


def _helper_of(customer: Customer, helper_id: int) -> Helper:
    helper = standing_helpers(customer_id=customer.pk).filter(pk=helper_id).first()
    if helper is None:
        raise NotYourHelper
    return helper
