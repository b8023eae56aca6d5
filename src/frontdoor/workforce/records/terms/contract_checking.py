"""What a contract would make of the rota that is on record, before it is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from frontdoor.kernel.clock import day_of
from frontdoor.workforce.records.asking.leave import away_between
from frontdoor.workforce.records.models import Contract, Shift
from frontdoor.workforce.records.rotas.covering import ANYBODY, as_rota, person_of
from frontdoor.workforce.records.rotas.rota import shifts_of
from frontdoor.workforce.records.terms.contracts import contracts_on, require_contract
from frontdoor.workforce.records.terms.opening import open_days
from frontdoor.workforce.records.terms.shift_rules import our_rules
from frontdoor.workforce.rota.checking import broken_rules
from frontdoor.workforce.rota.definition import QUARTERS, BadWeek, Day, Rota, Week
from frontdoor.workforce.rota.definition import Shift as RotaShift
from frontdoor.workforce.rota.measuring import paid_in

WEEK = timedelta(days=7)
WEEKS = 8
"""Weeks ahead that are looked at."""


def would_break(*, wanted: Contract, at: datetime) -> list[str]:
    """In sentences: what can never be worked by the rules, and which rules shifts on record would break that they do not
    break now. A contract counts from the week that begins on its day or after. Raises NotAContract,
    NotFixed.
    """
    require_contract(wanted)
    first = max(wanted.since_on, day_of(at))
    monday = first + timedelta(days=-first.weekday() % 7)
    shifts = list(
        shifts_of(first_on=monday, last_on=monday + WEEKS * WEEK - timedelta(days=1), people=[wanted.user_id])
    )
    found = _never(wanted, monday)
    for number in range(WEEKS):
        begins = monday + number * WEEK
        own = [each for each in shifts if begins <= each.on < begins + WEEK]
        if own:
            found += _in_week(wanted, begins, own)
    return found


def _never(wanted: Contract, monday: date) -> list[str]:
    """What the engine says of a whole week of this contract."""
    from frontdoor.workforce.rota.preparing import (
        tables_of,  # numba: a second and 100 MB that most processes never need
    )

    week = _week_of(wanted, monday, frozenset())
    name = wanted.user.full_name
    try:
        return [note for note in tables_of(week).notes if note.startswith(name)]
    except BadWeek as fault:
        return [str(fault)]


def _in_week(wanted: Contract, monday: date, own: Sequence[Shift]) -> list[str]:
    user = wanted.user_id
    leave = away_between(first_on=monday, last_on=monday + WEEK - timedelta(days=1)).get(user, set())
    now = contracts_on(on=monday, people=[user]).get(user)
    if now is not None and now.since_on > wanted.since_on:
        return []  # another contract has begun by then
    before = set() if now is None else set(_broken(now, monday, own, leave))
    return [each for each in _broken(wanted, monday, own, leave) if each not in before]


def _broken(contract: Contract, monday: date, own: Sequence[Shift], leave: set[date]) -> list[str]:
    week = _week_of(contract, monday, frozenset(leave))
    days = {day.on for day in week.days}
    person = week.people[0]
    rota = Rota(tuple(_named(each, person.name) for each in own if each.on in days))
    found = broken_rules(week, rota, {person.name: paid_in(week, person)})
    whole = f"Week from {monday:%-d %b}"
    return [f"{f'{each.on:%a %-d %b}' if each.on else whole}: {each.words}" for each in found]


def _week_of(contract: Contract, monday: date, leave: frozenset[date]) -> Week:
    days = tuple(Day(day, opens) for day, opens in open_days(monday))
    own = person_of(
        contract.user.full_name, contract, days, leave & {day.on for day in days}, frozenset({ANYBODY})
    )
    need = np.full((len(days), QUARTERS, 1), 1.0)
    return Week(days, (ANYBODY,), need, (own,), rules=our_rules())


def _named(shift: Shift, name: str) -> RotaShift:
    return replace(as_rota(shift), person=name)
