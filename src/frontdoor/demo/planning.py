"""The plan of the demo council: events, contracts and meetings, a forecast published two weeks ago, and its rotas."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from frontdoor.demo.line import make_line
from frontdoor.demo.rota import (
    PART_TIME,
    WEEK,
    advisors,
    ask_for_leave,
    ask_for_swaps,
    live,
    planner_of,
    publish_past,
)
from frontdoor.kernel.clock import day_of, monday_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.expected.events import note_event
from frontdoor.workforce.records.expected.forecasts import make_forecast, note_what_came, publish_forecast
from frontdoor.workforce.records.models import EventKind, PartKind
from frontdoor.workforce.records.rotas.meetings import note_meeting
from frontdoor.workforce.records.rotas.solving import make_rota
from frontdoor.workforce.records.terms.contracts import set_contract

DAY = timedelta(days=1)
PUBLISHED = timedelta(days=14)
DAYS, LINE = 42, timedelta(days=46)
WEEKS_AHEAD = 3
LEARNED = timedelta(days=31)
PAID_A_DAY = 450
JOINED = date(2025, 1, 1)


def make_plan(*, at: datetime, seed: int) -> None:
    """Seven weeks by hand; then events, contracts and meetings noted and a forecast published, as it would have been two
    weeks ago; and of this week and those to come rotas that the engine made of them.
    """
    planner, today = planner_of(), day_of(at)
    then, monday = at - PUBLISHED, monday_of(today)
    publish_past(before=monday, at=at)
    make_line(first_on=today - LINE, last_on=monday - DAY, at=at, seed=seed)
    _events(planner, at)
    for place, user in enumerate(advisors()):
        weekdays = PART_TIME.get(place, tuple(range(5)))
        set_contract(
            user=user, since_on=JOINED, minutes=PAID_A_DAY * len(weekdays), days=len(weekdays), weekdays=weekdays,
            earliest=time(8), latest=time(18), by=planner, at=then,
        )  # fmt: skip
    _meetings(planner, then)
    ask_for_leave(monday=monday, at=at)
    found = make_forecast(first_on=day_of(then) + DAY, days=DAYS, at=then, learned_from=LEARNED)
    publish_forecast(found=found, by=planner, at=then)
    for number in range(WEEKS_AHEAD + 1):
        rng = Random(f"{seed}:rota:{number}")
        make_rota(monday=monday + number * WEEK, by=planner, at=then, rng=rng)
    make_line(first_on=monday, last_on=today, at=at, seed=seed)
    live(at=at, seed=seed)
    ask_for_swaps(monday=monday, at=at)
    note_what_came(at=at)


def _meetings(planner: User, at: datetime) -> None:
    since = day_of(at) - 8 * WEEK
    note_meeting(
        name="Team briefing", kind=PartKind.BRIEFING, minutes=30, groups=3, since_on=since, by=planner, at=at
    )
    note_meeting(
        name="One-to-one",
        kind=PartKind.ONE_TO_ONE,
        minutes=30,
        every_weeks=4,
        since_on=since,
        by=planner,
        at=at,
    )


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
