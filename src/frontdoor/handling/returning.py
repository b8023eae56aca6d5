"""Save an application for later and come back to it: a link by email, and the address it went to as the key."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.models import Draft
from frontdoor.catalogue.published import our_council, pack_of
from frontdoor.contacts.identity import note_attempt
from frontdoor.contacts.models import DeliveryChannel
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.applying import DraftGone, locked_draft, touch_draft
from frontdoor.handling.ports import ports
from frontdoor.handling.wording import date_in_words
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.emails import same_email
from frontdoor.kernel.ids import digest, new_token

MOST_TRIES = 5
TRIES_WITHIN = timedelta(hours=1)


class NotThisEmail(Exception):
    """This is not the email address the link was sent to. Type the address at which you got it."""


@transaction.atomic
def save_for_later(*, draft_id: UUID, email: str, at: datetime, rng: Random) -> Draft:
    """Send a link that opens the draft again; an earlier link stops working. Raises DraftGone."""
    draft = locked_draft(draft_id, at)
    token = new_token(rng)
    draft.saved_to, draft.token_digest = email, digest(token)
    name = pack_of(draft.pack).service.name
    council = our_council().name
    link = f"{ports().public_url}/return/{token}"
    queue_delivery(
        outgoing=Outgoing(
            key=f"draft:{draft.pk}:{draft.token_digest[:16]}",
            channel=DeliveryChannel.EMAIL,
            to=email,
            subject=f"Go on with your application: {name}",
            body=SAVED.format(
                link=link, name=name, council=council, until=date_in_words(day_of(draft.expires_at))
            ),
        ),
        customer=None,
        conversation=None,
        not_before=at,
        at=at,
        rng=rng,
    )
    return touch_draft(draft, at)


SAVED = """You saved your answers for: {name}.

Go on where you stopped: {link}

We keep your answers until {until}. To open the link you need this email address. Do not pass it on.

{council}
"""


def draft_by_token(*, token: str, at: datetime) -> Draft:
    """The draft that a saved link opens. Raises DraftGone."""
    found = Draft.objects.filter(token_digest=digest(token), expires_at__gt=at).first() if token else None
    if found is None or hasattr(found, "case"):
        raise DraftGone
    return found


def open_saved(*, token: str, email: str, at: datetime) -> Draft:
    """The draft of a saved link, for whoever knows the address it was sent to: a link found in a browser's history
    opens nothing. Raises DraftGone, NotThisEmail, TooManyTries.
    """
    draft = draft_by_token(token=token, at=at)
    note_attempt(what="saved link", key=draft.token_digest, most=MOST_TRIES, within=TRIES_WITHIN, at=at)
    if not same_email(email, draft.saved_to):
        raise NotThisEmail
    return draft
