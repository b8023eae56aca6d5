"""The calendar of known events: what changes how much comes, said beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.journal.actions import record
from frontdoor.kernel.workingdays import ENGLAND, bank_holidays
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.workforce.forecast.definition import Calendar, Event, mail_out
from frontdoor.workforce.records.models import EventKind, KnownEvent


class MayNotPlanWork(Exception):
    """Your role does not plan. A planner can; nothing was changed."""


class NotAnEvent(ValueError):
    """An event needs a name, ends on the day it begins or later, and says either how many letters are sent and the share
    who will call, or how many times the usual comes. Nothing was changed.
    """


def require_planner(by: User | None) -> None:
    """Raise MayNotPlanWork unless this person plans. None: a command."""
    if by is not None and not may(by, May.PLAN):
        raise MayNotPlanWork


@transaction.atomic
def note_event(
    *,
    name: str,
    kind: EventKind,
    first_on: date,
    last_on: date,
    services: Sequence[str] = (),
    sent: int | None = None,
    will_call: float | None = None,
    times: float | None = None,
    by: User,
    at: datetime,
) -> KnownEvent:
    """Say what is known. `will_call`: a share from 0 to 1. Raises MayNotPlanWork, NotAnEvent."""
    require_planner(by)
    name = " ".join(name.split())[:80]
    is_share = (sent is None) == (will_call is None) and (sent is None or times is None)
    if not name or last_on < first_on or not is_share or not 0 <= (will_call or 0) <= 1 or (times or 0) < 0:
        raise NotAnEvent
    event = KnownEvent.objects.create(
        name=name, kind=kind, first_on=first_on, last_on=last_on, services=list(services), sent=sent,
        will_call=will_call, times=times, noted_by=by, noted_at=at,
    )  # fmt: skip
    facts = {"event": event.pk, "kind": kind.value, "from": first_on.isoformat(), "to": last_on.isoformat()}
    record(at=at, by=actor_of(by), event="known event noted", facts=facts)
    return event


@transaction.atomic
def drop_event(*, event_id: int, by: User, at: datetime) -> None:
    """It will not be, or was a mistake. Raises MayNotPlanWork."""
    require_planner(by)
    if KnownEvent.objects.filter(pk=event_id).delete()[0]:
        record(at=at, by=actor_of(by), event="known event dropped", facts={"event": event_id})


def events_between(*, first_on: date, last_on: date) -> QuerySet[KnownEvent]:
    """Events with a day in a span, in order."""
    return KnownEvent.objects.filter(first_on__lte=last_on, last_on__gte=first_on).order_by("first_on", "pk")


def calendar_of(*, first_on: date, last_on: date, series: Sequence[tuple[str, str]]) -> Calendar:
    """The calendar that the forecast wants, for days from one to another: bank holidays, closed days and events.
    `series`: the service and channel of each.
    """
    closed = {
        day
        for year in range(first_on.year, last_on.year + 1)
        for day in bank_holidays(year, ENGLAND.subdivision)
    }
    events: list[Event] = []
    for each in events_between(first_on=first_on, last_on=last_on):
        days = (each.last_on - each.first_on).days + 1
        if each.kind == EventKind.CLOSED:
            closed |= {each.first_on + timedelta(days=number) for number in range(days)}
            continue
        names = [series_name(*one) for one in series if not each.services or one[0] in (*each.services, "")]
        if not names:
            continue
        if each.sent is not None and each.will_call is not None:
            events.append(
                mail_out(
                    each.name, each.first_on, sent=each.sent, share=each.will_call, days=days, series=names
                )
            )
        else:
            events.append(Event(each.name, each.first_on, days, frozenset(names), times=each.times))
    return Calendar(holidays=frozenset(closed), events=tuple(events))


def series_name(service: str, channel: str) -> str:
    """Service and channel in one word, as the forecast names its series; an empty service is all of them."""
    return f"{service}/{channel}"
