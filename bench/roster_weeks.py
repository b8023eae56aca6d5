"""Made-up weeks for the rota benchmark and its tests: people with rules of their own, and need that follows the day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from frontdoor.workforce.rota.definition import (
    QUARTERS,
    Activity,
    Day,
    Person,
    Prices,
    Rules,
    Span,
    Week,
)

MONDAY = date(2027, 3, 1)
SKILLS = ("badge", "admissions", "highways", "social care", "travel", "waste")
SHARES = (0.3, 0.2, 0.15, 0.15, 0.1, 0.1)


def a_week(
    *,
    people: int = 190,
    days: int = 5,
    skills: int = 6,
    seed: int = 1,
    activities: bool = True,
    load: float = 0.93,
) -> Week:
    """Two thirds work full time; the others three to five days, some of them in school hours; leave, fixed shifts,
    wishes. `load`: hours of need for an hour of contract.
    """
    rng = np.random.default_rng(seed)
    names = SKILLS[:skills]
    opened = tuple(Day(MONDAY + timedelta(days=each)) for each in range(days))
    staff = tuple(_person(number, names, opened, rng) for number in range(people))
    asked = _activities(staff, opened, rng) if activities else ()
    return Week(
        opened, names, _need(staff, names, opened, rng, load), staff, asked, Rules(desks=people), Prices()
    )


def _person(number: int, names: tuple[str, ...], days: tuple[Day, ...], rng: np.random.Generator) -> Person:
    shares = np.array(SHARES[: len(names)])
    known = {names[int(rng.choice(len(names), p=shares / shares.sum()))]}
    known |= {
        names[int(rng.integers(len(names)))] for _more in range(int(rng.choice(4, p=[0.3, 0.35, 0.25, 0.1])))
    }
    windows: dict[int, Span | None] = dict.fromkeys(range(5))
    quarters, worked, shortest, longest = 148, 5, 26, 34
    if rng.random() > 0.67:
        worked = int(rng.integers(3, 6))
        shortest, longest = 16, 30
        quarters = worked * int(rng.choice([20, 24, 28]))
        if rng.random() < 0.5:
            for weekday in rng.choice(5, 5 - worked, replace=False):
                del windows[int(weekday)]
        if rng.random() < 0.4:
            windows = {weekday: Span(37, int(rng.choice([60, 64, 68]))) for weekday in windows}
    leave = {}
    if rng.random() < 0.15:
        on = days[int(rng.integers(len(days)))].on
        leave[on] = None if rng.random() < 0.7 else Span(32, 48)
    fixed = {}
    if rng.random() < 0.05 and quarters == 148 and not leave:
        fixed[days[int(rng.integers(len(days)))].on] = Span(34, 66)
    return Person(
        f"P{number + 1:03}",
        frozenset(known),
        quarters,
        worked,
        windows,
        leave,
        fixed,
        shortest,
        longest,
        office_days=int(rng.choice([0, 2])),
        prefers=int(rng.integers(32, 41)) if rng.random() < 0.3 else None,
        lates=float(rng.integers(1, 4)) if rng.random() < 0.2 else 0.0,
    )


def _activities(
    staff: tuple[Person, ...], days: tuple[Day, ...], rng: np.random.Generator
) -> tuple[Activity, ...]:
    chosen = [staff[int(each)].name for each in rng.permutation(len(staff))]
    one_to_ones = [Activity("one-to-one", (name,), 2) for name in chosen[: len(staff) // 4]]
    teams = [tuple(chosen[first : first + 8]) for first in range(len(staff) // 4, len(staff) // 2 - 7, 8)]
    return (*one_to_ones, *(Activity(f"briefing {place + 1}", team, 2) for place, team in enumerate(teams)))


def _need(
    staff: tuple[Person, ...],
    names: tuple[str, ...],
    days: tuple[Day, ...],
    rng: np.random.Generator,
    load: float,
) -> np.ndarray:
    t = np.arange(40)
    shape = 0.55 + 0.5 * np.exp(-(((t - 9) / 6) ** 2)) + 0.35 * np.exp(-(((t - 26) / 7) ** 2))
    shape = (shape - 0.25 * np.exp(-((t / 2.5) ** 2))) * np.where(t > 36, 0.7, 1.0)
    need = np.zeros((len(days), QUARTERS, len(names)))
    for place, name in enumerate(names):
        able = sum(1 / len(person.skills) for person in staff if name in person.skills)
        for day in range(len(days)):
            level = (1.15, 1.0, 0.95, 0.95, 0.97)[day % 5] * rng.gamma(100, 1 / 100)
            need[day, 32:72, place] = able * shape * level * (1 + 0.04 * rng.standard_normal(40))
    paid = sum(person.quarters * (person.days - len(person.leave)) / person.days for person in staff)
    wanted: np.ndarray = np.rint(np.maximum(0.0, need * load * paid * len(days) / 5 / need.sum()))
    return wanted
