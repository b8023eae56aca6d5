"""Within the day: people are missing, and the rest of the day is put right by touching as few others as possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from frontdoor.workforce.rota.compiled import ACTIVITY, AT_WORK, AWAY, Slacks, best_change, cover_all
from frontdoor.workforce.rota.definition import (
    QUARTERS,
    BadWeek,
    Day,
    Person,
    Placed,
    Rota,
    Shift,
    Span,
    Week,
)
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
    right. `nothing_done`, `rota`: the same as rotas. `changes`: the one that saves most first.
    """

    rota: Rota
    nothing_done: Rota
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
    absent: Mapping[str, int],
    touching: float = 4.0,
    most: int | None = None,
) -> Replanned:
    """Put a day right when people are missing. `now`: quarter of the day; what was before it, or within the notice,
    stays, and so do hours, activities, fixed shifts, and a shift that has not the pauses of its length or is one of two.
    `absent`: the quarter of the day from which each who is missing is away. A change must save more than `touching`; at
    most `most` are made. Raises BadWeek.
    """
    place = next((place for place, day in enumerate(week.days) if day.on == on), None)
    if place is None:
        raise BadWeek(f"{on} is not among the days of this week.")
    today = [shift for shift in rota.shifts if shift.on == on]
    if strangers := sorted(set(absent) - {shift.person for shift in today}):
        raise BadWeek(f"{strangers[0]} has no shift on {on}, and so cannot be missing from it.")
    left = tuple(shift for each in today if (shift := until(each, absent.get(each.person, QUARTERS))))
    names = [shift.person for shift in today]
    there = tuple(
        shift
        for shift in left
        if shift.person not in absent
        and names.count(shift.person) == 1
        and _may_move(week, week.days[place], shift)
    )
    stay = tuple(shift for shift in left if shift not in there)
    day = _day_of(week, place, there, stay)
    tables = tables_of(day)
    _hold(tables, there, now + NOTICE)
    placed = {(number, 0): shift.activities for number, shift in enumerate(there)}
    changes, moved = _changes(tables, there, stay, placed, touching, most)
    whole = replace(day, people=week.people)
    rotas = [Rota(each) for each in (tuple(today), left, (*moved, *stay))]
    planned, missed, cost = (measure(whole, each).cost for each in rotas)
    return Replanned(
        _in_week(rota, on, rotas[2]), _in_week(rota, on, rotas[1]), changes, planned, missed, cost
    )


def until(shift: Shift, quarter: int) -> Shift | None:
    """What is left of a shift that somebody leaves at a quarter of the day; None where that is nothing."""
    if quarter >= shift.span.ends:
        return shift
    if quarter <= shift.span.begins:
        return None

    def cut(every: tuple[Placed, ...]) -> tuple[Placed, ...]:
        begun = (each for each in every if each.span.begins < quarter)
        return tuple(
            replace(each, span=Span(each.span.begins, min(each.span.ends, quarter))) for each in begun
        )

    span = Span(shift.span.begins, quarter)
    return replace(shift, span=span, pauses=cut(shift.pauses), activities=cut(shift.activities))


def _in_week(rota: Rota, on: date, today: Rota) -> Rota:
    """The week with that day as it is in another rota."""
    order = {person: place for place, person in enumerate(dict.fromkeys(each.person for each in rota.shifts))}
    shifts = [*(shift for shift in rota.shifts if shift.on != on), *today.shifts]
    return Rota(tuple(sorted(shifts, key=lambda each: (order[each.person], each.on, each.span))))


def _may_move(week: Week, day: Day, shift: Shift) -> bool:
    """Whether the search can write such a shift: within the opening hours, with the pauses of its length."""
    paid = week.rules.paid(shift.span.quarters)
    if paid is None or not day.opens.holds(shift.span):
        return False
    wanted = [(pause.name, pause.quarters) for pause in week.rules.pattern_of(paid).pauses]
    return wanted == [(each.name, each.span.quarters) for each in shift.pauses]


def _day_of(week: Week, place: int, there: tuple[Shift, ...], stay: tuple[Shift, ...]) -> Week:
    """That day alone: those who can be moved, each with the hours they have, and then those whose day stays as it is,
    who are not to be planned.
    """
    people = {person.name: person for person in week.people}
    day = week.days[place]
    fixed = (
        replace(people[name], quarters=0, days=0, windows={}, leave={}, fixed={}, office=frozenset())
        for name in dict.fromkeys(shift.person for shift in stay)
    )
    return Week(
        (day,),
        week.skills,
        week.need[place : place + 1],
        (*(_as_today(week, people[shift.person], shift, day.opens) for shift in there), *fixed),
        (),
        week.rules,
        week.prices,
    )


def _as_today(week: Week, person: Person, shift: Shift, opens: Span) -> Person:
    paid = week.rules.paid(shift.span.quarters)
    window, _away = window_of(person, shift.on, opens)
    if window is None or not window.holds(shift.span):
        window = shift.span
    return replace(
        person,
        quarters=paid or 0,
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


def _slack_with(tables: Tables, stay: tuple[Shift, ...]) -> Slacks:
    """Need of every subset of groups less those whose day stays."""
    slack, numbers = tables.slack(), {each.name: place for place, each in enumerate(tables.week.people)}
    for shift in stay:
        works = covered(shift)[tables.base : tables.base + slack.shape[1]]
        slack[0, works] -= tables.touched[tables.staff.skills[numbers[shift.person]]]
    return slack


def _changes(
    tables: Tables,
    there: tuple[Shift, ...],
    stay: tuple[Shift, ...],
    placed: dict[tuple[int, int], tuple[Placed, ...]],
    touching: float,
    most: int | None,
) -> tuple[tuple[Change, ...], tuple[Shift, ...]]:
    """The change that saves most, again and again, while it is worth touching somebody; nobody twice."""
    plan, trial = plan_of(tables, Rota(there)), tables.plan()
    still = _slack_with(tables, stay)
    slack, room = still.copy(), tables.room()
    cover_all(tables.law, tables.staff, room, plan, slack, tables.touched)
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
        slack = still.copy()
        cover_all(tables.law, tables.staff, room, plan, slack, tables.touched)
    offices = {shift.person: shift.is_in_office for shift in there}
    then = tuple(
        replace(shift, is_in_office=offices[shift.person]) for shift in rota_of(tables, plan, placed).shifts
    )
    changes = tuple(Change(there[number], then[number], gain) for number, gain in saved.items())
    return changes, then
