"""What people are contracted to work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from django.db import transaction

from frontdoor.journal.actions import record
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.models import Contract
from frontdoor.workforce.records.rota import require_rostering


class NotAContract(ValueError):
    """A contract is of a quarter of an hour to 48 hours a week, on one to seven days. Enter it again; nothing was
    changed.
    """


@transaction.atomic
def set_contract(
    *,
    user: User,
    since_on: date,
    minutes: int,
    days: int,
    weekdays: Sequence[int] = (),
    earliest: time | None = None,
    latest: time | None = None,
    by: User | None,
    at: datetime,
) -> Contract:
    """From a day on somebody works so many paid minutes a week on so many days. Raises MayNotRoster, NotAContract."""
    require_rostering(by)
    if not (15 <= minutes <= 2880 and 1 <= days <= 7 and set(weekdays) <= set(range(7))):
        raise NotAContract
    said = {
        "minutes": minutes,
        "days": days,
        "weekdays": list(weekdays),
        "earliest": earliest,
        "latest": latest,
    }
    contract, _ = Contract.objects.update_or_create(user=user, since_on=since_on, defaults=said)
    facts = {"staff": str(user.pk), "since": since_on.isoformat(), "minutes": minutes, "days": days}
    record(at=at, by=actor_of(by), event="contract set", facts=facts)
    return contract


def contracts_on(*, on: date, people: Collection[int] | None = None) -> dict[int, Contract]:
    """The contract that holds on a day, by account: the latest that has begun."""
    found = Contract.objects.filter(since_on__lte=on, user__is_active=True, user__left_at__isnull=True)
    found = found if people is None else found.filter(user__in=list(people))
    return {each.user_id: each for each in found.select_related("user").order_by("since_on")}
