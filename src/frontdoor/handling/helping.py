"""Helpers: what a case keeps of one, and news to those who were noted to get it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.db.models import Q

from frontdoor.cases.models import Case
from frontdoor.contacts.helping import standing_helpers
from frontdoor.contacts.models import (
    Conversation,
    Customer,
    Delivery,
    DeliveryChannel,
    Helper,
    MayTell,
    NewsTo,
)
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.people import Person
from frontdoor.handling.recording import record_of_case
from frontdoor.kernel.facts import Json
from frontdoor.kernel.phones import read_phone, takes_texts

AS_HELPER = "You get this because you help {name}.\n\n{body}"
AS_HELPER_TEXT = "For {name}: {body}"


@dataclass(frozen=True)
class Told:
    """News as the customer gets it, and from when it may go out."""

    subject: str
    text: str
    body: str
    not_before: datetime


def as_answered(helper: Helper) -> dict[str, Json]:
    """A helper as forms and cases keep them, whichever way they came; `id` is of the helper whom staff noted."""
    return {
        "id": helper.pk,
        "full_name": helper.full_name,
        "relation": helper.relation,
        "phone": helper.phone,
        "email": helper.email,
        "say": helper.say,
    }


def helper_now(case: Case) -> dict[str, Json]:
    """The helper of a case, while they may still act; empty where there is none."""
    said: dict[str, Json] = case.helper or {}
    return {} if said.get("ended_at") else said


def helpers_for_news(*, case: Case) -> list[Helper]:
    """Those who get news of this case: they may be told everything, or it was made with them. Of a restricted case only
    who made it hears: whoever is told at the desk that there is a helper does not know of it.
    """
    if case.customer_id is None:
        return []
    own = (case.helper or {}).get("id")
    standing = standing_helpers(customer_id=case.customer_id).exclude(news_to=NewsTo.CUSTOMER)
    made_with = Q(pk=own) if isinstance(own, int) else Q(pk__in=[])
    wanted = made_with if case.is_restricted else made_with | Q(may_tell=MayTell.EVERYTHING)
    return list(standing.filter(wanted).select_related("customer"))


def helpers_for_calls(*, customer: Customer, is_restricted: bool) -> list[Helper]:
    """Those who get news of a call that was booked with this customer: they may be told everything.

    Nobody hears that there is one about a restricted service.
    """
    if is_restricted:
        return []
    standing = standing_helpers(customer_id=customer.pk).exclude(news_to=NewsTo.CUSTOMER)
    return list(standing.filter(may_tell=MayTell.EVERYTHING).select_related("customer"))


def is_for_helpers_alone(helpers: Sequence[Helper]) -> bool:
    """Whether the customer wants no news themselves, since it goes to their helper."""
    return any(each.news_to == NewsTo.HELPER for each in helpers)


def tell_helper(
    *,
    helper: Helper,
    told: Told,
    key: str,
    conversation: Conversation | None,
    reference: str,
    at: datetime,
    rng: Random,
) -> Delivery | None:
    """Queue the same news for a helper, and say why they get it; None where no message reaches their number. `key`: of
    the news, which goes to each helper once.
    """
    phone = read_phone(helper.phone) or ""
    channel = DeliveryChannel.EMAIL if helper.email else DeliveryChannel.TEXT
    if not (helper.email or takes_texts(phone)):
        return None
    name = helper.customer.full_name
    is_text = channel is DeliveryChannel.TEXT
    outgoing = Outgoing(
        key=f"helper:{key}:{helper.pk}",
        channel=channel,
        to=phone if is_text else helper.email,
        subject=told.subject,
        body=AS_HELPER_TEXT.format(name=name, body=told.text)
        if is_text
        else AS_HELPER.format(name=name, body=told.body),
        reference=reference,
    )
    return queue_delivery(
        outgoing=outgoing,
        customer=helper.customer,
        conversation=conversation,
        not_before=told.not_before,
        at=at,
        rng=rng,
    )


def close_cases_to(*, helper: Helper, by: Person, at: datetime) -> list[UUID]:
    """A helper who may act no more opens none of the cases that were made with them, and hears nothing of them. In the
    caller's transaction.
    """
    made_with = list(Case.objects.filter(customer=helper.customer_id, helper__id=helper.pk))
    for case in made_with:
        case.helper = {**(case.helper or {}), "ended_at": at.isoformat()}
        case.save(update_fields=["helper"])
        record_of_case(case=case, event="helper ended", by=by.actor, at=at, facts={"helper": helper.pk})
    return [case.pk for case in made_with]
