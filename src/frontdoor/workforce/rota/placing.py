"""Where activities go: when they hurt least, with everybody they are for at work; and who is in the office when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.rota.compiled import ACTIVITY, FREE, PEOPLE, Learning, Plan, Slacks
from frontdoor.workforce.rota.definition import Activity, Floats, Placed, Rota, Shift, Span, Week
from frontdoor.workforce.rota.preparing import Tables

NEVER = 1e9
WANTED = 1e3
BESIDE_WORK = 3.0
"""What it counts, at first, for each person and quarter hour that a moment lies outside work as it is planned."""


@dataclass(frozen=True)
class Moment:
    """Where an activity is: the place of the day, and the quarter of the grid."""

    day: int
    at: int


def _moment_at(place: int, shape: tuple[int, ...]) -> Moment:
    """The moment at a place of an array of shape (days, grid), or of more by moment."""
    day, at = divmod(place, shape[1])
    return Moment(day, at)


def renew(prices: Learning, sharp: float, most: float) -> None:
    """Prices as what lacks now moves them away from their centre."""
    prices.worth[:] = (prices.centre + sharp * prices.lack).clip(0.0, most)


def at_work(tables: Tables, plan: Plan) -> npt.NDArray[np.bool_]:
    """Who is between start and end and not in a pause, of shape (people, days, grid)."""
    found = np.zeros((*plan.start.shape, tables.need.shape[1]), bool)
    law = tables.law
    for person, day in np.argwhere(plan.start >= 0):
        start, paid = plan.start[person, day], plan.length[person, day]
        found[person, day, start : start + law.elapsed[paid]] = True
        pattern = law.pattern_of[paid]
        for place in range(law.pauses[pattern]):
            begins = plan.pause[person, day, place]
            found[person, day, begins : begins + law.pause[pattern, place, 0]] = False
    return found


def moments_of(tables: Tables, activity: Activity, people: Sequence[int]) -> npt.NDArray[np.bool_]:
    """When an activity may begin, of shape (days, grid): on its days, in its hours, where all can be at work."""
    days, grid = tables.need.shape[:2]
    allowed = np.zeros((days, grid), bool)
    window = activity.window or Span(0, 96)
    for day, each in enumerate(tables.week.days):
        if activity.on and each.on not in activity.on:
            continue
        first = max([window.begins - tables.base, 0, *tables.staff.window[people, day, 0]])
        last = (
            min([window.ends - tables.base, grid, *tables.staff.window[people, day, 1]]) - activity.quarters
        )
        if all(tables.staff.lengths[people, day, 1] > 0) and last >= first:
            allowed[day, first : last + 1] = True
    return allowed


def sums_of(values: Floats, quarters: int) -> Floats:
    """Each with those after it, `quarters` in all, of shape (days, grid); NEVER where the day ends before."""
    found = np.full(values.shape, NEVER)
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    if quarters <= values.shape[1]:
        found[:, : values.shape[1] - quarters + 1] = sums[:, quarters:] - sums[:, :-quarters]
    return found


class Places:
    """Activities and where they are: `moments` by activity; while prices are learned, `mixed` (who is away by quarter
    hour of the week and skill, and how much of the activity is then) and where it is `wanted`. This keeps the marks that
    the search holds to.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        numbers = {person.name: number for number, person in enumerate(tables.week.people)}
        self.people = [[numbers[name] for name in activity.people] for activity in tables.week.activities]
        self.allowed = [
            moments_of(tables, activity, people)
            for activity, people in zip(tables.week.activities, self.people, strict=True)
        ]
        self.moments: dict[int, Moment] = {}
        self.wanted: dict[int, Moment] = {}
        self.mixed: dict[int, tuple[Floats, Floats]] = {}
        groups, skills = range(len(tables.groups)), tables.staff.skills
        self.own = [
            [[group for group in groups if skills[person] >> group & 1] for person in people]
            for people in self.people
        ]

    def mark(self, number: int, mark: int) -> None:
        """Mark where an activity is."""
        moment, activity = self.moments[number], self.tables.week.activities[number]
        span = slice(moment.at, moment.at + activity.quarters)
        self.tables.staff.held[self.people[number], moment.day, span] = mark

    def place_all(self, plan: Plan, slack: Slacks, *, is_first: bool) -> None:
        """Put each activity, longest and largest first, where it hurts least beside `plan`, whose cover `slack` has. At
        first in a round it goes where the prices want it, and work is yet moved to it; later only where all are at work.
        """
        activities, work = self.tables.week.activities, at_work(self.tables, plan)
        order = sorted(
            range(len(activities)), key=lambda each: -activities[each].quarters * len(activities[each].people)
        )
        for number in order:
            self._place(number, work, slack, is_first=is_first)

    def _place(self, number: int, work: npt.NDArray[np.bool_], slack: Slacks, *, is_first: bool) -> None:
        activity, people = self.tables.week.activities[number], self.people[number]
        lanes = self.tables.touched[self.tables.staff.skills[people]]
        old = self.moments.get(number)
        if old is not None:
            self.mark(number, FREE)
            for person, lane in zip(people, lanes, strict=True):
                cells = self._covered(work, person, old, activity.quarters)
                slack[old.day, cells] -= lane
        loss = self._loss(slack, lanes.sum(axis=0))
        away = (~work[people]).sum(axis=0)
        if is_first:
            loss = loss + BESIDE_WORK * away
            if (wanted := self.wanted.get(number)) is not None:
                loss[wanted.day, wanted.at : wanted.at + activity.quarters] -= WANTED
        else:
            loss[away > 0] = NEVER
        loss[(self.tables.staff.held[people] != FREE).any(axis=0)] = NEVER
        costs = np.where(self.allowed[number], sums_of(loss, activity.quarters), NEVER)
        best = int(costs.argmin())
        if costs.ravel()[best] < NEVER / 2:
            self.moments[number] = _moment_at(best, costs.shape)
        if number in self.moments:
            now = self.moments[number]
            self.mark(number, ACTIVITY)
            for person, lane in zip(people, lanes, strict=True):
                slack[now.day, self._covered(work, person, now, activity.quarters)] += lane

    def _covered(
        self, work: npt.NDArray[np.bool_], person: int, moment: Moment, quarters: int
    ) -> npt.NDArray[np.intp]:
        return np.flatnonzero(work[person, moment.day, moment.at : moment.at + quarters]) + moment.at

    def _loss(self, slack: Slacks, lanes: npt.NDArray[np.int32]) -> Floats:
        """What it costs that these people are not on contacts, of shape (days, grid)."""
        prices = self.tables.week.prices
        more = (slack + lanes).max(axis=2) - slack.max(axis=2)
        return np.asarray((prices.under + prices.over) * more / PEOPLE - prices.over * lanes[-1] / PEOPLE)

    def drop_unworked(self, plan: Plan) -> None:
        """Take out activities at which not all are at work."""
        work = at_work(self.tables, plan)
        for number, moment in list(self.moments.items()):
            activity = self.tables.week.activities[number]
            span = slice(moment.at, moment.at + activity.quarters)
            if not work[self.people[number], moment.day, span].all():
                self.mark(number, FREE)
                del self.moments[number]

    def left_out(self) -> list[int]:
        """The numbers of activities that are nowhere."""
        return [number for number in range(len(self.allowed)) if number not in self.moments]

    def can_be(self, number: int) -> bool:
        """Whether there is a moment at which all could be at work."""
        return bool(self.allowed[number].any())

    def gain_at(self, worth: Floats, tied: Floats) -> float:
        """What activities add to the bound at these prices: the least that each can cost, wherever it is."""
        return sum(
            self._cheapest(number, worth, tied)[0]
            for number in range(len(self.allowed))
            if self.can_be(number)
        )

    def _cheapest(self, number: int, worth: Floats, tied: Floats) -> tuple[float, Moment]:
        """What an activity costs at these prices where it costs least, and when that is."""
        over = self.tables.week.prices.over
        value = np.sum([worth[:, :, own].max(axis=2) - over for own in self.own[number]], axis=0)
        value += tied[self.people[number]].sum(axis=0).reshape(value.shape)
        quarters = self.tables.week.activities[number].quarters
        costs = np.where(self.allowed[number], sums_of(value, quarters), NEVER)
        best = int(costs.argmin())
        return float(costs.ravel()[best]), _moment_at(best, costs.shape)

    def learn(self, learning: Learning, ties: Learning, sharp: float, most: float) -> None:
        """Mix in where each activity costs least, as people's best weeks are mixed in, and move the prices with it."""
        for number in range(len(self.allowed)):
            if self.can_be(number):
                self._mix(number, learning, ties, sharp)
                for each in (learning, ties):
                    renew(each, sharp, most)

    def _mix(self, number: int, learning: Learning, ties: Learning, sharp: float) -> None:
        """Move an activity's mixture towards where it costs least as far as is best for all; it is wanted where most of
        it is then.
        """
        people, quarters = self.people[number], self.tables.week.activities[number].quarters
        shape = self.tables.need.shape
        _cost, moment = self._cheapest(number, learning.worth.reshape(shape), ties.worth)
        cells = moment.day * shape[1] + moment.at + np.arange(quarters)
        away, there = np.zeros(learning.worth.shape), np.zeros(len(learning.worth))
        there[cells] = 1.0
        for own in self.own[number]:
            which = np.array(own)[learning.worth[cells][:, own].argmax(axis=1)]
            np.add.at(away, (cells, which), 1.0)
        is_new = number not in self.mixed
        old_away, old_there = (0.0, 0.0) if is_new else self.mixed[number]
        off, off_there = away - old_away, there - old_there
        size = float((off**2).sum() + len(people) * (off_there**2).sum())
        gain = -float((learning.worth * off).sum() + (ties.worth[people] * off_there).sum())
        step = 1.0 if is_new else min(1.0, max(0.0, gain / (sharp * size))) if size else 0.0
        learning.lack[:] += step * off
        ties.lack[people] += step * off_there
        there = old_there + step * off_there
        self.mixed[number] = old_away + step * off, there
        in_all = sums_of(there.reshape(shape[:2]), quarters)
        best = int(np.where(self.allowed[number], in_all, -1.0).argmax())
        self.wanted[number] = _moment_at(best, shape)

    def placed(self) -> dict[tuple[int, int], list[Placed]]:
        """Activities by person and day, as a rota has them."""
        found: dict[tuple[int, int], list[Placed]] = {}
        for number, moment in self.moments.items():
            activity, begins = self.tables.week.activities[number], self.tables.base + moment.at
            for person in self.people[number]:
                span = Span(begins, begins + activity.quarters)
                found.setdefault((person, moment.day), []).append(Placed(span, activity.name))
        return found


def with_office(week: Week, rota: Rota) -> tuple[Rota, list[str]]:
    """The rota with the days in the office: those that are fixed, then as many more as each person owes, on the days with
    most desks free; and what could not be.
    """
    worked: dict[str, list[date]] = {}
    for shift in rota.shifts:
        worked.setdefault(shift.person, []).append(shift.on)
    free = {
        day.on: week.rules.desks if week.rules.desks is not None else len(week.people) for day in week.days
    }
    there: dict[str, set[date]] = {
        person.name: set(person.office) & set(worked.get(person.name, ())) for person in week.people
    }
    notes = []
    for days in there.values():
        for on in days:
            free[on] -= 1
    owing = [person for person in week.people if person.office_days > len(there[person.name])]
    for person in sorted(owing, key=lambda each: len(worked.get(each.name, ())) - each.office_days):
        own = there[person.name]
        for _more in range(min(person.office_days, len(worked.get(person.name, ()))) - len(own)):
            on = max(set(worked[person.name]) - own, key=lambda each: (free[each], each))
            own.add(on)
            free[on] -= 1
    for on, left in free.items():
        if left < 0:
            notes.append(
                f"{on}: {-left} more are to be in the office than there are desks. Move their office days."
            )
    return Rota(tuple(_located(shift, there) for shift in rota.shifts)), notes


def _located(shift: Shift, there: dict[str, set[date]]) -> Shift:
    return replace(shift, is_in_office=True) if shift.on in there.get(shift.person, ()) else shift
