"""Rotas changed by hand and within the day: priced exactly, rules named, and as few people touched as is worth it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bench.roster_weeks import MONDAY, a_week
from frontdoor.workforce.rota.checking import broken_rules
from frontdoor.workforce.rota.definition import BadWeek, Rota, Shift, Span, Week
from frontdoor.workforce.rota.editing import Board, Edit, options
from frontdoor.workforce.rota.measuring import measure
from frontdoor.workforce.rota.replanning import replan
from frontdoor.workforce.rota.solving import Progress, improve


@pytest.fixture(scope="module")
def week() -> Week:
    return a_week(people=24, skills=3, seed=3)


@pytest.fixture(scope="module")
def planned(week: Week) -> Progress:
    return next(improve(week))


def full_day(week: Week, planned: Progress) -> Shift:
    """A shift of somebody free to move, without an activity, and longer than the shortest."""
    people = {person.name: person for person in week.people}
    return next(
        shift
        for shift in planned.rota.shifts
        if people[shift.person].quarters == 148
        and not people[shift.person].fixed
        and not people[shift.person].leave
        and not shift.activities
        and shift.span.ends < 72
        and shift.span.quarters >= 32
    )


def test_edit_costs_what_the_rota_with_it_costs_more(week: Week, planned: Progress) -> None:
    board = Board(week, planned.rota, planned.paid)
    shift = full_day(week, planned)
    assert board.cost == pytest.approx(planned.cost)
    later = Span(shift.span.begins + 1, shift.span.ends + 1)
    priced = board.price(Edit(shift.person, shift.on, later))
    assert priced.broken == ()
    assert priced.shift is not None
    others = tuple(each for each in planned.rota.shifts if each != shift)
    assert priced.after == pytest.approx(measure(week, Rota((*others, priced.shift))).cost)
    assert priced.before == board.cost == pytest.approx(planned.cost)
    board.make(Edit(shift.person, shift.on, later))
    assert board.cost == pytest.approx(priced.after) == pytest.approx(measure(week, board.rota).cost)
    assert broken_rules(week, board.rota, planned.paid) == ()
    board.make(Edit(shift.person, shift.on, shift.span, shift.pauses))
    assert board.cost == pytest.approx(planned.cost)


def test_pauses_of_an_edit_are_where_they_hurt_least(week: Week, planned: Progress) -> None:
    """The rota is the best beside all others, so its own pauses cannot be bettered."""
    board = Board(week, planned.rota, planned.paid)
    shift = full_day(week, planned)
    assert board.price(Edit(shift.person, shift.on, shift.span)).difference == pytest.approx(0.0)


def test_edit_names_the_rules_it_breaks(week: Week, planned: Progress) -> None:
    board = Board(week, planned.rota, planned.paid)
    shift = full_day(week, planned)
    rules = {
        name: {broken.rule for broken in board.price(Edit(shift.person, shift.on, span)).broken}
        for name, span in {
            "too early": Span(30, 30 + shift.span.quarters),
            "shorter": Span(shift.span.begins, shift.span.ends - 1),
            "off": None,
        }.items()
    }
    assert rules == {"too early": {"opening"}, "shorter": {"hours"}, "off": {"hours"}}
    board.make(Edit(shift.person, shift.on, None))
    back = board.price(Edit(shift.person, shift.on, shift.span))
    assert (back.broken, {broken.rule for broken in back.mended}) == ((), {"hours"})


def test_edit_that_has_no_room_for_its_pauses_or_nobody_is_refused(week: Week, planned: Progress) -> None:
    board = Board(week, planned.rota, planned.paid)
    shift = full_day(week, planned)
    with pytest.raises(BadWeek, match="no shift 08:00–08:30 has room for its pauses"):
        board.price(Edit(shift.person, shift.on, Span(32, 34)))
    with pytest.raises(BadWeek, match="is not among the people or days"):
        board.price(Edit("Nobody", shift.on, None))


def test_options_are_those_that_break_nothing_cheapest_first(week: Week, planned: Progress) -> None:
    board = Board(week, planned.rota, planned.paid)
    shift = full_day(week, planned)
    edits = [Edit(shift.person, shift.on, Span(at, at + shift.span.quarters)) for at in range(28, 45)]
    found = options(board, edits)
    assert 0 < len(found) < len(edits)
    assert [priced.after for _edit, priced in found] == sorted(priced.after for _edit, priced in found)


def test_missing_people_are_made_good_by_few_changes_and_nothing_past_is_changed(
    week: Week, planned: Progress
) -> None:
    on = MONDAY + timedelta(days=1)
    today = [shift for shift in planned.rota.shifts if shift.on == on]
    absent = {shift.person: 0 for shift in today[:4]}
    found = replan(week, planned.rota, on=on, now=44, absent=absent)
    assert found.planned < found.missed
    assert found.cost == pytest.approx(found.missed - sum(change.saves for change in found.changes))
    assert 0 < len(found.changes) <= len(today) - 4
    assert all(change.saves > 4.0 for change in found.changes)
    before = {shift.person: shift for shift in today}
    for shift in found.rota.shifts:
        if shift.on == on:
            old = before[shift.person]
            past = [frozenset(range(46)) & each.at_work for each in (old, shift)]
            assert past[0] == past[1]
            assert shift.activities == old.activities
    left = broken_rules(replace(week, activities=()), found.rota, planned.paid)
    assert {broken.person for broken in left} <= set(absent)


def test_fewer_changes_where_touching_somebody_is_dearer(week: Week, planned: Progress) -> None:
    absent = {next(shift.person for shift in planned.rota.shifts if shift.on == MONDAY): 0}
    cheap, dear = (
        replan(week, planned.rota, on=MONDAY, now=30, absent=absent, touching=touching)
        for touching in (0.5, 12.0)
    )
    assert len(dear.changes) <= len(cheap.changes)
    assert cheap.cost <= dear.cost <= dear.missed
    none = replan(week, planned.rota, on=MONDAY, now=30, absent=absent, most=0)
    assert (none.changes, none.cost) == ((), none.missed)


def test_missing_somebody_who_is_not_there_is_refused(week: Week, planned: Progress) -> None:
    with pytest.raises(BadWeek, match="Nobody has no shift on 2027-03-01"):
        replan(week, planned.rota, on=MONDAY, now=30, absent={"Nobody": 0})
    with pytest.raises(BadWeek, match="2028-01-01 is not among the days"):
        replan(week, planned.rota, on=date(2028, 1, 1), now=30, absent={})


def test_who_leaves_at_noon_is_there_until_then_and_only_the_rest_is_made_good(
    week: Week, planned: Progress
) -> None:
    today = [shift for shift in planned.rota.shifts if shift.on == MONDAY and shift.span.ends > 60]
    absent = {shift.person: 48 for shift in today[:4]}
    found = replan(week, planned.rota, on=MONDAY, now=36, absent=absent)
    done = {shift.person: shift for shift in found.nothing_done.shifts if shift.on == MONDAY}
    for shift in today[:4]:
        left = done[shift.person]
        assert left.span.ends <= 48
        assert left.at_work == frozenset(quarter for quarter in shift.at_work if quarter < 48)
    early, late = (measure(week, each).short[0, :48].sum() for each in (planned.rota, found.nothing_done))
    assert early == late
    whole = replan(week, planned.rota, on=MONDAY, now=36, absent=dict.fromkeys(absent, 0))
    assert found.planned < found.missed < whole.missed
    assert found.cost == pytest.approx(found.missed - sum(change.saves for change in found.changes))
    assert not {change.before.person for change in found.changes} & set(absent)


def test_shift_without_the_pauses_of_its_length_counts_and_stays(week: Week, planned: Progress) -> None:
    on = MONDAY + timedelta(days=1)
    today = [shift for shift in planned.rota.shifts if shift.on == on]
    odd = next(shift for shift in reversed(today) if len(shift.pauses) > 1 and not shift.activities)
    plain = replace(odd, pauses=odd.pauses[:1])
    rota = Rota(tuple(plain if shift is odd else shift for shift in planned.rota.shifts))
    found = replan(week, rota, on=on, now=30, absent={shift.person: 0 for shift in today[:3]}, touching=0.5)
    assert found.changes
    assert plain in found.rota.shifts
    assert found.cost == pytest.approx(found.missed - sum(change.saves for change in found.changes))


def test_two_shifts_of_one_person_on_the_day_count_and_stay(week: Week, planned: Progress) -> None:
    on = MONDAY + timedelta(days=1)
    today = [shift for shift in planned.rota.shifts if shift.on == on]
    long = next(shift for shift in reversed(today) if len(shift.pauses) > 1 and not shift.activities)
    first, pauses = long.pauses[1].span, long.pauses
    halves = (
        replace(long, span=Span(long.span.begins, first.begins), pauses=pauses[:1], activities=()),
        replace(long, span=Span(first.ends, long.span.ends), pauses=pauses[2:], activities=()),
    )
    rota = Rota((*(shift for shift in planned.rota.shifts if shift is not long), *halves))
    found = replan(week, rota, on=on, now=30, absent={today[0].person: 0})
    assert [shift for shift in found.rota.shifts if (shift.person, shift.on) == (long.person, on)] == list(
        halves
    )
    assert found.missed == pytest.approx(
        replan(week, planned.rota, on=on, now=30, absent={today[0].person: 0}).missed
    )
