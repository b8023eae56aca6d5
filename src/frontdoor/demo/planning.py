"""The plan of the demo council: events known beforehand, contracts, and a forecast that was published two weeks ago."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from frontdoor.demo.rota import PART_TIME
from frontdoor.kernel.clock import day_of
from frontdoor.staff.models import Role, User
from frontdoor.workforce.records.expected.events import note_event
from frontdoor.workforce.records.expected.forecasts import (
    NothingToLearnFrom,
    make_forecast,
    note_what_came,
    publish_forecast,
)
from frontdoor.workforce.records.models import EventKind
from frontdoor.workforce.records.terms.contracts import set_contract

PUBLISHED = timedelta(days=14)
DAYS = 42
LEARNED = timedelta(days=31)
PAID_A_DAY = 450
JOINED = date(2025, 1, 1)


def make_plan(*, at: datetime) -> None:
    """Note events and contracts, and publish a forecast as it would have been made two weeks ago."""
    planner = User.objects.filter(role=Role.PLANNER).order_by("pk")[0]
    _events(planner, at)
    for place, user in enumerate(User.objects.filter(role=Role.ADVISOR, is_active=True).order_by("pk")):
        weekdays = PART_TIME.get(place, tuple(range(5)))
        set_contract(
            user=user, since_on=JOINED, minutes=PAID_A_DAY * len(weekdays), days=len(weekdays), weekdays=weekdays,
            earliest=time(8), latest=time(18), by=planner, at=at - PUBLISHED,
        )  # fmt: skip
    then = at - PUBLISHED
    try:
        found = make_forecast(
            first_on=day_of(then) + timedelta(days=1), days=DAYS, at=then, learned_from=LEARNED
        )
    except NothingToLearnFrom:
        return
    publish_forecast(found=found, by=planner, at=then)
    note_what_came(at=at)


def _events(planner: User, at: datetime) -> None:
    today = day_of(at)

    def note(name: str, kind: EventKind, begins: int, days: int = 1, **said: object) -> None:
        first = today + timedelta(days=begins)
        note_event(
            name=name, kind=kind, first_on=first, last_on=first + timedelta(days=days - 1), by=planner,
            at=at - PUBLISHED, **said,  # type: ignore[arg-type]  # said below, each as the action takes it
        )  # fmt: skip

    note(
        "Letters: badges that expire",
        EventKind.MAIL_OUT,
        -330,
        5,
        services=["blue-badge"],
        sent=900,
        will_call=0.06,
    )
    note(
        "Letters: badges that expire",
        EventKind.MAIL_OUT,
        9,
        5,
        services=["blue-badge"],
        sent=1100,
        will_call=0.06,
    )
    note("Gritting night", EventKind.WEATHER, 4, 2, services=["street-problem"], times=1.6)
    note(
        "Older people’s bus passes expire",
        EventKind.MAIL_OUT,
        40,
        10,
        services=["bus-pass"],
        sent=18000,
        will_call=0.02,
    )
    note("Office move: nobody at the desks", EventKind.CLOSED, 33)
