"""Ever better rotas of a week, each with the bound that no rota can cost less than.

Rounds of two halves. First prices are learned: what one more person is worth, by quarter hour and skill, so that
everybody following their own best week at these prices covers what is needed. They are the dual of the linear programme
over all weeks of all people, and prove the bound. Then everybody's week is found again beside all others', at first by
the prices, then by what truly changes. docs/planning.md tells why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from frontdoor.workforce.rota.compiled import (
    FAR,
    Cover,
    Learning,
    Plan,
    Slacks,
    bound_at,
    cover_all,
    learn,
    search,
    settle,
)
from frontdoor.workforce.rota.definition import HOUR, Floats, Rota, Week
from frontdoor.workforce.rota.placing import Places, renew, with_office
from frontdoor.workforce.rota.preparing import Tables, rota_of, tables_of

KNOWN = 8
"""Weeks kept of each person."""
LEARNED, FRESH, AGAIN, SHARP = 20, 10, 6, 0.08
"""By round: how often the bound is asked for while prices are learned; how often (that is all of the first round)
everybody's best week is asked for one after the other as well; how often what is then known is mixed anew; and by how
much a price moves for one person missing, as a share of the highest price.
"""
SMALL = 0.02
"""The gap from which it is told in hours as well."""
SEARCHED, MOST_SEARCHED, ENDING = 24, 384, (0.1, 0.05, 0.0, 0.0)
"""Sweeps of search in the first rounds (from the third, each has half as many again), the most in any, and those that
end each.
"""


@dataclass(frozen=True)
class Progress:
    """The best rota so far. `bound`: no rota with every activity costs less; `rounds`: how many were gone through;
    `paid`: quarters each person is planned for; `notes`: what could not be as asked; `is_whole`: no activity is left out
    that has a time at all; `over`: the price of somebody to spare for a quarter hour.
    """

    rota: Rota
    cost: float
    bound: float
    rounds: int
    paid: dict[str, int]
    notes: tuple[str, ...]
    is_whole: bool = True
    over: float = 1.0

    @property
    def gap(self) -> float | None:
        """By how much, at most, the rota costs more than the best possible; None where the bound is nothing or less."""
        return max(0.0, self.cost / self.bound - 1.0) if self.bound > 0 else None

    def told(self) -> str:
        """The gap in words; of a small team's week, whose best cost is little, also in hours of somebody to spare."""
        if self.cost - self.bound <= 1e-6 * max(1.0, self.cost):
            return "the best possible"
        off = self.cost - self.bound
        hours = f"{off / HOUR / self.over:.1f} hours of people to spare" if self.over else f"{off:.1f}"
        if self.gap is None:
            return f"at most {hours} from the best possible"
        told = f"at most {100 * self.gap:.2f} % from the best possible"
        return f"{told}, as much as {hours}" if self.over and self.gap > SMALL else told


def improve(week: Week, *, seed: int = 1, rounds: int = 40) -> Iterator[Progress]:
    """Rotas, each at least as good as the one before, until the best is proven or the rounds are done. Stop when
    satisfied.

    Raises BadWeek where the week cannot be planned.
    """
    search_for = _Search(tables_of(week), seed)
    for number in range(1, rounds + 1):
        found = search_for.round(number)
        yield found
        if found.is_whole and found.cost - found.bound <= 1e-6 * max(1.0, found.cost):
            return


class _Search:
    """The state of a search."""

    def __init__(self, tables: Tables, seed: int) -> None:
        self.tables = tables
        self.places = Places(tables)
        self.room, self.priced, self.best = tables.room(), tables.plan(), tables.plan()
        prices = tables.week.prices
        self.prices = np.array([prices.under, prices.over])
        self.chance = np.array([seed], np.uint64)
        worth = np.where(tables.need > 0, (prices.under + prices.over) / 2, 0.0)
        worth = worth.reshape(-1, len(tables.groups))
        self.known, self.learned = tables.known(KNOWN), 0
        self.need = tables.need.reshape(worth.shape)
        self.cover = Cover(self.need.copy(), np.zeros(len(worth)))
        self.learning = Learning(worth, worth.copy(), self.need.copy())
        tied = np.zeros((len(tables.week.people), len(worth) if tables.week.activities else 0))
        self.ties = Learning(tied, tied.copy(), tied.copy())
        self.cost, self.bound = FAR, -FAR
        self.left_out = self.places.left_out()
        self.rota = Rota(())
        self.notes: list[str] = []

    def round(self, number: int) -> Progress:
        """One round, and what is best after it."""
        self._learn(number)
        self._search(number)
        paid = {
            person.name: int(quarters)
            for person, quarters in zip(self.tables.week.people, self.tables.staff.quarters, strict=True)
        }
        notes = tuple(dict.fromkeys([*self.tables.notes, *self.notes]))
        is_whole = not any(self.places.can_be(each) for each in self.left_out)
        return Progress(
            self.rota, self.cost, self.bound, number, paid, notes, is_whole, float(self.prices[1])
        )

    def _learn(self, number: int) -> None:
        """Learn prices, and prove what they are a bound of."""
        tables, known, most = self.tables, self.known, float(self.prices.sum())
        learning, ties = self.learning, self.ties
        for _sweep in range(LEARNED if number > 1 else FRESH):
            sweeps = int(self.learned < FRESH), AGAIN
            learn(
                tables.law,
                tables.staff,
                self.room,
                self.priced,
                known,
                learning,
                ties,
                self.need,
                self.cover,
                self.prices,
                SHARP * most,
                sweeps,
                self.learned,
                self.chance,
            )
            self.places.learn(learning, ties, SHARP * most, most)
            found = self._bound_at(learning.worth.reshape(tables.need.shape))
            for each in (learning, ties):
                if found > self.bound:
                    each.centre[:] = each.worth
                renew(each, SHARP * most, most)
            self.bound = max(self.bound, found)
            self.learned += 1

    def _bound_at(self, worth: Floats) -> float:
        tables = self.tables
        found = bound_at(
            tables.law,
            tables.staff,
            self.room,
            self.priced,
            self.known,
            tables.need,
            worth,
            self.ties.worth,
            self.prices,
            self.learned,
        )
        return float(found) + self.places.gain_at(worth, self.ties.worth)

    def _settle(self) -> Plan:
        """A plan near the mixture of weeks with which the prices are learned."""
        tables, plan = self.tables, self.tables.plan()
        known = self.known._replace(share=self.known.share.copy())
        learning, ties = (
            each._replace(worth=each.worth.copy(), lack=each.lack.copy())
            for each in (self.learning, self.ties)
        )
        sharp = SHARP * float(self.prices.sum())
        settle(
            tables.law, tables.staff, self.room, plan, known, learning, ties, self.prices, sharp, self.chance
        )
        return plan

    def _search(self, number: int) -> None:
        tables, places, plan = self.tables, self.places, self._settle()
        sweeps = min(MOST_SEARCHED, round(SEARCHED * 1.5 ** max(0, number - 2)))
        slack = tables.slack()
        cover_all(tables.law, tables.staff, self.room, plan, slack, tables.touched)
        if tables.week.activities:
            places.place_all(plan, slack, is_first=True)
        self._sweep(plan, slack, np.linspace(0.97, 0.6, sweeps))
        if tables.week.activities:
            for here, there in zip(plan, self.found, strict=True):
                here[:] = there
            places.drop_unworked(plan)
            slack = tables.slack()
            cover_all(tables.law, tables.staff, self.room, plan, slack, tables.touched)
            places.place_all(plan, slack, is_first=False)
            self._sweep(plan, slack, np.linspace(0.8, 0.6, sweeps // 2))
        left_out = places.left_out()
        if (len(left_out), self.lowest) < (len(self.left_out), self.cost - 1e-9):
            self.cost, self.left_out = self.lowest, left_out
            self.rota, notes = with_office(tables.week, rota_of(tables, self.found, places.placed()))
            names = [tables.week.activities[each].name for each in left_out]
            self.notes = [*(f"{name} has no time at which all can be there." for name in names), *notes]

    def _sweep(self, plan: Plan, slack: Slacks, guides: Floats) -> None:
        """Search from the plan; the best is in `found`, and costs `lowest`."""
        guides = np.concatenate([guides, ENDING])
        heats = np.where(guides > ENDING[0], 0.03, 0.001)
        self.found = self.best
        self.lowest = float(
            search(
                self.tables.law,
                self.tables.staff,
                self.room,
                plan,
                self.best,
                slack,
                self.tables.touched,
                self.prices,
                heats,
                FAR,
                self.chance,
                self.learning.centre.reshape(self.tables.need.shape),
                guides,
            )
        )
