"""Who speaks for a customer: noted with the customer's say, and ended when they may no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from frontdoor.contacts.models import Contact, Customer, Helper, MayTell, NewsTo, Relation, Say
from frontdoor.staff.models import User


@dataclass(frozen=True, kw_only=True)
class HelperSaid:
    """Who helps, by whose say, how we know it, what they may be told, and who gets news."""

    full_name: str
    relation: Relation
    say: Say
    evidence: str
    may_tell: MayTell
    phone: str = ""
    email: str = ""
    limits: str = ""
    news_to: NewsTo = NewsTo.CUSTOMER


class HelperIncomplete(ValueError):
    """Something is missing before this helper can be noted. Nothing was changed."""


def add_helper(*, customer: Customer, said: HelperSaid, by: User, at: datetime) -> Helper:
    """Note a helper of this customer. Raises HelperIncomplete, in words that say what is missing."""
    if wrong := what_is_missing(said):
        raise HelperIncomplete(wrong)
    return Helper.objects.create(
        customer=customer,
        full_name=said.full_name,
        relation=said.relation,
        phone=said.phone,
        email=said.email,
        say=said.say,
        evidence=said.evidence,
        may_tell=said.may_tell,
        limits=said.limits,
        news_to=said.news_to,
        noted_by=by,
        noted_at=at,
    )


def what_is_missing(said: HelperSaid) -> str:
    """The first thing that is missing, in words; empty where nothing is."""
    gets_news = said.news_to is not NewsTo.CUSTOMER
    wrong = (
        (not said.full_name, "Enter the name of the helper."),
        (
            not said.evidence,
            "Say how you know that they may speak for the customer, and what you saw or heard.",
        ),
        (said.may_tell is MayTell.SOME and not said.limits, "Say what the helper may be told."),
        (
            said.may_tell is MayTell.NOTHING and gets_news,
            "A helper who may be told nothing cannot get the news. Choose one or the other.",
        ),
        (
            gets_news and not (said.phone or said.email),
            "Enter a phone number or an email address for the news to go to.",
        ),
    )
    return next((words for is_wrong, words in wrong if is_wrong), "")


def standing_helpers(*, customer_id: UUID) -> QuerySet[Helper]:
    """Those who may speak for this customer now, the last noted first."""
    return Helper.objects.filter(customer=customer_id, ended_at__isnull=True).order_by("-noted_at", "-pk")


def end_helping(*, helper: Helper, by: User, at: datetime) -> Helper:
    """They may not speak for the customer any more; ended twice, the first time counts."""
    if helper.ended_at is None:
        helper.ended_at, helper.ended_by = at, by
        helper.save(update_fields=["ended_at", "ended_by"])
    return helper


def name_helper(*, contact: Contact, helper: Helper | None) -> Contact:
    """Say who speaks in this contact: a helper, or (None) the customer."""
    contact.helper = helper
    contact.save(update_fields=["helper"])
    return contact
