"""How many people a week needs by skill, who covers it, and what an edit of the rota costs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import Avg, Count, F

from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.contacts.models import Channel, Contact
from frontdoor.kernel.clock import at_london, london, monday_of, start_of_day
from frontdoor.staff.models import User
from frontdoor.staff.skills import skills_on
from frontdoor.workforce.records.asking.leave import away_between
from frontdoor.workforce.records.expected.forecasts import latest_for
from frontdoor.workforce.records.models import Contract, ForecastDay, LongWork, PartKind, Shift, WorkKind
from frontdoor.workforce.records.rotas.rota import PlannedPart, PlannedShift, shifts_of
from frontdoor.workforce.records.terms.contracts import contracts_on
from frontdoor.workforce.records.terms.fixed_shifts import fixed_of, standing_on
from frontdoor.workforce.records.terms.opening import open_days
from frontdoor.workforce.records.terms.shift_rules import our_rules
from frontdoor.workforce.rota.checking import broken_rules
from frontdoor.workforce.rota.definition import (
    HOUR,
    QUARTER_MINUTES,
    QUARTERS,
    Day,
    Floats,
    Person,
    Placed,
    Prices,
    Rota,
    Span,
    Week,
    quarter_of,
)
from frontdoor.workforce.rota.definition import Shift as RotaShift
from frontdoor.workforce.rota.measuring import Figures, measure, paid_in
from frontdoor.workforce.staffing.definition import Targets

LIVE: Final = frozenset({Channel.PHONE, Channel.CHAT})
PATIENCE, USUAL_HANDLING = 180.0, 360.0
"""Mean seconds after which a caller gives up; and seconds a contact takes where none is on record."""
ANYBODY: Final = "general"
HANDLED_OVER = timedelta(days=56)
FAIR_OVER = timedelta(days=56)
PAUSES = frozenset({PartKind.BREAK, PartKind.LUNCH})


@dataclass(frozen=True)
class Costed:
    """What an edit changes: the week's figures before and after, and the rules that it would break, in sentences."""

    before: Figures
    after: Figures
    broken: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Planned:
    """A week as it is on record: what is needed, who can be planned, the rota as it stands, names by account, and what is
    missing for a full picture, in sentences. `settled`: what the simulation told of its need, where it settled that.
    """

    week: Week
    rota: Rota
    names: Mapping[str, str]
    notes: tuple[str, ...]
    settled: Mapping[str, Any] | None = None


def planned_week(
    *, monday: date, also: Sequence[User] = (), is_settled: bool = True, is_ahead: bool = False
) -> Planned:
    """The week that begins on a Monday, from what is on record: the days on which the council is open; whoever has a
    contract or a shift, and these people `also`. Need is as the simulation settled it, where it did for the forecast that
    holds; else, or not `is_settled`, as the formulas have it. Ahead of a week (`is_ahead`), so many more are needed as
    will be away unplanned.
    """
    days = [Day(day, opens) for day, opens in open_days(monday)]
    contracts = contracts_on(on=monday)
    shifts = list(shifts_of(first_on=monday, last_on=monday + timedelta(days=6)))
    names = {str(each.user_id): each.user.full_name for each in contracts.values()}
    names |= {str(each.user_id): each.user.full_name for each in shifts}
    names |= {str(each.pk): each.full_name for each in also}
    held = skills_on(on=monday, people=[int(name) for name in names])
    known = {skill for skills in held.values() for skill in skills} | {ANYBODY}
    skills, need, has_forecast = _need([day.on for day in days], known)
    settled = _settled(monday, [day.on for day in days]) if is_settled else None
    if settled is not None:
        skills = tuple(settled["skills"])
        need = np.array([settled["need"][day.on.isoformat()] for day in days])
    if is_ahead:
        need = need / (1 - our_council().planning.unplanned_absence / 100)
    away = away_between(first_on=monday, last_on=monday + timedelta(days=6))
    people = []
    for name in sorted(names, key=lambda each: names[each]):
        leave = {day.on for day in days if day.on in away.get(int(name), ())}
        skills_held = frozenset(held.get(int(name), {})) | {ANYBODY}
        people.append(person_of(name, contracts.get(int(name)), days, leave, skills_held))
    notes = [] if has_forecast else ["No forecast of these days is published, so nothing counts as needed."]
    if missing := [names[name] for name in names if int(name) not in contracts]:
        notes.append(
            f"No contract is on record for {', '.join(sorted(missing)[:5])}: their hours are not checked."
        )
    notes += _aside(contracts, days, away)
    week = Week(tuple(days), skills, need, tuple(people), rules=our_rules())
    on = {day.on for day in days}
    rota = Rota(tuple(as_rota(each) for each in shifts if each.on in on))
    return Planned(week, rota, names, tuple(notes), settled)


def _aside(
    contracts: Mapping[int, Contract], days: Sequence[Day], away: Mapping[int, set[date]]
) -> list[str]:
    """What is said of fixed shifts that are not planned: leave lies over them, or they are outside the opening hours."""
    found = []
    for number, contract in contracts.items():
        if not contract.fixed:
            continue
        name, own = contract.user.full_name, fixed_of(contract)
        standing = standing_on(contract, days, away.get(number, set()))
        found += [
            f"{name} has leave on {on:%a %-d %b}: the fixed shift {own[on.weekday()]} counts as worked."
            for on in standing.credits
        ]
        found += [
            f"{name}: the fixed shift {span} of {on:%a %-d %b} is outside the opening hours, and is not kept to."
            for on, span in standing.left_out.items()
        ]
    return found


def person_of(
    name: str,
    contract: Contract | None,
    days: Sequence[Day],
    leave: Collection[date],
    skills: frozenset[str],
) -> Person:
    """Somebody as the rota wants them, on these days, by their contract."""
    if contract is None:
        return Person(name=name, skills=skills, quarters=0, leave=dict.fromkeys(leave))
    window = None
    if contract.earliest or contract.latest:
        begins = quarter_of(contract.earliest) if contract.earliest else 0
        window = Span(begins, quarter_of(contract.latest) if contract.latest else QUARTERS)
    standing = standing_on(contract, days, leave)
    return Person(
        name=name,
        skills=skills,
        quarters=contract.minutes // 15,
        days=contract.days,
        windows={int(weekday): window for weekday in contract.weekdays or range(5)},
        leave=dict.fromkeys(leave),
        office=frozenset(day.on for day in days if day.on.weekday() in contract.office_weekdays),
        office_days=contract.office_days,
        prefers=quarter_of(contract.prefers) if contract.prefers else None,
        fixed=standing.fixed,
        credits=standing.credits,
    )


def with_lates(planned: Planned) -> Planned:
    """The same with everybody's late finishes in the weeks before, which a rota evens out and an edit's cost counts."""
    week = planned.week
    lates = lates_before(monday_of(week.days[0].on))
    people = tuple(replace(each, lates=lates.get(each.name, 0.0)) for each in week.people)
    return replace(planned, week=replace(week, people=people))


def lates_before(monday: date) -> dict[str, float]:
    """By account, how many late finishes somebody had in the weeks before a Monday beyond what others had on the mean;
    whoever had no more is left out.
    """
    shifts = Shift.objects.filter(on__gte=monday - FAIR_OVER, on__lt=monday).values_list("user", "ends_at")
    counts: dict[str, int] = {}
    for user, ends_at in shifts:
        counts[str(user)] = counts.get(str(user), 0) + (
            (quarters_to(ends_at) or QUARTERS) > Prices().late_after
        )
    usual = sum(counts.values()) / max(1, len(counts))
    return {name: count - usual for name, count in counts.items() if count > usual}


def _need(days: Sequence[date], known: set[str]) -> tuple[tuple[str, ...], Floats, bool]:
    """People wanted by day, quarter hour and skill. Calls and chats are staffed as if everybody could take each (Erlang A
    with every target), and shared out by the work of each skill; written work is spread evenly over the open hours.
    """
    work: dict[str, Floats] = {}
    live, written = np.zeros((len(days), QUARTERS)), np.zeros(len(days))
    takes = handling_before(days[0])
    has_forecast = False
    for place, day in enumerate(days):
        published = latest_for(on=day)
        if published is None:
            continue
        has_forecast = True
        for row in rows_of_day(published.pk, day):
            load = np.array(row.mean) * takes.get((row.service, row.channel), USUAL_HANDLING) / 900
            skill = skill_of(row.service, known)
            work.setdefault(skill, np.zeros((len(days), QUARTERS)))[place] += load
            if row.channel in LIVE:
                live[place] += load
            else:
                written[place] += load.sum()
    skills = tuple(sorted(work)) or (ANYBODY,)
    if not has_forecast or not work:
        return skills, np.zeros((len(days), QUARTERS, len(skills))), has_forecast
    from frontdoor.workforce.settling.pooling import (
        pooled,  # numba: a second and 100 MB that most processes never need
    )

    handling = np.full(live.shape, USUAL_HANDLING)
    parts = np.stack([work[skill] for skill in skills])
    found = pooled(
        live=live,
        written=written,
        work=parts,
        handling=handling,
        patience=PATIENCE,
        targets=Targets(service_level=our_council().planning.service_level / 100),
    )
    return skills, found, True


def _settled(monday: date, days: Sequence[date]) -> Mapping[str, Any] | None:
    """What came of settling the need of this week last; None where a newer forecast is published since."""
    done = LongWork.objects.filter(kind=WorkKind.NEED, result__isnull=False, asked__monday=monday.isoformat())
    found: dict[str, Any] | None = done.order_by("-asked_at", "-pk").values_list("result", flat=True).first()
    if found is None or found["forecasts"] != forecasts_of(days):
        return None
    return found if {day.isoformat() for day in days} <= set(found["need"]) else None


def forecasts_of(days: Sequence[date]) -> list[int | None]:
    """The forecast that holds on each day."""
    return [found.pk if (found := latest_for(on=day)) else None for day in days]


def rows_of_day(forecast: int, day: date) -> list[ForecastDay]:
    """Each service; what is forecast only within all of a channel counts as anybody's."""
    rows = list(ForecastDay.objects.filter(forecast=forecast, on=day))
    services = [row for row in rows if row.service]
    for whole in (row for row in rows if not row.service):
        parts = [np.array(row.mean) for row in services if row.channel == whole.channel]
        whole.mean = np.maximum(np.array(whole.mean) - sum(parts, np.zeros(QUARTERS)), 0.0)
    return rows


def skill_of(service: str, known: set[str]) -> str:
    offered = our_catalogue().services.get(service)
    return next((skill for skill in offered.skills if skill in known), ANYBODY) if offered else ANYBODY


def handling_before(before: date) -> dict[tuple[str, str], float]:
    """Mean seconds that a contact took, by service and channel; over all services where it is empty."""
    taken = Contact.objects.filter(
        answered_at__gte=start_of_day(before) - HANDLED_OVER, wrapped_at__isnull=False
    ).values("service", "channel")
    rows = taken.annotate(takes=Avg(F("wrapped_at") - F("answered_at")), n=Count("pk")).filter(n__gte=10)
    found = {(row["service"], row["channel"]): row["takes"].total_seconds() for row in rows}
    sums: dict[str, list[float]] = {}
    for (_service, channel), seconds in found.items():
        sums.setdefault(channel, []).append(seconds)
    return {**{("", channel): float(np.mean(every)) for channel, every in sums.items()}, **found}


def as_rota(shift: Shift) -> RotaShift:
    parts = list(shift.parts.all())
    return RotaShift(
        person=str(shift.user_id),
        on=shift.on,
        span=span_of(shift.starts_at, shift.ends_at),
        pauses=tuple(sorted(_placed(part) for part in parts if part.kind in PAUSES)),
        activities=tuple(sorted(_placed(part) for part in parts if part.kind not in PAUSES)),
        is_in_office=shift.is_in_office,
    )


def _placed(part: object) -> Placed:
    return Placed(span_of(part.starts_at, part.ends_at), part.kind)  # type: ignore[attr-defined]


def span_of(starts_at: datetime, ends_at: datetime) -> Span:
    """By the quarter hours of the clock in which it begins and before which it ends."""
    first, last = london(starts_at), london(ends_at)
    ends = QUARTERS if last.date() > first.date() else quarters_to(ends_at)
    return Span(min(quarter_of(first.time()), ends - 1), ends)


def quarters_to(ends_at: datetime) -> int:
    """The quarter hour of its London day before which an instant lies, or on which it falls."""
    local = london(ends_at)
    return local.hour * HOUR + -(-local.minute // QUARTER_MINUTES)


def moved(shift: PlannedShift, *, starts_at: datetime, ends_at: datetime) -> PlannedShift:
    """A shift at other times: its parts keep their distance from its start, and those that no longer lie within it go."""
    by = starts_at - shift.starts_at
    parts = [PlannedPart(each.kind, each.starts_at + by, each.ends_at + by) for each in shift.parts]
    kept = tuple(each for each in parts if starts_at <= each.starts_at and each.ends_at <= ends_at)
    return PlannedShift(shift.user, starts_at, ends_at, kept, shift.is_in_office)


def cost_of(*, planned: Planned, user: int, on: date, wanted: PlannedShift | None) -> Costed:
    """What the week costs before and after somebody's shift of a day is as wanted (None: they do not work), and which
    rules that would break that are not broken now.
    """
    name = str(user)
    others = tuple(each for each in planned.rota.shifts if (each.person, each.on) != (name, on))
    edited = Rota((*others, _as_wanted(name, wanted)) if wanted else others)
    paid = {each.name: paid_in(planned.week, each) for each in planned.week.people if each.quarters}
    was = set(_broken(planned, planned.rota, paid, name))
    new = [each for each in _broken(planned, edited, paid, name) if each not in was]
    return Costed(measure(planned.week, planned.rota), measure(planned.week, edited), tuple(new))


def _broken(planned: Planned, rota: Rota, paid: Mapping[str, int], name: str) -> list[str]:
    week = replace(planned.week, people=tuple(each for each in planned.week.people if each.name == name))
    own = Rota(tuple(each for each in rota.shifts if each.person == name))
    checked = {name: paid[name]} if name in paid else {}
    found = broken_rules(week, own, checked) if checked else ()
    return [str(each).replace(each.person, planned.names[each.person], 1) for each in found]


def _as_wanted(name: str, wanted: PlannedShift) -> RotaShift:
    placed = [
        (each.kind, Placed(span_of(each.starts_at, each.ends_at), each.kind.value)) for each in wanted.parts
    ]
    return RotaShift(
        person=name,
        on=london(wanted.starts_at).date(),
        span=span_of(wanted.starts_at, wanted.ends_at),
        pauses=tuple(sorted(each for kind, each in placed if kind in PAUSES)),
        activities=tuple(sorted(each for kind, each in placed if kind not in PAUSES)),
        is_in_office=wanted.is_in_office,
    )


def at_quarter(on: date, quarter: int) -> datetime:
    """The instant at which a quarter hour of a London day begins; 96 is the next midnight."""
    if quarter >= QUARTERS:
        return start_of_day(on + timedelta(days=1))
    return at_london(on, time(quarter // 4, quarter % 4 * 15))


def quarter_at(at: datetime) -> int:
    """The quarter hour of its London day that an instant lies in."""
    local = london(at)
    return local.hour * 4 + local.minute // 15
