"""Within the day: people are missing, and the rest of the day is put right by touching as few others as possible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from frontdoor.workforce.rota.compiled import ACTIVITY, AT_WORK, AWAY, best_change, cover_all
from frontdoor.workforce.rota.definition import BadWeek, Person, Placed, Rota, Shift, Span, Week
from frontdoor.workforce.rota.measuring import covered, measure
from frontdoor.workforce.rota.preparing import Tables, plan_of, rota_of, tables_of, window_of

NOTICE = 2
"""Quarters ahead of now in which nobody's day is changed any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """One person's day, as it was and as it is to be; `saves`: what that takes off the cost."""

    before: Shift
    after: Shift
    saves: float


@dataclass(frozen=True)
class Replanned:
    """`planned`, `missed`, `cost`: of that day's rota as it was, with people missing and nothing done, and as it is put
    right. `changes`: the one that saves most first.
    """

    rota: Rota
    changes: tuple[Change, ...]
    planned: float
    missed: float
    cost: float


def replan(
    week: Week,
    rota: Rota,
    *,
    on: date,
    now: int,
    absent: frozenset[str],
    touching: float = 4.0,
    most: int | None = None,
) -> Replanned:
    """Put a day right when people are missing. `now`: quarter of the day; what was before it, or within the notice,
    stays, and so do hours, activities and fixed shifts. A change must save more than `touching`; at most `most` are
    made.
    """
    place = next((place for place, day in enumerate(week.days) if day.on == on), None)
    if place is None:
        raise BadWeek(f"{on} is not among the days of this week.")
    today = [shift for shift in rota.shifts if shift.on == on]
    if strangers := sorted(absent - {shift.person for shift in today}):
        raise BadWeek(f"{strangers[0]} has no shift on {on}, and so cannot be missing from it.")
    there = tuple(shift for shift in today if shift.person not in absent)
    day = _day_of(week, place, there)
    tables = tables_of(day)
    _hold(tables, there, now + NOTICE)
    placed = {(number, 0): shift.activities for number, shift in enumerate(there)}
    changes, then = _changes(tables, there, placed, touching, most)
    shifts = {shift.person: shift for shift in then}
    kept = (shift if shift.on != on else shifts.get(shift.person) for shift in rota.shifts)
    whole = replace(day, people=week.people)
    planned, missed, cost = (measure(whole, Rota(each)).cost for each in (tuple(today), there, then))
    return Replanned(Rota(tuple(shift for shift in kept if shift)), changes, planned, missed, cost)


def _day_of(week: Week, place: int, there: tuple[Shift, ...]) -> Week:
    """That day alone, with those who are there, each with the hours they have."""
    people = {person.name: person for person in week.people}
    day = week.days[place]
    return Week(
        (day,),
        week.skills,
        week.need[place : place + 1],
        tuple(_as_today(week, people[shift.person], shift, day.opens) for shift in there),
        (),
        week.rules,
        week.prices,
    )


def _as_today(week: Week, person: Person, shift: Shift, opens: Span) -> Person:
    paid = week.rules.paid(shift.span.quarters)
    if paid is None:
        raise BadWeek(
            f"{shift.person}, {shift.on}: a shift {shift.span} has no pattern of pauses. Edit it first."
        )
    window, _away = window_of(person, shift.on, opens)
    if window is None or not window.holds(shift.span):
        window = shift.span
    return replace(
        person,
        quarters=paid,
        days=1,
        windows={shift.on.weekday(): window},
        leave={},
        fixed={shift.on: shift.span} if shift.on in person.fixed else {},
        shortest=paid,
        longest=paid,
        office=frozenset(),
        office_days=0,
    )


def _hold(tables: Tables, there: tuple[Shift, ...], until: int) -> None:
    """Mark what stays: all that was planned until then, and activities."""
    first = min(max(until - tables.base, 0), tables.need.shape[1])
    for number, shift in enumerate(there):
        works = covered(shift)[tables.base : tables.base + tables.need.shape[1]]
        held = tables.staff.held[number, 0]
        held[:first] = np.where(works[:first], AT_WORK, AWAY)
        for each in shift.activities:
            held[each.span.begins - tables.base : each.span.ends - tables.base] = ACTIVITY


def _changes(
    tables: Tables,
    there: tuple[Shift, ...],
    placed: dict[tuple[int, int], tuple[Placed, ...]],
    touching: float,
    most: int | None,
) -> tuple[tuple[Change, ...], tuple[Shift, ...]]:
    """The change that saves most, again and again, while it is worth touching somebody; nobody twice."""
    plan, trial = plan_of(tables, Rota(there)), tables.plan()
    slack, room = tables.slack(), tables.room()
    cover_all(tables.law, tables.staff, plan, slack, tables.touched)
    prices = np.array([tables.week.prices.under, tables.week.prices.over])
    saved: dict[int, float] = {}
    while most is None or len(saved) < most:
        gains = [
            0.0
            if number in saved
            else float(
                best_change(
                    tables.law, tables.staff, room, plan, trial, slack, tables.touched, prices, number
                )
            )
            for number in range(len(there))
        ]
        best = int(np.argmax(gains)) if gains else 0
        if not gains or gains[best] <= touching:
            break
        saved[best] = gains[best]
        for here, found in zip(plan, trial, strict=True):
            here[best] = found[best]
        slack = tables.slack()
        cover_all(tables.law, tables.staff, plan, slack, tables.touched)
    offices = {shift.person: shift.is_in_office for shift in there}
    then = tuple(
        replace(shift, is_in_office=offices[shift.person]) for shift in rota_of(tables, plan, placed).shifts
    )
    changes = tuple(Change(there[number], then[number], gain) for number, gain in saved.items())
    return changes, then
