"""From a week to the tables of its search, and from plans to rotas and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from frontdoor.workforce.rota.compiled import (
    FAR,
    PEOPLE,
    Known,
    Law,
    Plan,
    Room,
    Slacks,
    Staff,
    best_week,
    room_for,
)
from frontdoor.workforce.rota.definition import (
    QUARTERS,
    BadWeek,
    Floats,
    Person,
    Placed,
    Rota,
    Rules,
    Shift,
    Span,
    Week,
    hours,
)
from frontdoor.workforce.rota.measuring import need_when_open, share_of

MOST_GROUPS = 10
"""Groups of skills that are told apart: cover is exact over all their subsets, 1,024 of them."""


@dataclass(frozen=True)
class Tables:
    """A week as arrays. `base`: the quarter of the day at which the grid begins; `groups`: skills that the same people
    have, told apart by bits; `need`: of shape (days, grid, groups); `touched`: by skills and subset, what one person
    takes off; `notes`: what could not be as asked, and what is done instead.
    """

    week: Week
    base: int
    law: Law
    staff: Staff
    groups: tuple[tuple[str, ...], ...]
    need: Floats
    touched: Slacks
    notes: tuple[str, ...]

    def slack(self) -> Slacks:
        """Need of every subset of groups with nobody at work, in hundredths of people, of shape (days, grid, subsets)."""
        wanted = np.rint(self.need * PEOPLE).astype(np.int32)
        found = np.zeros((*wanted.shape[:2], 1 << len(self.groups)), np.int32)
        for subset in range(found.shape[2]):
            members = [group for group in range(len(self.groups)) if subset >> group & 1]
            found[:, :, subset] = wanted[:, :, members].sum(axis=2)
        return found

    def room(self) -> Room:
        """Room to work in."""
        longest = len(self.law.pattern_of) - 1
        most = int(self.staff.quarters.max(initial=0))
        return room_for(self.need.shape[0], self.need.shape[1], longest, most, self.law.pause.shape[1])

    def plan(self) -> Plan:
        """A plan in which nobody works."""
        shape = len(self.week.people), len(self.week.days)
        return Plan(
            np.full(shape, -1), np.zeros(shape, np.int64), np.full((*shape, self.law.pause.shape[1]), -1)
        )

    def known(self, weeks: int) -> Known:
        """Room for so many weeks of each person, none of which is known yet."""
        people, (days, grid, groups) = len(self.week.people), self.need.shape
        return Known(
            np.zeros((people, weeks, days * grid), np.int64),
            np.zeros((people, weeks), np.int64),
            np.zeros((people, weeks)),
            np.full((people, weeks), -1),
            np.zeros((people, days * grid, groups)),
            np.full(people, FAR),
        )


def tables_of(week: Week) -> Tables:
    """The tables of a week. Raises BadWeek where somebody cannot be planned at all."""
    base = min(day.opens.begins for day in week.days)
    grid = max(day.opens.ends for day in week.days) - base
    notes: list[str] = []
    masks, groups = _groups(week, notes)
    law = _law(week.rules, base, grid)
    staff = _staff(week, law, base, grid, masks, notes)
    need, wanted = np.zeros((len(week.days), grid, len(groups))), need_when_open(week)
    for place, group in enumerate(groups):
        members = [week.skills.index(skill) for skill in group]
        need[:, :, place] = wanted[:, base : base + grid, members].sum(axis=2)
    _note_closed(week, notes)
    subsets = np.arange(1 << len(groups))
    touched = np.where(subsets[:, None] & subsets[None, :], PEOPLE, 0).astype(np.int32)
    tables = Tables(week, base, law, staff, groups, need, touched, ())
    notes += _settle_hours(tables)
    return Tables(week, base, law, staff, groups, need, touched, tuple(notes))


def _groups(week: Week, notes: list[str]) -> tuple[list[int], tuple[tuple[str, ...], ...]]:
    """Each person's groups as bits; skills that the same people have are one group, which changes no cover."""
    able: dict[frozenset[int], list[str]] = {}
    for place, skill in enumerate(week.skills):
        who = frozenset(number for number, person in enumerate(week.people) if skill in person.skills)
        if week.need[:, :, place].any():
            able.setdefault(who, []).append(skill)
            if not who:
                notes.append(
                    f"Nobody has the skill {skill}: all its need is short. Train somebody, or take it out."
                )
    groups = [tuple(skills) for skills in able.values()]
    masks = [0] * len(week.people)
    for place, who in enumerate(able):
        for number in who:
            masks[number] |= 1 << place
    if idle := [person.name for person, mask in zip(week.people, masks, strict=True) if not mask]:
        notes.append(
            f"The skills of {', '.join(idle[:5])} are not needed this week: they are planned, and cover nothing."
        )
        masks = [mask or 1 << len(groups) for mask in masks]
        groups.append(())
    if len(groups) > MOST_GROUPS:
        raise BadWeek(
            f"The skills fall into {len(groups)} groups; {MOST_GROUPS} can be planned together. "
            "Give services that are answered by the same team one skill between them."
        )
    return masks, tuple(groups)


def _law(rules: Rules, base: int, grid: int) -> Law:
    longest = max(rules.longest, grid)
    pattern_of = np.full(longest + 1, -1)
    elapsed = np.zeros(longest + 1, np.int64)
    for paid in range(max(1, rules.patterns[0].least), longest + 1):
        pattern_of[paid] = rules.patterns.index(rules.pattern_of(paid))
        elapsed[paid] = rules.elapsed(paid)
    most = max(1, *(len(pattern.pauses) for pattern in rules.patterns))
    pause = np.zeros((len(rules.patterns), most, 3), np.int64)
    for number, pattern in enumerate(rules.patterns):
        for place, each in enumerate(pattern.pauses):
            window = each.window or Span(base, base + grid)
            pause[number, place] = each.quarters, window.begins - base, window.ends - each.quarters - base
    pauses = np.array([len(pattern.pauses) for pattern in rules.patterns])
    return Law(pattern_of, elapsed, pauses, pause, np.array([rules.least_stretch, rules.most_stretch]))


def _staff(week: Week, law: Law, base: int, grid: int, masks: Sequence[int], notes: list[str]) -> Staff:
    people, days = len(week.people), len(week.days)
    staff = Staff(
        np.array(masks, np.int64),
        np.zeros((people, days, 2), np.int64),
        np.zeros((people, days, 2), np.int64),
        np.zeros((people, days), np.int64),
        np.zeros((people, 2), np.int64),
        np.zeros(people, np.int64),
        np.zeros((people, days, grid + 1)),
        np.zeros((people, days, grid + 1)),
        np.zeros((people, days, grid), np.int8),
    )
    for number, person in enumerate(week.people):
        _write_person(week, law, staff, number, person, base)
        _check_rest(week, staff, number, person)
    return staff


def _write_person(week: Week, law: Law, staff: Staff, number: int, person: Person, base: int) -> None:
    credit = 0
    for day, each in enumerate(week.days):
        shift = person.fixed.get(each.on)
        if shift is not None:
            paid = week.rules.paid(shift.quarters)
            if paid is None or not each.opens.holds(shift):
                raise BadWeek(
                    f"{person.name}, {each.on}: a shift {shift} cannot be. It must lie in the opening hours {each.opens} "
                    "and have room for its pauses."
                )
            staff.window[number, day] = shift.begins - base, shift.ends - base
            staff.lengths[number, day], staff.must[number, day] = paid, 1
            continue
        span, away = window_of(person, each.on, each.opens)
        if span is not None:
            credit += away
            least, most = _lengths(week, law, person, span, away)
            if least <= most:
                staff.window[number, day] = span.begins - base, span.ends - base
                staff.lengths[number, day] = least, most
    _write_contract(week, staff, number, person, credit)
    quarters = np.arange(staff.starting.shape[2]) + base
    if person.prefers is not None:
        staff.starting[number] += week.prices.preference * np.abs(quarters - person.prefers)
    if person.lates > 0:
        staff.ending[number] += week.prices.late * person.lates * (quarters > week.prices.late_after)
    fixed = [day for day, each in enumerate(week.days) if each.on in person.fixed]
    staff.starting[number, fixed] = staff.ending[number, fixed] = 0.0


def window_of(person: Person, on: date, opens: Span) -> tuple[Span | None, int]:
    """When somebody can be at work on a day, and the quarters of leave that are taken off it."""
    weekday = on.weekday()
    if weekday not in person.windows:
        return None, 0
    own = person.windows[weekday] or opens
    if max(own.begins, opens.begins) >= min(own.ends, opens.ends):
        return None, 0
    span = Span(max(own.begins, opens.begins), min(own.ends, opens.ends))
    if on not in person.leave:
        return span, 0
    leave = person.leave[on]
    if leave is None:
        return None, 0
    if not leave.meets(span):
        return span, 0
    before, after = leave.begins - span.begins, span.ends - leave.ends
    if max(before, after) <= 0:
        return None, 0
    rest = Span(span.begins, leave.begins) if before >= after else Span(leave.ends, span.ends)
    return rest, span.quarters - rest.quarters


def _lengths(week: Week, law: Law, person: Person, span: Span, away: int) -> tuple[int, int]:
    """Least and most paid quarters of a shift within a window; leave of a part of the day lets it be shorter."""
    least = person.shortest if person.shortest is not None else week.rules.shortest
    most = person.longest if person.longest is not None else week.rules.longest
    fitting = [
        paid
        for paid in range(max(week.rules.least_stretch, least - away), min(most, len(law.pattern_of) - 1) + 1)
        if law.pattern_of[paid] >= 0 and law.elapsed[paid] <= span.quarters
    ]
    return (fitting[0], fitting[-1]) if fitting else (1, 0)


def _write_contract(week: Week, staff: Staff, number: int, person: Person, credit: int) -> None:
    """Days and paid quarters of this week: leave counts as worked, a day of it as one of their days. `credit`: quarters
    of leave of parts of days.
    """
    away = sum(
        1
        for day in week.days
        if day.on in person.leave and person.leave[day.on] is None and day.on.weekday() in person.windows
    )
    can = int((staff.lengths[number, :, 1] > 0).sum())
    fixed = int(staff.must[number].sum())
    worked = max(min(person.days - away, can), fixed, 0)
    staff.days[number] = worked
    if worked == can:
        staff.must[number] = staff.lengths[number, :, 1] > 0
    share = share_of(week, person, worked)
    staff.quarters[number] = share - min(credit, share)


def _check_rest(week: Week, staff: Staff, number: int, person: Person) -> None:
    for day in range(len(week.days) - 1):
        if week.days[day + 1].on - week.days[day].on != timedelta(days=1):
            continue
        if not staff.lengths[number, day, 1] or not staff.lengths[number, day + 1, 1]:
            continue
        rest = QUARTERS + staff.window[number, day + 1, 0] - staff.window[number, day, 1]
        if rest < week.rules.rest:
            raise BadWeek(
                f"{person.name}: between the latest end on {week.days[day].on} and the earliest start next day "
                f"lie {hours(int(rest))}, and {hours(week.rules.rest)} of rest must. Give earlier ends or later starts."
            )


def _note_closed(week: Week, notes: list[str]) -> None:
    for place, day in enumerate(week.days):
        outside = week.need[place, : day.opens.begins].sum() + week.need[place, day.opens.ends :].sum()
        if outside > 0:
            notes.append(f"{day.on}: need outside the opening hours {day.opens} is left out.")


def _settle_hours(tables: Tables) -> list[str]:
    """Give whoever cannot work exactly their hours the most below it that can be; say so."""
    notes, room, plan = [], tables.room(), tables.plan()
    staff, week = tables.staff, tables.week
    for number, person in enumerate(week.people):
        asked = int(staff.quarters[number])
        if best_week(tables.law, staff, room, plan, number) < FAR:
            continue
        fixed = np.array([day.on in person.fixed for day in week.days])
        staff.must[number] = fixed
        staff.days[number, 0] = fixed.sum()
        if best_week(tables.law, staff, room, plan, number) < FAR:
            notes.append(f"{person.name}: {hours(asked)} are too few for all their days; some are left free.")
            continue
        reached = (
            room.value[len(week.days), fixed.sum() : staff.days[number, 1] + 1, : asked + 1].min(axis=0) < FAR
        )
        if not reached[1:].any():
            if fixed.any():
                raise BadWeek(
                    f"{person.name}: the fixed shifts are longer than the {hours(asked)} of this week, or leave no room "
                    "for the pauses. Change the shifts or the hours."
                )
            staff.lengths[number], staff.days[number], staff.quarters[number] = 0, 0, 0
            notes.append(
                f"{person.name}: {hours(asked)} cannot be worked by the rules at all; they are not planned."
            )
            continue
        staff.quarters[number] = np.flatnonzero(reached)[-1]
        found = hours(int(staff.quarters[number]))
        notes.append(
            f"{person.name}: {hours(asked)} on up to {staff.days[number, 1]} days cannot be worked by the rules; "
            f"{found} are planned."
        )
    return notes


def rota_of(
    tables: Tables, plan: Plan, placed: Mapping[tuple[int, int], Sequence[Placed]] | None = None
) -> Rota:
    """The rota of a plan. `placed`: activities by person and day."""
    week, shifts = tables.week, []
    for number, person in enumerate(week.people):
        for day, each in enumerate(week.days):
            if plan.start[number, day] >= 0:
                begins = tables.base + int(plan.start[number, day])
                paid = int(plan.length[number, day])
                pauses = tuple(
                    Placed(Span(at, at + pause.quarters), pause.name)
                    for place, pause in enumerate(week.rules.pattern_of(paid).pauses)
                    for at in [tables.base + int(plan.pause[number, day, place])]
                )
                activities = tuple(sorted((placed or {}).get((number, day), ())))
                span = Span(begins, begins + week.rules.elapsed(paid))
                shifts.append(Shift(person.name, each.on, span, pauses, activities))
    return Rota(tuple(shifts))


def plan_of(tables: Tables, rota: Rota) -> Plan:
    """The plan of a rota. Raises BadWeek where a shift has not the pauses of its length."""
    week, plan = tables.week, tables.plan()
    numbers = {person.name: number for number, person in enumerate(week.people)}
    days = {day.on: place for place, day in enumerate(week.days)}
    for shift in rota.shifts:
        paid = week.rules.paid(shift.span.quarters)
        pattern = () if paid is None else week.rules.pattern_of(paid).pauses
        wanted = [(pause.name, pause.quarters) for pause in pattern]
        if paid is None or wanted != [(each.name, each.span.quarters) for each in shift.pauses]:
            raise BadWeek(
                f"{shift.person}, {shift.on}: a shift {shift.span} has not the pauses of its length."
            )
        cell = numbers[shift.person], days[shift.on]
        plan.start[cell], plan.length[cell] = shift.span.begins - tables.base, paid
        for place, each in enumerate(shift.pauses):
            plan.pause[(*cell, place)] = each.span.begins - tables.base
    return plan
