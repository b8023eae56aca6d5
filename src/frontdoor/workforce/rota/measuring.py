"""What a rota costs, counted from its shifts and apart from the search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frontdoor.workforce.rota.definition import QUARTERS, Floats, Person, Rota, Shift, Week

Subsets = npt.NDArray[np.bool_]


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


def cover_of(week: Week, rota: Rota) -> Cover:
    """Count who is on contacts in each quarter hour."""
    skills = {person.name: person.skills & set(week.skills) for person in week.people}
    kinds = tuple(sorted(set(skills.values()), key=sorted))
    days = {day.on: place for place, day in enumerate(week.days)}
    at_work = np.zeros((len(week.days), QUARTERS, len(kinds)))
    for shift in rota.shifts:
        at_work[days[shift.on], list(shift.at_work), kinds.index(skills[shift.person])] += 1
    return Cover(kinds, at_work)


def short_of(week: Week, cover: Cover) -> Floats:
    """People short, of shape (days, 96): the most that any set of skills lacks, which is need less the largest flow from
    people to skills they have (L. R. Ford and D. R. Fulkerson, 1956: largest flow is least cut).
    """
    need = need_when_open(week)
    able = [[skill in kind for skill in week.skills] for kind in cover.kinds]
    _names, group_of = np.unique(np.array(able).T, axis=0, return_inverse=True)
    short = np.zeros(need.shape[:2])
    for subset in range(1 << int(group_of.max(initial=-1) + 1)):
        chosen = (subset >> group_of & 1).astype(bool)
        serving = [bool(np.any(np.array(kind_can) & chosen)) for kind_can in able]
        np.maximum(
            short, need[:, :, chosen].sum(axis=2) - cover.at_work[:, :, serving].sum(axis=2), out=short
        )
    return short


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
    short = short_of(week, cover)
    over = cover.at_work.sum(axis=2) - need_when_open(week).sum(axis=2) + short
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


def hours_of(shifts: Iterable[Shift], week: Week) -> int:
    """Paid quarters of shifts."""
    unpaid = {pause.name for pattern in week.rules.patterns for pause in pattern.pauses if not pause.is_paid}
    return sum(
        shift.span.quarters - sum(each.span.quarters for each in shift.pauses if each.name in unpaid)
        for shift in shifts
    )
