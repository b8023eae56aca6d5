"""What one edit by hand costs, at once: “Ann starts at 09:00”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from frontdoor.workforce.rota.checking import Broken, broken_by
from frontdoor.workforce.rota.definition import (
    BadWeek,
    Floats,
    Person,
    Placed,
    Rota,
    Rules,
    Shift,
    Span,
    Week,
)
from frontdoor.workforce.rota.measuring import (
    cover_of,
    covered,
    need_when_open,
    serving_of,
    short_in,
    wish_cost,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One person's day as it is to be. `span`: None where they are to be off; `pauses`: where they are to be other than
    where they hurt least.
    """

    person: str
    on: date
    span: Span | None
    pauses: tuple[Placed, ...] | None = None


@dataclass(frozen=True)
class Priced:
    """What comes of an edit. `before` and `after`: what the rota costs; `broken`: rules that do not hold after it, and
    `mended`: that did not before it and do now; `shift`: the day as it would be.
    """

    before: float
    after: float
    broken: tuple[Broken, ...]
    mended: tuple[Broken, ...]
    shift: Shift | None

    @property
    def difference(self) -> float:
        """What the edit costs; below nothing: what it saves."""
        return self.after - self.before


class Board:
    """A rota that is edited by hand: each edit is priced in milliseconds. `paid`: quarters each is planned for."""

    def __init__(self, week: Week, rota: Rota, paid: Mapping[str, int]) -> None:
        self.week, self.paid = week, paid
        self.cover = cover_of(week, rota)
        self.people = {person.name: person for person in week.people}
        self.places = {day.on: place for place, day in enumerate(week.days)}
        self.need = need_when_open(week)
        self.serving = serving_of(week, self.cover.kinds)
        self.shifts = {(shift.person, shift.on): shift for shift in rota.shifts}
        self.costs = [self._cost_of(place, self.cover.at_work[place]) for place in range(len(week.days))]
        self.wishes = sum(wish_cost(week, self.people[shift.person], shift) for shift in rota.shifts)

    @property
    def cost(self) -> float:
        """What the rota costs as it is."""
        return sum(self.costs) + self.wishes

    @property
    def rota(self) -> Rota:
        """The rota with all edits that were made."""
        return Rota(tuple(self.shifts[key] for key in sorted(self.shifts)))

    def price(self, edit: Edit) -> Priced:
        """What an edit would cost; nothing is changed. Raises BadWeek where no shift of that length has its pauses."""
        person, place, old = self._at(edit)
        without = self._without(person, place, old)
        shift = self._shift(edit, person, without, old)
        at_work = self._with(person, without, shift)
        wishes = sum(
            sign * wish_cost(self.week, person, each) for sign, each in ((1, shift), (-1, old)) if each
        )
        after = self.cost - self.costs[place] + self._cost_of(place, at_work) + wishes
        others = [each for (name, on), each in self.shifts.items() if name == person.name and on != edit.on]
        then = broken_by(self.week, person, [*others, *([shift] if shift else [])], self.paid)
        now = broken_by(self.week, person, [*others, *([old] if old else [])], self.paid)
        mended = tuple(each for each in now if each not in then)
        return Priced(self.cost, after, then, mended, shift)

    def make(self, edit: Edit) -> Priced:
        """Make an edit, whatever rules it breaks; what it cost."""
        priced = self.price(edit)
        person, place, old = self._at(edit)
        at_work = self._with(person, self._without(person, place, old), priced.shift)
        self.wishes = priced.after - sum(self.costs)
        self.wishes += self.costs[place] - self._cost_of(place, at_work)
        self.costs[place] = self._cost_of(place, at_work)
        self.cover.at_work[place] = at_work
        self.shifts.pop((edit.person, edit.on), None)
        if priced.shift is not None:
            self.shifts[edit.person, edit.on] = priced.shift
        return priced

    def _at(self, edit: Edit) -> tuple[Person, int, Shift | None]:
        if edit.person not in self.people or edit.on not in self.places:
            raise BadWeek(f"{edit.person}, {edit.on}: is not among the people or days of this week.")
        return self.people[edit.person], self.places[edit.on], self.shifts.get((edit.person, edit.on))

    def _cost_of(self, place: int, at_work: Floats) -> float:
        short = float(short_in(self.need[place], at_work, self.serving).sum())
        over = float(at_work.sum() - self.need[place].sum()) + short
        return self.week.prices.under * short + self.week.prices.over * over

    def _kind(self, person: Person) -> int:
        return self.cover.kinds.index(person.skills & set(self.week.skills))

    def _without(self, person: Person, place: int, old: Shift | None) -> Floats:
        at_work: Floats = self.cover.at_work[place].copy()
        if old is not None:
            at_work[covered(old), self._kind(person)] -= 1
        return at_work

    def _with(self, person: Person, without: Floats, shift: Shift | None) -> Floats:
        at_work: Floats = without.copy()
        if shift is not None:
            at_work[covered(shift), self._kind(person)] += 1
        return at_work

    def _shift(self, edit: Edit, person: Person, without: Floats, old: Shift | None) -> Shift | None:
        if edit.span is None:
            return None
        pauses = edit.pauses
        if pauses is None:
            more = without.copy()
            more[:, self._kind(person)] += 1
            need, prices = self.need[self.places[edit.on]], self.week.prices
            saved = short_in(need, without, self.serving) - short_in(need, more, self.serving)
            pauses = best_pauses(self.week.rules, edit.span, (prices.under + prices.over) * saved)
        if pauses is None:
            raise BadWeek(
                f"{edit.person}, {edit.on}: no shift {edit.span} has room for its pauses. Choose another length or start."
            )
        if old is not None:
            return replace(old, span=edit.span, pauses=pauses)
        return Shift(edit.person, edit.on, edit.span, pauses)


def best_pauses(rules: Rules, span: Span, saved: Floats) -> tuple[Placed, ...] | None:
    """The pauses of a shift where they hurt least. `saved`: by quarter of the day, what one more at work saves. None:
    there is no room for them.
    """
    paid = rules.paid(span.quarters)
    if paid is None:
        return None
    pauses = rules.pattern_of(paid).pauses
    sums = np.concatenate([[0.0], np.cumsum(saved)])

    @cache
    def best(number: int, since: int) -> tuple[float, tuple[Placed, ...]] | None:
        """The cheapest way on from a stretch that begins then, with so many pauses behind it."""
        if number == len(pauses):
            return (0.0, ()) if rules.least_stretch <= span.ends - since <= rules.most_stretch else None
        pause = pauses[number]
        ways = []
        for at in range(
            since + rules.least_stretch, min(since + rules.most_stretch, span.ends - pause.quarters) + 1
        ):
            placed = Placed(Span(at, at + pause.quarters), pause.name)
            if pause.window is None or pause.window.holds(placed.span):
                after = best(number + 1, at + pause.quarters)
                if after is not None:
                    lost = float(sums[at + pause.quarters] - sums[at])
                    ways.append((lost + after[0], (placed, *after[1])))
        return min(ways, default=None)

    found = best(0, span.begins)
    return None if found is None else found[1]


def options(board: Board, edits: Sequence[Edit]) -> list[tuple[Edit, Priced]]:
    """Edits that break no rule, the cheapest first: every start of a shift, say, so that a screen can offer them."""
    priced = []
    for edit in edits:
        try:
            found = board.price(edit)
        except BadWeek:
            continue
        if not found.broken:
            priced.append((edit, found))
    return sorted(priced, key=lambda pair: pair[1].after)
