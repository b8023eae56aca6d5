"""A person’s shifts as a calendar feed, by a secret link of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.ids import digest, new_token
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.models import Feed, Shift
from frontdoor.workforce.records.rotas.rota import shifts_of

PAST, AHEAD = timedelta(days=28), timedelta(days=120)


class NoSuchFeed(LookupError):
    """No calendar is behind this link any more. Make a new link on the page of your week."""


@transaction.atomic
def make_feed(*, user: User, at: datetime, rng: Random) -> str:
    """A new secret for the link; the one before works no longer. Only its digest is kept, so that it is told once."""
    token = new_token(rng)
    Feed.objects.update_or_create(user=user, defaults={"digest": digest(token), "made_at": at})
    record(at=at, by=actor_of(user), event="calendar link made", facts={"staff": str(user.pk)})
    return token


@transaction.atomic
def end_feed(*, user: User, at: datetime) -> None:
    """The link works no longer."""
    if Feed.objects.filter(user=user).delete()[0]:
        record(at=at, by=actor_of(user), event="calendar link ended", facts={"staff": str(user.pk)})


def shifts_behind(*, token: str, at: datetime) -> tuple[User, Sequence[Shift]]:
    """Whose calendar it is, and their shifts of the last weeks and the next months. Raises NoSuchFeed."""
    feed = Feed.objects.select_related("user").filter(digest=digest(token)).first()
    if feed is None or not feed.user.is_active or feed.user.left_at is not None:
        raise NoSuchFeed
    today: date = day_of(at)
    return feed.user, list(
        shifts_of(first_on=today - PAST, last_on=today + AHEAD, people=[feed.user_id]).order_by("starts_at")
    )
