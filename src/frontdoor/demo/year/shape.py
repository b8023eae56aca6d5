"""How contacts are spread: over services and channels, over the year, the week and the quarters of a day.

The yearly totals, the share answered and the hours are Lancashire's (domain 12, first half of 2018/19, doubled). How they
are spread over services and seasons is made up, with the peaks of domain 7.2: passes in March, school places around offer
days, school travel in late summer, roads in winter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from frontdoor.demo.year.stories import CASES
from frontdoor.kernel.workingdays import ENGLAND

CALLS, EMAILS, SOCIAL = 916_216, 190_908, 1_734
"""A year of each: twice 458,108 calls, 95,454 emails and 867 messages on social media."""
ABANDONED = 0.0949
"""Of calls: 414,628 of 458,108 were answered."""
SHORT = 0.12
"""Of those who gave up, how many hung up within seconds."""
OPENS, QUARTERS = 8, 40
SHAPE = (
    *(0.6, 0.8, 1.1, 1.3, 1.6, 1.8, 2.0, 2.1, 2.2, 2.2, 2.1, 2.1, 2.0, 1.9, 1.8, 1.7, 1.5, 1.4, 1.4, 1.5),
    *(1.6, 1.7, 1.8, 1.8, 1.8, 1.7, 1.7, 1.6, 1.6, 1.5, 1.4, 1.3, 1.2, 1.0, 0.9, 0.8, 0.7, 0.5, 0.4, 0.3),
)
"""Calls in each quarter hour from 08:00 to 18:00, one to another."""
WEEKDAYS = (1.22, 1.06, 0.98, 0.93, 0.81)
MONTHS = (1.06, 1.0, 1.12, 0.98, 0.97, 0.97, 1.0, 0.93, 1.08, 1.03, 0.98, 0.84)

Months = Mapping[int, float]


@dataclass(frozen=True)
class Weight:
    """How much of all calls, emails and social messages a service gets, one to another, and in which months more."""

    calls: float
    emails: float
    social: float = 0.0
    months: Months = field(default_factory=dict)


WINTER = {1: 1.7, 2: 1.6, 3: 1.3, 11: 1.2, 12: 1.5, 6: 0.7, 7: 0.6, 8: 0.6}
WEIGHTS: Mapping[str, Weight] = {
    "street-problem": Weight(150, 190, 60, WINTER),
    "bus-pass": Weight(118, 80, 6, {2: 1.5, 3: 2.6, 4: 1.4}),
    "adult-care": Weight(110, 130),
    "blue-badge": Weight(105, 70, 4),
    "payments-and-switchboard": Weight(90, 60, 4),
    "registrars": Weight(75, 60, 2, {1: 1.2, 5: 1.2, 6: 1.2}),
    "school-places": Weight(62, 75, 4, {1: 2.2, 3: 1.9, 4: 1.6, 9: 1.7, 10: 1.6, 7: 0.7, 12: 0.5}),
    "school-transport": Weight(60, 70, 3, {7: 1.9, 8: 2.6, 9: 2.4, 12: 0.6}),
    "staff-questions": Weight(55, 90),
    "childrens-care": Weight(35, 40),
    "libraries": Weight(30, 20, 4),
    "tips": Weight(22, 12, 4, {4: 1.4, 5: 1.5, 6: 1.4, 12: 0.6}),
    "pensions": Weight(20, 40, 0, {4: 1.3, 8: 1.4}),
    "worried-about-someone": Weight(18, 12),
    "crisis-support": Weight(16, 8, 0, {12: 1.6, 1: 1.4}),
    "special-needs": Weight(14, 24),
    "public-transport": Weight(14, 8, 4),
    "free-school-meals": Weight(12, 10, 1, {9: 2.2, 8: 1.5}),
    "street-works": Weight(10, 16),
    "adult-learning": Weight(8, 8, 1, {9: 2.5, 1: 1.6}),
    "compensation": Weight(8, 12, 0, WINTER),
    "council-jobs": Weight(8, 8, 1),
    "trading-standards": Weight(8, 10, 1),
    "countryside": Weight(6, 8, 2, {4: 1.3, 5: 1.5, 6: 1.4}),
    "archives-and-museums": Weight(4, 8, 1),
    "fostering-and-adoption": Weight(3, 3, 1),
    "complaint": Weight(2.6, 6, 1),
    "compliment-and-feedback": Weight(1, 2, 2),
}


@dataclass(frozen=True)
class Expected:
    """How many calls, emails and social messages a service may expect on a desk day."""

    calls: float
    emails: float
    social: float


@lru_cache(maxsize=400)
def expected_on(day: date, services: tuple[str, ...]) -> Mapping[str, Expected]:
    """What each of these services may expect on a working day, so that a calendar year comes to the totals."""
    part = part_of_year(day)
    seasons = {name: WEIGHTS[name].months.get(day.month, 1.0) for name in services}
    calls, emails, social = (
        sum(_of(name, what) * seasons[name] for name in services) or 1.0
        for what in ("calls", "emails", "social")
    )
    return {
        name: Expected(
            CALLS * part * WEIGHTS[name].calls * seasons[name] / calls,
            EMAILS * part * WEIGHTS[name].emails * seasons[name] / emails,
            SOCIAL * part * WEIGHTS[name].social * seasons[name] / social,
        )
        for name in services
    }


def _of(name: str, what: str) -> float:
    weight = WEIGHTS[name]
    return {"calls": weight.calls, "emails": weight.emails, "social": weight.social}[what]


def part_of_year(day: date) -> float:
    """The part of a calendar year that falls on a working day."""
    return _weight_of(day) / _weight_of_year(day.year)


def contacts_expected(day: date, share: float) -> float:
    """How many contacts a working day brings in all, of a county's share; a case is one as well."""
    return (CALLS + EMAILS + SOCIAL + sum(CASES.values())) * share * part_of_year(day)


def _weight_of(day: date) -> float:
    return WEEKDAYS[day.weekday()] * MONTHS[day.month - 1]


@lru_cache(maxsize=8)
def _weight_of_year(year: int) -> float:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return sum(_weight_of(day) for day in days if day.year == year and ENGLAND.is_working_day(day))


def load_of(quarter: int) -> float:
    """How busy a quarter hour is beside the mean of the day."""
    return SHAPE[quarter] * QUARTERS / sum(SHAPE)


def desk_day_before(day: date) -> date:
    """The working day before."""
    return ENGLAND.add_working_days(day, -1)
