"""What people are contracted to work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from frontdoor.journal.actions import record
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.models import Contract
from frontdoor.workforce.records.rotas.rota import require_rostering
from frontdoor.workforce.records.terms.fixed_shifts import FixedRow, require_fixed


class NotAContract(ValueError):
    """A contract is of a quarter of an hour to 48 hours a week, on one to seven days. The weekdays must be at least so
    many, the earliest time before the latest, and office days no more than days. Enter it again; nothing was changed.
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
    office_days: int = 0,
    office_weekdays: Sequence[int] = (),
    prefers: time | None = None,
    fixed: Sequence[FixedRow] = (),
    by: User | None,
    at: datetime,
) -> Contract:
    """From a day on somebody works so many paid minutes a week on so many days; `fixed` shifts stand every week.

    Raises MayNotRoster, NotAContract, NotFixed.
    """
    require_rostering(by)
    wanted = Contract(
        user=user, since_on=since_on, minutes=minutes, days=days, weekdays=sorted(set(weekdays)), earliest=earliest,
        latest=latest, office_days=office_days, office_weekdays=sorted(set(office_weekdays)), prefers=prefers,
        fixed=sorted([*each] for each in fixed),
    )  # fmt: skip
    require_contract(wanted)
    said = {name: getattr(wanted, name) for name in TERMS}
    before = contracts_on(on=since_on, people=[user.pk]).get(user.pk)
    contract, _ = Contract.objects.update_or_create(user=user, since_on=since_on, defaults=said)
    facts = {
        "staff": str(user.pk),
        "since": since_on.isoformat(),
        "before": terms_of(before) if before else None,
        **terms_of(contract),
    }
    record(at=at, by=actor_of(by), event="contract set", facts=facts)
    return contract


TERMS = (
    "minutes",
    "days",
    "weekdays",
    "earliest",
    "latest",
    "office_days",
    "office_weekdays",
    "prefers",
    "fixed",
)


def terms_of(contract: Contract) -> dict[str, Any]:
    """What a contract says, for the journal."""
    found = {name: getattr(contract, name) for name in TERMS}
    return {name: f"{each:%H:%M}" if isinstance(each, time) else each for name, each in found.items()}


def require_contract(wanted: Contract) -> None:
    """Raise NotAContract where this cannot be one, NotFixed where its fixed shifts cannot be."""
    weekdays, office = set(wanted.weekdays), set(wanted.office_weekdays)
    is_week = 15 <= wanted.minutes <= 2880 and 1 <= wanted.days <= 7 and wanted.office_days <= wanted.days
    is_known = weekdays <= set(range(7)) and office <= (weekdays or set(range(5)))
    is_day = not (wanted.earliest and wanted.latest) or wanted.earliest < wanted.latest
    if not (is_week and is_known and is_day and len(weekdays or range(5)) >= wanted.days):
        raise NotAContract
    require_fixed(wanted)


def contracts_on(*, on: date, people: Collection[int] | None = None) -> dict[int, Contract]:
    """The contract that holds on a day, by account: the latest that has begun."""
    found = Contract.objects.filter(since_on__lte=on, user__is_active=True, user__left_at__isnull=True)
    found = found if people is None else found.filter(user__in=list(people))
    return {each.user_id: each for each in found.select_related("user").order_by("since_on")}
