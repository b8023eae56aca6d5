"""Emails to staff about their own account: a link to set a password, and news of a change."""

from __future__ import annotations

from datetime import datetime
from random import Random

from frontdoor.catalogue.published import our_council
from frontdoor.contacts.models import Delivery, DeliveryChannel
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.kernel.ids import digest, new_token
from frontdoor.staff.models import User

FIRST = (
    "Hello {name},\n\nyou have an account for {council}. Open this link to choose a password. It works once, for "
    "three days:\n\n{link}\n\nIf you did not expect this, ask your administrator."
)
AGAIN = (
    "Hello {name},\n\nsomebody asked for a new password for your account with {council}. If it was you, open this "
    "link. It works once, for three days:\n\n{link}\n\nIf it was not you, leave it: nothing has been changed."
)
CHANGED = (
    "Hello {name},\n\n{what}, just now, with {council}. If it was you, nothing more is to be done. If it was not you, "
    "tell your administrator at once."
)


def send_link(*, user: User, link: str, is_first: bool, at: datetime, rng: Random) -> Delivery:
    """Queue the link by which somebody sets a password. At once, at any hour: they are waiting for it."""
    words = FIRST if is_first else AGAIN
    subject = "Your new account" if is_first else "Choose a new password"
    return _queue(user, f"link:{digest(link)}", subject, words, {"link": link}, at, rng)


def send_warning(*, user: User, what: str, at: datetime, rng: Random) -> Delivery:
    """Queue the news that something about their account was changed."""
    return _queue(user, f"account:{user.pk}:{new_token(rng)}", what, CHANGED, {"what": what}, at, rng)


def _queue(
    user: User, key: str, subject: str, words: str, more: dict[str, str], at: datetime, rng: Random
) -> Delivery:
    body = words.format(name=user.full_name, council=our_council().name, **more)
    outgoing = Outgoing(
        key=key, channel=DeliveryChannel.EMAIL, to=user.email, subject=subject, body=body, is_urgent=True
    )
    return queue_delivery(outgoing=outgoing, customer=None, conversation=None, not_before=at, at=at, rng=rng)
