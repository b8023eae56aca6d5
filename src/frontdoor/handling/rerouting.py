"""News that could not be delivered goes another way, once for each channel: a bounce is no reason for silence."""

from __future__ import annotations

from datetime import datetime
from random import Random

from frontdoor.cases.models import Update
from frontdoor.contacts.models import Delivery, DeliveryChannel
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.appointments.telling import tell_another_way
from frontdoor.handling.knowing import known_of
from frontdoor.handling.updates import Route, address_lines, next_quiet_end, points_told_in, routes_of
from frontdoor.journal.actions import record
from frontdoor.kernel.entries import Actor


def send_another_way(*, delivery: Delivery, by: Actor, at: datetime, rng: Random) -> Delivery | None:
    """Queue the news of a failed delivery for the customer's next way; None where there is none, or it was no news.

    The words of an update are those of the message that was kept, so a text that failed goes out in full.
    """
    if news_of_call := tell_another_way(failed=delivery, by=by, at=at, rng=rng):
        return news_of_call
    update = Update.objects.filter(delivery=delivery).select_related("case", "customer", "message").first()
    if update is None or update.message is None:
        return None
    route = _next_route(update, delivery, at)
    if route is None:
        return None
    words = update.message.words
    outgoing = Outgoing(
        key=f"update:{update.pk}:{route.channel.value}",
        channel=route.channel,
        to=route.point.value,
        subject=delivery.subject,
        body=words,
        address=address_lines(update.customer, route.point),
        reference=delivery.reference,
    )
    update.delivery = queue_delivery(
        outgoing=outgoing,
        customer=update.customer,
        conversation=delivery.conversation,
        not_before=next_quiet_end(at),
        at=at,
        rng=rng,
    )
    update.save(update_fields=["delivery"])
    record(
        at=at,
        by=by,
        event="news sent another way",
        case=update.case_id,
        customer=update.customer_id,
        service=update.case.service,
        facts={"failed": str(delivery.pk), "instead": str(update.delivery.pk), "by": route.channel.value},
    )
    return update.delivery


def _next_route(update: Update, failed: Delivery, at: datetime) -> Route | None:
    """Email or letter, whichever was not tried yet: a text has room for a hint only."""
    tried = {failed.channel, DeliveryChannel.TEXT.value}
    if Delivery.objects.filter(key__startswith=f"update:{update.pk}:").exists():
        return None
    told_in: frozenset[str] = frozenset()
    if update.customer_id == update.case.customer_id:
        told_in = points_told_in(case=update.case, asked=known_of(case=update.case, at=at).asked)
    routes = routes_of(customer=update.customer, allows_letter=True, told_in=told_in)
    return next((route for route in routes if route.channel.value not in tried), None)
