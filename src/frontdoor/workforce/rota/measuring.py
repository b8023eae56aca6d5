"""What a rota costs, counted from its shifts and apart from the search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.rota.definition import QUARTERS, Floats, Person, Rota, Shift, Week


@dataclass(frozen=True, eq=False)
class Figures:
    """`short` and `over`: people, of shape (days, 96); `wishes`: what starts and finishes cost; `cost`: all together.
    Hours are of people.
    """

    short: Floats
    over: Floats
    wishes: float
    cost: float

    @property
    def short_hours(self) -> float:
        """Hours of people missing in the week."""
        return float(self.short.sum()) / 4

    @property
    def over_hours(self) -> float:
        """Hours of people to spare in the week."""
        return float(self.over.sum()) / 4


@dataclass(frozen=True, eq=False)
class Cover:
    """Who is at work by what they can do. `kinds`: sets of skills; `at_work`: people of shape (days, 96, kinds)."""

    kinds: tuple[frozenset[str], ...]
    at_work: Floats


def covered(shift: Shift) -> npt.NDArray[np.bool_]:
    """Which quarter hours of the day a shift is on contacts."""
    found = np.zeros(QUARTERS, bool)
    found[shift.span.begins : shift.span.ends] = True
    for placed in (*shift.pauses, *shift.activities):
        found[placed.span.begins : placed.span.ends] = False
    return found


def cover_of(week: Week, rota: Rota) -> Cover:
    """Count who is on contacts in each quarter hour."""
    skills = {person.name: person.skills & set(week.skills) for person in week.people}
    kinds = tuple(sorted(set(skills.values()), key=sorted))
    days = {day.on: place for place, day in enumerate(week.days)}
    at_work = np.zeros((len(week.days), QUARTERS, len(kinds)))
    for shift in rota.shifts:
        at_work[days[shift.on], :, kinds.index(skills[shift.person])] += covered(shift)
    return Cover(kinds, at_work)


@dataclass(frozen=True, eq=False)
class Serving:
    """Which kinds of people serve which sets of skills: `wanted` of shape (sets, skills), `able` of (sets, kinds)."""

    wanted: Floats
    able: Floats


def serving_of(week: Week, kinds: Sequence[frozenset[str]]) -> Serving:
    """All sets of skills of a week that can matter."""
    return serving_by(week.skills, kinds)


def serving_by(skills: Sequence[str], kinds: Sequence[frozenset[str]]) -> Serving:
    """All sets of skills that can matter: skills that the same kinds of people have stand or fall together."""
    can = np.array([[skill in kind for skill in skills] for kind in kinds]).reshape(len(kinds), len(skills))
    _alike, group_of = np.unique(can.T, axis=0, return_inverse=True)
    sets = np.arange(1 << int(group_of.max(initial=-1) + 1))
    wanted = (sets[:, None] >> group_of.ravel()[None, :] & 1).astype(float)
    return Serving(wanted, (wanted @ can.T > 0).astype(float))


def short_in(need: Floats, at_work: Floats, serving: Serving) -> Floats:
    """People short in each quarter hour: the most that any set of skills lacks, which is need less the largest flow from
    people to skills they have (L. R. Ford and D. R. Fulkerson, 1956: the largest flow is the least cut). `need` of shape
    (quarters, skills), `at_work` of (quarters, kinds).
    """
    return np.asarray((need @ serving.wanted.T - at_work @ serving.able.T).max(axis=1))


def need_when_open(week: Week) -> Floats:
    """Need within the opening hours, to hundredths of people."""
    need = np.round(week.need, 2)
    for place, day in enumerate(week.days):
        need[place, : day.opens.begins] = 0.0
        need[place, day.opens.ends :] = 0.0
    return need


def measure(week: Week, rota: Rota) -> Figures:
    """What a rota costs, and where it is short and over."""
    cover = cover_of(week, rota)
    need, serving = need_when_open(week), serving_of(week, cover.kinds)
    short = np.array([short_in(need[day], cover.at_work[day], serving) for day in range(len(need))])
    over = cover.at_work.sum(axis=2) - need.sum(axis=2) + short
    people = {person.name: person for person in week.people}
    wishes = sum(wish_cost(week, people[shift.person], shift) for shift in rota.shifts)
    prices = week.prices
    return Figures(
        short, over, wishes, prices.under * float(short.sum()) + prices.over * float(over.sum()) + wishes
    )


def wish_cost(week: Week, person: Person, shift: Shift) -> float:
    """What a start away from the one preferred, and another late finish, cost."""
    cost = 0.0
    if shift.on in person.fixed:
        return cost
    if person.prefers is not None:
        cost += week.prices.preference * abs(shift.span.begins - person.prefers)
    if person.lates > 0 and shift.span.ends > week.prices.late_after:
        cost += week.prices.late * person.lates
    return cost


def paid_in(week: Week, person: Person) -> int:
    """Quarters that somebody is to be paid for in this week: a day of leave counts as one of their days."""
    on = [day.on for day in week.days]
    stand = sum(each in person.fixed for each in on)
    can = [each for each in on if each.weekday() in person.windows or each in person.fixed]
    away = sum(each in person.leave and person.leave[each] is None for each in can)
    return share_of(week, person, max(min(person.days, len(can)) - away, stand, 0))


def share_of(week: Week, person: Person, worked: int) -> int:
    """Quarters of so many days of somebody's week: fixed shifts as they are, leave with credits without these, and of the
    rest of their hours an even share for each other day.
    """
    on = {day.on for day in week.days}
    stand = [week.rules.paid(span.quarters) or 0 for each, span in person.fixed.items() if each in on]
    away = [quarters for each, quarters in person.credits.items() if each in on and each in person.leave]
    free = person.days - len(stand) - len(away)
    if not person.days or not worked:
        return 0
    if free <= 0:
        return max(0, round(person.quarters * (worked + len(away)) / person.days) - sum(away))
    rest = person.quarters - sum(stand) - sum(away)
    share = sum(stand) + round(rest * (worked - len(stand)) / free)
    return max(0, min(share, person.quarters - sum(away)))


def hours_of(shifts: Iterable[Shift], week: Week) -> int:
    """Paid quarters of shifts."""
    unpaid = {pause.name for pattern in week.rules.patterns for pause in pattern.pauses if not pause.is_paid}
    return sum(
        shift.span.quarters - sum(each.span.quarters for each in shift.pauses if each.name in unpaid)
        for shift in shifts
    )
