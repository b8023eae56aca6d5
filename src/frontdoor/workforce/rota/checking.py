"""Is every rule held? Asked of the shifts themselves, in plain words, with nothing of the search in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from frontdoor.workforce.rota.definition import QUARTERS, Day, Person, Rota, Shift, Span, Week, hours
from frontdoor.workforce.rota.measuring import hours_of


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is not held. `on`: None where it is about the week."""

    person: str
    on: date | None
    rule: str
    words: str

    def __str__(self) -> str:
        return ", ".join([self.person, *([f"{self.on:%a %d %b}"] if self.on else [])]) + f": {self.words}"


def broken_rules(week: Week, rota: Rota, paid: Mapping[str, int]) -> tuple[Broken, ...]:
    """Every rule a rota breaks, by person and day. `paid`: quarters that each is to be paid for in this week."""
    people = {person.name: person for person in week.people}
    days = {day.on: day for day in week.days}
    found: list[Broken] = []
    for shift in rota.shifts:
        if shift.person not in people or shift.on not in days:
            found.append(
                Broken(shift.person, shift.on, "known", "is not among the people or days of this week.")
            )
            continue
        person, day = people[shift.person], days[shift.on]
        found += [
            Broken(person.name, shift.on, rule, words) for rule, words in _of_shift(week, person, day, shift)
        ]
    for person in week.people:
        own = sorted(
            (shift for shift in rota.shifts if shift.person == person.name), key=lambda shift: shift.on
        )
        found += [
            Broken(person.name, on, rule, words) for on, rule, words in _of_week(week, person, own, paid)
        ]
    found += _of_activities(week, rota)
    found += _of_desks(week, rota)
    return tuple(found)


def broken_by(
    week: Week, person: Person, shifts: Sequence[Shift], paid: Mapping[str, int]
) -> tuple[Broken, ...]:
    """Every rule that one person's own shifts break, apart from what is agreed with others (activities, desks)."""
    days = {day.on: day for day in week.days}
    found = [
        Broken(person.name, shift.on, rule, words)
        for shift in shifts
        for rule, words in _of_shift(week, person, days[shift.on], shift)
    ]
    own = sorted(shifts, key=lambda shift: shift.on)
    found += [Broken(person.name, on, rule, words) for on, rule, words in _of_week(week, person, own, paid)]
    return tuple(found)


def _of_shift(week: Week, person: Person, day: Day, shift: Shift) -> Iterator[tuple[str, str]]:
    if not day.opens.holds(shift.span):
        yield "opening", f"the shift {shift.span} is outside the opening hours {day.opens}."
    fixed = person.fixed.get(day.on)
    if fixed is not None:
        if fixed != shift.span:
            yield "fixed", f"the shift {shift.span} is not the fixed one, {fixed}."
    elif day.on.weekday() not in person.windows:
        yield "pattern", f"{day.on:%A} is not one of their days."
    elif (window := person.windows[day.on.weekday()]) is not None and not window.holds(shift.span):
        yield "pattern", f"the shift {shift.span} is outside their hours {window}."
    if day.on in person.leave and ((away := person.leave[day.on]) is None or away.meets(shift.span)):
        yield "leave", f"they are on leave{f' {away}' if away else ''}."
    yield from _of_lengths(week, person, shift, is_fixed=fixed is not None)
    for activity in shift.activities:
        if not shift.span.holds(activity.span) or any(
            activity.span.meets(each.span) for each in shift.pauses
        ):
            yield "activity", f"{activity.name} {activity.span} is not at work."
    spans = sorted(activity.span for activity in shift.activities)
    if any(before.meets(after) for before, after in pairwise(spans)):
        yield "activity", "two activities are at the same time."


def _of_lengths(week: Week, person: Person, shift: Shift, *, is_fixed: bool) -> Iterator[tuple[str, str]]:
    paid = hours_of([shift], week)
    least = week.rules.shortest if person.shortest is None else person.shortest
    most = week.rules.longest if person.longest is None else person.longest
    if not is_fixed and (paid > most or (paid < least and person.leave.get(shift.on) is None)):
        yield "length", f"{hours(paid)} paid are not between {hours(least)} and {hours(most)}."
    yield from _of_pauses(week, shift, paid)


def _of_pauses(week: Week, shift: Shift, paid: int) -> Iterator[tuple[str, str]]:
    rules = week.rules
    wanted = rules.pattern_of(max(paid, rules.patterns[0].least)).pauses
    if [(pause.name, pause.quarters) for pause in wanted] != [
        (e.name, e.span.quarters) for e in shift.pauses
    ]:
        names = ", ".join(f"{pause.name} {hours(pause.quarters)}" for pause in wanted) or "none"
        yield "pauses", f"a shift of {hours(paid)} has the pauses {names}, in this order."
        return
    for pause, placed in zip(wanted, shift.pauses, strict=True):
        if pause.window is not None and not pause.window.holds(placed.span):
            yield "pauses", f"{pause.name} {placed.span} is outside its hours {pause.window}."
    edges = [
        shift.span.begins,
        *(edge for each in shift.pauses for edge in (each.span.begins, each.span.ends)),
    ]
    edges.append(shift.span.ends)
    for begins, ends in zip(edges[::2], edges[1::2], strict=True):
        if not rules.least_stretch <= ends - begins <= rules.most_stretch:
            least, most = hours(rules.least_stretch), hours(rules.most_stretch)
            yield (
                "stretch",
                f"{hours(max(0, ends - begins))} at work without a pause is not between {least} and {most}.",
            )


def _of_week(
    week: Week, person: Person, own: list[Shift], paid: Mapping[str, int]
) -> Iterator[tuple[date | None, str, str]]:
    for before, after in pairwise(own):
        if before.on == after.on:
            yield after.on, "once", "there are two shifts on one day."
        elif after.on - before.on == timedelta(days=1):
            rest = QUARTERS - before.span.ends + after.span.begins
            if rest < week.rules.rest:
                yield (
                    after.on,
                    "rest",
                    f"{hours(rest)} since the last shift are fewer than {hours(week.rules.rest)}.",
                )
    if len({shift.on for shift in own} - set(person.fixed)) + len(set(person.fixed) & _dates(week)) > max(
        person.days, len(set(person.fixed) & _dates(week))
    ):
        yield None, "days", f"{len(own)} days are more than the {person.days} of their contract."
    worked = hours_of(own, week)
    if worked != paid.get(person.name, person.quarters):
        asked = hours(paid.get(person.name, person.quarters))
        yield None, "hours", f"{hours(worked)} paid are not the {asked} of this week."
    if missing := [on for on in person.fixed if on in _dates(week) and on not in {shift.on for shift in own}]:
        yield missing[0], "fixed", f"the fixed shift {person.fixed[missing[0]]} is not there."


def _dates(week: Week) -> set[date]:
    return {day.on for day in week.days}


def _of_activities(week: Week, rota: Rota) -> Iterator[Broken]:
    placed: dict[tuple[str, str], list[tuple[date, Span]]] = {}
    for shift in rota.shifts:
        for each in shift.activities:
            placed.setdefault((each.name, shift.person), []).append((shift.on, each.span))
    for activity in week.activities:
        times = {tuple(placed.get((activity.name, name), [])) for name in activity.people}
        first = next(iter(times), ())
        who = activity.people[0] if activity.people else ""
        if len(times) > 1 or len(first) != 1:
            yield Broken(
                who,
                None,
                "activity",
                f"{activity.name} is not once for all {len(activity.people)} at one time.",
            )
            continue
        on, span = first[0]
        if span.quarters != activity.quarters or (activity.on and on not in activity.on):
            yield Broken(
                who, on, "activity", f"{activity.name} {span} is not as long, or not on the day, as asked."
            )
        if activity.window is not None and not activity.window.holds(span):
            yield Broken(
                who, on, "activity", f"{activity.name} {span} is outside its hours {activity.window}."
            )


def _of_desks(week: Week, rota: Rota) -> Iterator[Broken]:
    in_office: dict[date, list[str]] = {}
    for shift in rota.shifts:
        if shift.is_in_office:
            in_office.setdefault(shift.on, []).append(shift.person)
    for on, names in in_office.items():
        if week.rules.desks is not None and len(names) > week.rules.desks:
            yield Broken(
                names[-1], on, "desks", f"{len(names)} in the office are more than {week.rules.desks} desks."
            )
    worked: dict[str, set[date]] = {}
    for shift in rota.shifts:
        worked.setdefault(shift.person, set()).add(shift.on)
    for person in week.people:
        own = worked.get(person.name, set())
        there = {on for on, names in in_office.items() if person.name in names}
        if person.office & own - there:
            yield Broken(
                person.name, min(person.office & own - there), "office", "this is one of their office days."
            )
        wanted = min(len(own), max(person.office_days, len(person.office & own)))
        if len(there) < wanted:
            yield Broken(
                person.name, None, "office", f"{len(there)} days in the office are fewer than {wanted}."
            )
