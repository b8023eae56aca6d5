"""What one person took and how long it took them, beside everybody: for themselves to see, never as a league."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, F, Q

from frontdoor.contacts.models import Channel, Contact
from frontdoor.kernel.clock import start_of_day
from frontdoor.staff.models import User
from frontdoor.workforce.records.attending.adhering import Kept
from frontdoor.workforce.records.attending.presence import kept_to

IN_TIME = timedelta(seconds=20)
LIVE = (Channel.PHONE, Channel.CHAT)


@dataclass(frozen=True)
class Taken:
    """Of contacts answered: how many, the mean time from the answer until the work after it was done, and the share (0 to
    1) of live ones that had waited 20 seconds at the most. None where there was nothing to say it of.
    """

    answered: int
    handling: timedelta | None
    in_time: float | None


def taken(*, first_on: date, last_on: date, user: User | None = None) -> Taken:
    """Of one person, or of everybody (then `answered` is the mean of those who answered any)."""
    found = Contact.objects.filter(
        taken_by__isnull=False,
        answered_at__gte=start_of_day(first_on),
        answered_at__lt=start_of_day(last_on + timedelta(days=1)),
    )
    found = found if user is None else found.filter(taken_by=user)
    is_live = Q(channel__in=LIVE)
    sums = found.aggregate(
        answered=Count("pk"),
        people=Count("taken_by", distinct=True),
        handling=Avg(F("wrapped_at") - F("answered_at")),
        live=Count("pk", filter=is_live),
        soon=Count("pk", filter=is_live & Q(answered_at__lte=F("received_at") + IN_TIME)),
    )
    answered = (
        round(sums["answered"] / sums["people"]) if user is None and sums["people"] else sums["answered"]
    )
    return Taken(answered, sums["handling"], sums["soon"] / sums["live"] if sums["live"] else None)


def kept_by_everybody(*, since: datetime, until: datetime) -> Kept | None:
    """All who had a shift, together; None where nobody had."""
    every = list(kept_to(since=since, until=until).values())
    if not every:
        return None
    nothing = timedelta(0)
    return Kept(
        sum((each.planned for each in every), nothing),
        sum((each.as_planned for each in every), nothing),
        sum((each.planned_work for each in every), nothing),
        sum((each.worked for each in every), nothing),
    )
