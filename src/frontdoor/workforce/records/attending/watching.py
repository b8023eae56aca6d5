"""Today: planned against real, what breaks next, and what would mend it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdoor.kernel.clock import day_of, london, monday_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.attending.presence import present_now
from frontdoor.workforce.records.models import AT_WORK, Doing, PartKind, Presence, Shift
from frontdoor.workforce.records.rotas.covering import Planned, at_quarter, planned_week
from frontdoor.workforce.records.rotas.rota import shifts_of
from frontdoor.workforce.rota.definition import Floats
from frontdoor.workforce.rota.measuring import cover_of, measure, need_when_open

LATE_AFTER = timedelta(minutes=5)
STAYS_ON = timedelta(minutes=60)
AHEAD = 16
"""Quarter hours that are looked ahead."""
MOVABLE = frozenset({PartKind.TRAINING, PartKind.BRIEFING, PartKind.ONE_TO_ONE, PartKind.BREAK})
MOST_MENDED = 4


@dataclass(frozen=True)
class Gap:
    """From an instant to another more people are needed than are planned: at the most `short`; and what would mend it."""

    starts_at: datetime
    ends_at: datetime
    short: float
    mends: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Today:
    """The day: shifts, who is present, who should be and is not; people needed and planned by quarter hour; what is
    short ahead.
    """

    shifts: Sequence[Shift]
    present: dict[int, Presence]
    missing: Sequence[User]
    need: Floats | None
    cover: Floats | None
    gaps: Sequence[Gap]


def today_at(*, at: datetime) -> Today:
    """The day as it stands at an instant."""
    on = day_of(at)
    shifts = list(shifts_of(first_on=on, last_on=on))
    present = present_now(people=[each.user_id for each in shifts])
    missing = [each.user for each in _missing(shifts, present, at)]
    planned = planned_week(monday=monday_of(on))
    place = next((number for number, day in enumerate(planned.week.days) if day.on == on), None)
    if place is None:
        return Today(shifts, present, missing, None, None, ())
    need = need_when_open(planned.week)[place].sum(axis=1)
    cover = cover_of(planned.week, planned.rota).at_work[place].sum(axis=1)
    return Today(shifts, present, missing, need, cover, _gaps(planned, place, shifts, present, at))


def missing_of(shifts: Sequence[Shift], *, at: datetime) -> list[Shift]:
    """Of these shifts, those whose people should be signed on by now and are not."""
    return _missing(shifts, present_now(people=[each.user_id for each in shifts]), at)


def _missing(shifts: Sequence[Shift], present: dict[int, Presence], at: datetime) -> list[Shift]:
    return [
        each
        for each in shifts
        if each.starts_at + LATE_AFTER < at < each.ends_at and each.user_id not in present
    ]


def _gaps(
    planned: Planned, place: int, shifts: Sequence[Shift], present: dict[int, Presence], at: datetime
) -> list[Gap]:
    """Runs of quarter hours, from now on, in which somebody is short."""
    on = planned.week.days[place].on
    stand = {int(person.name) for person in planned.week.people if on in person.fixed}
    short = measure(planned.week, planned.rota).short[place]
    local = london(at)
    now = local.hour * 4 + local.minute // 15
    found: list[Gap] = []
    run: list[int] = []
    for quarter in [*range(now, min(now + AHEAD, 96)), 96]:
        if quarter < 96 and short[quarter] >= 0.5 and (not run or run[-1] == quarter - 1):
            run.append(quarter)
            continue
        if run:
            begins, ends = (at_quarter(on, each) for each in (run[0], run[-1] + 1))
            worst = max(float(short[each]) for each in run)
            found.append(
                Gap(begins, ends, worst, tuple(_mends(begins, ends, shifts, present, stand)[:MOST_MENDED]))
            )
        run = [quarter] if quarter < 96 and short[quarter] >= 0.5 else []
    return found


def _mends(
    begins: datetime,
    ends: datetime,
    shifts: Sequence[Shift],
    present: dict[int, Presence],
    stand: Collection[int],
) -> list[str]:
    """What would put somebody on contacts then, the least trouble first: written work that can wait, parts that can be at
    another time, shifts that end just before or begin just after and do not `stand` by contract.
    """
    found = [
        f"{each.user.full_name} is on written work and could take contacts."
        for each in shifts
        if (doing := present.get(each.user_id)) is not None and doing.doing == Doing.WRITTEN
    ]
    for shift in shifts:
        for part in shift.parts.all():
            if part.kind in MOVABLE and part.starts_at < ends and begins < part.ends_at:
                what = part.get_kind_display().lower()
                found.append(
                    f"{shift.user.full_name}: the {what} at {london(part.starts_at):%H:%M} could be at another time."
                )
    for shift in (each for each in shifts if each.user_id not in stand):
        if begins - STAYS_ON <= shift.ends_at < ends:
            found.append(f"{shift.user.full_name} could stay on after {london(shift.ends_at):%H:%M}.")
        elif begins < shift.starts_at <= ends + STAYS_ON:
            found.append(f"{shift.user.full_name} could begin before {london(shift.starts_at):%H:%M}.")
    return found


def at_work_now(present: dict[int, Presence]) -> int:
    """How many are on contacts or written work."""
    return sum(each.doing in AT_WORK for each in present.values())
