"""Long work: asked for by a page, done by a worker, watched and stopped by whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from random import Random
from typing import Any

from django.db import transaction

from frontdoor.journal.actions import record
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.forecast.definition import BadHistory
from frontdoor.workforce.records.expected.events import MayNotPlanWork, require_planner
from frontdoor.workforce.records.expected.forecasts import NothingToLearnFrom, make_forecast, publish_forecast
from frontdoor.workforce.records.models import LongWork, WorkKind
from frontdoor.workforce.records.rotas.rota import MayNotRoster
from frontdoor.workforce.records.rotas.solving import NobodyToPlan, WeekBegun, make_rota
from frontdoor.workforce.records.what_ifs import NothingToSimulate
from frontdoor.workforce.rota.definition import BadWeek
from frontdoor.workforce.simulation.changing import BadChange, Change, Fewer, More, Multiply, Train, WhatIf
from frontdoor.workforce.simulation.definition import BadWorld

Said = Callable[[float, str], None]


class Stopped(Exception):
    """It was stopped as you asked; nothing of it was kept."""


class SuchWorkGoesOn(Exception):
    """Work of this kind is going on already. Watch it, or stop it and ask again."""


@transaction.atomic
def ask_work(*, kind: WorkKind, asked: Mapping[str, Any], by: User, at: datetime) -> LongWork:
    """Ask for long work; a worker begins with it at once. Raises MayNotPlanWork, SuchWorkGoesOn."""
    require_planner(by)
    User.objects.select_for_update().get(pk=by.pk)  # pressed twice at once, it is asked once
    if LongWork.objects.filter(kind=kind, done_at__isnull=True).exists():
        raise SuchWorkGoesOn
    work = LongWork.objects.create(kind=kind, asked=dict(asked), asked_by=by, asked_at=at, next_try_at=at)
    record(at=at, by=actor_of(by), event="long work asked", facts={"work": work.pk, "kind": kind.value})
    return work


@transaction.atomic
def stop_work(*, work_id: int, by: User, at: datetime) -> None:
    """Stop it at the next step; what is over stays as it is. Raises MayNotPlanWork."""
    require_planner(by)
    if LongWork.objects.filter(pk=work_id, done_at__isnull=True, stop_at__isnull=True).update(stop_at=at):
        record(at=at, by=actor_of(by), event="long work stopped", facts={"work": work_id})


def do_work(*, work_id: int, at: datetime, rng: Random) -> None:
    """Do one. What is wrong with what was asked is told on its row, and it is over; anything else is tried again."""
    work = LongWork.objects.select_related("asked_by").get(pk=work_id)

    def said(share: float, words: str) -> None:
        LongWork.objects.filter(pk=work_id).update(progress=share, words=words[:300])
        if LongWork.objects.filter(pk=work_id, stop_at__isnull=False).exists():
            raise Stopped

    try:
        said(0.01, "Begun")
        result = DOES[WorkKind(work.kind)](work, said, at, rng)
    except FAULTS as fault:
        words = " ".join((str(fault) or type(fault).__doc__ or "").split())
        is_fault = not isinstance(fault, Stopped)
        LongWork.objects.filter(pk=work_id).update(words=words[:300], is_fault=is_fault)
    else:
        LongWork.objects.filter(pk=work_id).update(
            progress=1, words=f"Done: {result['told']}" if "told" in result else "Done", result=result
        )


def _forecast(work: LongWork, said: Said, at: datetime, rng: Random) -> dict[str, Any]:
    first = date.fromisoformat(work.asked["first"])
    found = make_forecast(first_on=first, days=int(work.asked["days"]), at=at, said=said)
    return {"forecast": publish_forecast(found=found, by=work.asked_by, at=at).pk}


def _rota(work: LongWork, said: Said, at: datetime, rng: Random) -> dict[str, Any]:
    """Stopped, the best so far is taken: whoever watches is satisfied."""

    def told(share: float, words: str) -> bool:
        try:
            said(share, words)
        except Stopped:
            return True
        return False

    monday = date.fromisoformat(work.asked["monday"])
    return make_rota(monday=monday, by=work.asked_by, at=at, rng=rng, said=told)


def _what_ifs(work: LongWork, said: Said, at: datetime, rng: Random) -> dict[str, Any]:
    from frontdoor.workforce.records.comparing import (
        compare_week,  # numba: a second and 100 MB that most processes never need
    )

    said(0.02, "Simulating; the first time takes some seconds more")
    found = compare_week(
        monday=date.fromisoformat(work.asked["monday"]),
        what_ifs=[_what_if(each) for each in work.asked["changes"]],
        said=said,
    )
    return {"cases": found.cases, "tables": found.tables}


def _need(work: LongWork, said: Said, at: datetime, rng: Random) -> dict[str, Any]:
    from frontdoor.workforce.records.rotas.settling import (
        settle_week,  # numba: a second and 100 MB that most processes never need
    )

    said(0.02, "Simulating; the first time takes some seconds more")
    return settle_week(monday=date.fromisoformat(work.asked["monday"]), said=said)


def _what_if(asked: Mapping[str, Any]) -> WhatIf:
    """A change as the page asks for it: its name, its kind, a number and what it is of."""
    number, of = int(asked["number"]), str(asked["of"])
    changes: dict[str, Callable[[], Change]] = {
        "fewer": lambda: Fewer(number),
        "more": lambda: More(number),
        "train": lambda: Train(number, of),
        "multiply": lambda: Multiply(float(number), of),
    }
    return WhatIf(asked["name"], (changes[asked["kind"]](),))


Doer = Callable[[LongWork, Said, datetime, Random], dict[str, Any]]
DOES: Mapping[WorkKind, Doer] = {
    WorkKind.FORECAST: _forecast,
    WorkKind.ROTA: _rota,
    WorkKind.WHAT_IF: _what_ifs,
    WorkKind.NEED: _need,
}
FAULTS = (
    *(Stopped, NothingToLearnFrom, BadHistory, BadWeek),
    *(NothingToSimulate, BadWorld, BadChange),
    *(NobodyToPlan, WeekBegun, MayNotRoster, MayNotPlanWork),
)


def latest_work(kind: WorkKind) -> LongWork | None:
    """The work of a kind that was asked for last."""
    return LongWork.objects.filter(kind=kind).order_by("-asked_at", "-pk").first()
