"""Today put right when people are missing: what doing nothing costs, a proposal that touches few, its acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.db import transaction

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of, monday_of
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.models import PartKind, Shift
from frontdoor.workforce.records.rotas.covering import Planned, at_quarter, planned_week, quarter_at
from frontdoor.workforce.records.rotas.rota import (
    PlannedPart,
    PlannedShift,
    as_planned,
    drop_shift,
    put_shift,
    require_rostering,
    shifts_of,
)
from frontdoor.workforce.rota.definition import Floats, Placed, Rota
from frontdoor.workforce.rota.definition import Shift as RotaShift
from frontdoor.workforce.rota.measuring import cover_of, measure, need_when_open

STANDS_FOR = 1
"""Quarter hours for which a proposal can be accepted after the one in which it was made: the engine leaves the next half
hour as it is, so nothing that has been is changed.
"""


class NotPlanned(LookupError):
    """Somebody you chose has no shift today that is still to come. Look at today again; nothing was changed."""


class ClosedToday(LookupError):
    """We are closed today, so there is no day to put right. Nothing was changed."""


class DayMoved(Exception):
    """The day has changed since this was proposed. Look at the new proposal below; nothing was changed."""


@dataclass(frozen=True)
class Moved:
    """Somebody’s day as it is and as it is proposed."""

    user: User
    before: PlannedShift
    after: PlannedShift


@dataclass(frozen=True)
class Sums:
    """From now to the end of the day: hours of people short and to spare; and what the whole day costs."""

    short: float
    over: float
    cost: float


@dataclass(frozen=True, eq=False)
class Proposed:
    """A proposal for the day, made in a `quarter` of it. `off`: by account, the quarter from which they are off.
    `planned`, `nothing_done`, `then`: the day as planned, with nothing done, and with the changes. `need` and the people
    at work in these three, `cover`, are of shape (96,). `mark`: the same for the same changes.
    """

    quarter: int
    off: Mapping[int, int]
    moved: tuple[Moved, ...]
    planned: Sums
    nothing_done: Sums
    then: Sums
    need: Floats
    cover: tuple[Floats, Floats, Floats]
    mark: str


def propose(*, off: Mapping[int, int], at: datetime, quarter: int | None = None) -> Proposed:
    """What to do where these accounts are off from these quarters of today on. `quarter`: of now, where the proposal was
    made before. Raises NotPlanned, ClosedToday, BadWeek.
    """
    from frontdoor.workforce.rota.replanning import (
        replan,  # numba: a second and 100 MB that most processes never need
    )

    on, now = day_of(at), quarter_at(at) if quarter is None else quarter
    planned = planned_week(monday=monday_of(on))
    place = next((number for number, day in enumerate(planned.week.days) if day.on == on), None)
    if place is None:
        raise ClosedToday
    shifts = {str(each.user_id): each for each in shifts_of(first_on=on, last_on=on)}
    if any(str(user) not in shifts or shifts[str(user)].ends_at <= at for user in off):
        raise NotPlanned
    absent = {str(user): since for user, since in off.items()}
    found = replan(planned.week, planned.rota, on=on, now=now, absent=absent)
    moved = tuple(
        _moved(shifts[each.before.person], each.before, each.after)
        for each in sorted(found.changes, key=lambda change: -change.saves)
    )
    rotas = (planned.rota, found.nothing_done, found.rota)
    costs = (found.planned, found.missed, found.cost)
    sums = [_sums(planned, place, now, *each) for each in zip(rotas, costs, strict=True)]
    cover = [cover_of(planned.week, each).at_work[place].sum(axis=1) for each in rotas]
    return Proposed(
        quarter=now,
        off=dict(off),
        moved=moved,
        planned=sums[0],
        nothing_done=sums[1],
        then=sums[2],
        need=need_when_open(planned.week)[place].sum(axis=1),
        cover=(cover[0], cover[1], cover[2]),
        mark=_mark(off, moved),
    )


def _sums(planned: Planned, place: int, now: int, rota: Rota, cost: float) -> Sums:
    figures = measure(planned.week, rota)
    short, over = (float(each[place, now:].sum()) / 4 for each in (figures.short, figures.over))
    return Sums(short, over, cost)


def _moved(shift: Shift, before: RotaShift, after: RotaShift) -> Moved:
    """Times that do not move stay to the minute."""
    old = as_planned(shift)
    starts_at, ends_at = (
        kept if same else at_quarter(after.on, quarter)
        for kept, same, quarter in (
            (old.starts_at, before.span.begins == after.span.begins, after.span.begins),
            (old.ends_at, before.span.ends == after.span.ends, after.span.ends),
        )
    )
    pauses = [_part(each, after) for each in after.pauses]
    rest = [each for each in old.parts if each.kind not in (PartKind.BREAK, PartKind.LUNCH)]
    parts = tuple(sorted([*pauses, *rest], key=lambda each: each.starts_at))
    return Moved(shift.user, old, PlannedShift(old.user, starts_at, ends_at, parts, old.is_in_office))


def _part(placed: Placed, shift: RotaShift) -> PlannedPart:
    begins, ends = (at_quarter(shift.on, each) for each in (placed.span.begins, placed.span.ends))
    return PlannedPart(PartKind(placed.name), begins, ends)


def _mark(off: Mapping[int, int], moved: tuple[Moved, ...]) -> str:
    told = repr((sorted(off.items()), [(each.before, each.after) for each in moved]))
    return blake2b(told.encode(), digest_size=12).hexdigest()


@transaction.atomic
def accept(*, off: Mapping[int, int], quarter: int, mark: str, by: User, at: datetime) -> Proposed:
    """Make a proposal true: whoever is off has no shift from then on, and the changes stand in the weeks and calendars of
    those whom they touch. `quarter` and `mark` are those of the proposal that was looked at.

    Raises MayNotRoster, DayMoved, NotPlanned, ClosedToday, BadWeek, Overlaps.
    """
    require_rostering(by)
    on, now = day_of(at), quarter_at(at)
    shifts = list(Shift.objects.select_for_update().filter(on=on).order_by("pk"))
    if not quarter <= now <= quarter + STANDS_FOR:
        raise DayMoved
    found = propose(off=off, at=at, quarter=quarter)
    if found.mark != mark:
        raise DayMoved
    for shift in shifts:
        if shift.user_id in off:
            _leave(shift, at_quarter(on, off[shift.user_id]), by, at)
    own = {each.user_id: each.pk for each in shifts}
    for each in found.moved:
        put_shift(wanted=each.after, shift_id=own[each.after.user], by=by, at=at)
    facts = {
        "on": on.isoformat(),
        "off": sorted(str(user) for user in off),
        "changed": [str(each.after.user) for each in found.moved],
    }
    record(at=at, by=actor_of(by), event="day planned anew", facts=facts)
    return found


def _leave(shift: Shift, since: datetime, by: User, at: datetime) -> None:
    """Of one shift only what lies before stays."""
    if since >= shift.ends_at:
        return
    if since <= shift.starts_at:
        drop_shift(shift_id=shift.pk, by=by, at=at)
        return
    old = as_planned(shift)
    parts = tuple(
        PlannedPart(each.kind, each.starts_at, min(each.ends_at, since))
        for each in old.parts
        if each.starts_at < since
    )
    wanted = PlannedShift(old.user, old.starts_at, since, parts, old.is_in_office)
    put_shift(wanted=wanted, shift_id=shift.pk, by=by, at=at)
