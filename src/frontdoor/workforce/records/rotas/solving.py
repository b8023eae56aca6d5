"""A week's rota made by the engine: who could work, what is needed, ever better rotas, and the best one published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from frontdoor.staff.models import User
from frontdoor.workforce.records.models import PartKind
from frontdoor.workforce.records.rotas.covering import Planned, at_quarter, planned_week, with_lates
from frontdoor.workforce.records.rotas.meetings import Wanted, activities_of
from frontdoor.workforce.records.rotas.rota import PlannedPart, PlannedShift, publish_rota
from frontdoor.workforce.rota.definition import Placed
from frontdoor.workforce.rota.definition import Shift as RotaShift

if TYPE_CHECKING:
    from frontdoor.workforce.rota.solving import Progress

ROUNDS = 12
GOOD_ENOUGH = 0.01
MOST_NOTES = 12


class NobodyToPlan(LookupError):
    """Nobody has a contract in this week, so nobody can be planned. Enter contracts first; nothing was changed."""


class WeekBegun(ValueError):
    """A rota is made for a week that has not begun. Change this week by hand; nothing was changed."""


def make_rota(
    *,
    monday: date,
    by: User | None,
    at: datetime,
    rng: Random,
    said: Callable[[float, str], bool] = lambda share, words: False,
) -> dict[str, Any]:
    """Make and publish the rota of the week that begins on a Monday. Shifts that stood are made anew, with the training
    that is booked and the meetings that are due; any others that were put into a shift by hand stay where they are, if
    that is within the new shift and nothing else is then. `said` hears how far it is and how good; where it returns
    True, the best so far is taken. What is returned tells of it: rounds, the gap to the bound (0 to 1), notes.

    Raises NobodyToPlan, WeekBegun, BadWeek, MayNotRoster, Overlaps.
    """
    from frontdoor.workforce.rota.solving import (
        improve,  # numba: a second and 100 MB that most processes never need
    )

    if at_quarter(monday, 0) <= at:
        raise WeekBegun
    planned = with_lates(planned_week(monday=monday, is_ahead=True))
    people = tuple(each for each in planned.week.people if each.quarters)
    if not people:
        raise NobodyToPlan
    best: Progress | None = None
    wanted = activities_of(planned)
    week = replace(planned.week, people=people, activities=tuple(each.activity for each in wanted))
    for found in improve(week, seed=rng.getrandbits(31), rounds=ROUNDS):
        best = found
        is_enough = said(found.rounds / ROUNDS, f"Round {found.rounds}: {found.told()}")
        if is_enough or (found.is_whole and found.gap is not None and found.gap < GOOD_ENOUGH):
            break
    assert best is not None  # there is at least one round
    shifts = [_planned(each, planned, wanted) for each in best.rota.shifts]
    last = monday + timedelta(days=6)
    rota = publish_rota(first_on=monday, last_on=last, shifts=shifts, by=by, at=at)
    notes = [_named(note, planned) for note in best.notes[:MOST_NOTES]]
    return {"rota": rota.pk, "rounds": best.rounds, "gap": best.gap, "told": best.told(), "notes": notes}


def _planned(shift: RotaShift, planned: Planned, wanted: Sequence[Wanted]) -> PlannedShift:
    kinds = {each.activity.name: each.kind for each in wanted}
    due = {each.kind for each in wanted if shift.person in each.activity.people}
    parts = [_part(each, shift.on, PartKind(each.name)) for each in shift.pauses]
    parts += [_part(each, shift.on, kinds[each.name]) for each in shift.activities]
    taken = [each.span for each in (*shift.pauses, *shift.activities)]
    parts += [
        _part(each, shift.on, PartKind(each.name))
        for old in planned.rota.shifts
        if (old.person, old.on) == (shift.person, shift.on)
        for each in old.activities
        if PartKind(each.name) not in due
        and shift.span.holds(each.span)
        and not any(each.span.meets(span) for span in taken)
    ]
    return PlannedShift(
        int(shift.person),
        at_quarter(shift.on, shift.span.begins),
        at_quarter(shift.on, shift.span.ends),
        tuple(sorted(parts, key=lambda each: each.starts_at)),
        shift.is_in_office,
    )


def _part(placed: Placed, on: date, kind: PartKind) -> PlannedPart:
    return PlannedPart(kind, at_quarter(on, placed.span.begins), at_quarter(on, placed.span.ends))


def _named(note: str, planned: Planned) -> str:
    """A note of the engine, which knows people by their numbers, with their names."""
    name, sep, rest = note.partition(" ")
    return f"{planned.names[name]}{sep}{rest}" if name in planned.names else note
