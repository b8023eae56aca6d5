"""A rota of 190 advisors over five days and six skills, beside a CP-SAT model of it and pyworkforce on one skill.

    python3 bench/roster.py [--quick] [--json FILE]

Everybody has rules of their own (hours, days, windows, leave, fixed shifts, wishes); shifts begin every quarter hour,
with a lunch and two breaks. Told is how far, at most, the rota is from the best possible after one, two and twenty
seconds of the processor: the bound is ours and holds for the peer's model too, which has fewer places for pauses and no
activities. A rota of each kind is checked, rule by rule, by code that has nothing of the search in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __package__ in (None, ""):  # called as a file: enter the environment, then run as a module
    enter = Path(__file__).resolve().parents[1] / "scripts" / "enter.py"
    os.execv(sys.executable, [sys.executable, str(enter), "base", "-m", "bench.roster", *sys.argv[1:]])

import argparse
import subprocess
from dataclasses import replace
from itertools import product
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.peers import NoPeer
from bench.planning import ask_peer, keep, table
from bench.roster_weeks import a_week
from frontdoor.workforce.rota.checking import broken_rules
from frontdoor.workforce.rota.definition import Person, Prices, Rules, Week
from frontdoor.workforce.rota.measuring import measure
from frontdoor.workforce.rota.preparing import Tables, tables_of
from frontdoor.workforce.rota.solving import Progress, improve

LOADS = (("staff just enough", 0.93), ("staff short at peaks", 1.0))
MOMENTS = (1.0, 2.0, 20.0)


def main(words: list[str]) -> int:
    """Print the tables; 1 where a rule is broken, a cost is wrong, or no peer ran."""
    parser = argparse.ArgumentParser(prog="bench/roster.py", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="four seconds each, 20 advisors and eight seconds for the peer"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures by name")
    args = parser.parse_args(words)
    moments = MOMENTS[:2] + ((4.0,) if args.quick else MOMENTS[2:])
    next(improve(a_week(people=4)))  # compiled, or read from the last time
    figures: dict[str, Any] = {}
    rows, wrong = [], 0
    for name, load in LOADS:
        for activities in (False, True):
            label = f"{name}{', activities' if activities else ''}"
            found = _ours(a_week(activities=activities, load=load), moments)
            wrong += found["broken"] + found["cost wrong"]
            figures |= {f"{label}: {key}": value for key, value in found.items()}
            rows.append(_line(label, found, moments))
    print(table(("Front Door", *(f"{each:g} s" for each in moments), "cost", "bound", "rules broken"), rows))
    try:
        week = a_week(people=20 if args.quick else 190, activities=False, load=LOADS[1][1])
        figures |= _advisors(week, seconds=8.0 if args.quick else 300.0)
        figures |= _single(seconds=3.0 if args.quick else 60.0)
    except (NoPeer, subprocess.SubprocessError) as error:
        print(f"A peer did not run, so there is no comparison. {error}")
        return 1
    keep(figures, args.json)
    return 1 if wrong else 0


def _ours(week: Week, moments: tuple[float, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    began = process_time()
    best: Progress | None = None
    for best in improve(week, rounds=1000):
        spent = process_time() - began
        for each in moments:
            if spent <= each:
                found[f"gap after {each:g} s"] = best.gap
        if spent > moments[-1]:
            break
    assert best is not None
    return found | {
        "cost": best.cost,
        "bound": best.bound,
        "gap": best.gap,
        "broken": len(broken_rules(week, best.rota, best.paid)),
        "cost wrong": int(abs(measure(week, best.rota).cost - best.cost) > 1e-6),
    }


def _line(label: str, found: dict[str, Any], moments: tuple[float, ...]) -> tuple[str, ...]:
    gaps = [found.get(f"gap after {each:g} s") for each in moments]
    told = ["–" if gap is None else f"{100 * gap:.2f} %" for gap in gaps]
    return label, *told, f"{found['cost']:.0f}", f"{found['bound']:.0f}", str(found["broken"])


def _advisors(week: Week, *, seconds: float) -> dict[str, Any]:
    tables = tables_of(week)
    question = {
        "what": "advisors",
        "days": len(week.days),
        "grid": tables.need.shape[1],
        "need": tables.need.tolist(),
        "under": week.prices.under,
        "over": week.prices.over,
        "seconds": seconds,
        "shifts": _shifts(week.rules, tables),
        "people": [_person(tables, number) for number in range(len(week.people))],
    }
    peer = ask_peer("roster", question, patience=seconds + 300)
    began = process_time()
    *_earlier, ours = improve(week, rounds=3)
    spent = process_time() - began
    cost = peer["cost"]
    told = "none found" if cost is None else f"{100 * (cost / ours.bound - 1):.1f} %"
    numbers = "–" if cost is None else f"{cost:.0f}", f"{peer['bound']:.0f}", f"{peer['seconds']:.0f}"
    rows = [
        (f"CP-SAT, model made in {peer['made']:.0f} s", told, *numbers),
        (
            "Front Door",
            f"{100 * (ours.gap or 0):.2f} %",
            f"{ours.cost:.0f}",
            f"{ours.bound:.0f}",
            f"{spent:.1f}",
        ),
    ]
    head = (f"{len(week.people)} advisors, {LOADS[1][0]}", "off our bound", "cost", "own bound", "seconds")
    print("\n" + table(head, rows))
    return {
        "peer cost": cost,
        "peer bound": peer["bound"],
        "peer seconds": peer["seconds"],
        "peer's week": ours.cost,
    }


def _shifts(rules: Rules, tables: Tables) -> list[dict[str, Any]]:
    """Every start and length, with lunch at two moments, breaks in the middle of what is before and after."""
    found, grid = [], tables.need.shape[1]
    for begins, paid in product(range(grid), range(16, rules.longest + 1)):
        ends = begins + rules.elapsed(paid)
        if ends > grid:
            continue
        seen = set()
        for share in (0.4, 0.6):
            pauses = _pauses(rules, tables.base, begins, ends, paid, share)
            if pauses is None or pauses in seen:
                continue
            seen.add(pauses)
            away = {t for at, quarters in pauses for t in range(at, at + quarters)}
            work = [t for t in range(begins, ends) if t not in away]
            found.append({"begins": begins, "ends": ends, "paid": paid, "at work": work})
    return found


def _pauses(
    rules: Rules, base: int, begins: int, ends: int, paid: int, share: float
) -> tuple[tuple[int, int], ...] | None:
    pattern = rules.pattern_of(paid).pauses
    lunch = next((place for place, pause in enumerate(pattern) if pause.window), None)
    if lunch is None:
        return tuple(((begins + ends) // 2, pause.quarters) for pause in pattern)
    pause = pattern[lunch]
    assert pause.window is not None
    first = max(pause.window.begins - base, begins + 4 * (lunch + 1))
    last = min(pause.window.ends - base - pause.quarters, ends - 4 * (len(pattern) - lunch) - pause.quarters)
    if last < first:
        return None
    at = min(max(first, round(begins + share * (ends - begins))), last)
    before = [((begins + at) // 2, each.quarters) for each in pattern[:lunch]]
    after = [((at + pause.quarters + ends) // 2, each.quarters) for each in pattern[lunch + 1 :]]
    return (*before, (at, pause.quarters), *after)


def _person(tables: Tables, number: int) -> dict[str, Any]:
    staff = tables.staff
    windows = [
        [*window, *lengths, int(must)] if lengths[1] else None
        for window, lengths, must in zip(
            staff.window[number].tolist(), staff.lengths[number].tolist(), staff.must[number], strict=True
        )
    ]
    wishes = [
        [staff.starting[number, day].tolist(), staff.ending[number, day].tolist()]
        for day in range(len(windows))
    ]
    return {
        "kind": int(staff.skills[number]),
        "windows": windows,
        "wishes": wishes,
        "quarters": int(staff.quarters[number]),
        "days": int(staff.days[number, 1]),
    }


def _single(*, seconds: float) -> dict[str, Any]:
    """One skill, shifts of seven and a half hours: pyworkforce says how many of each shift; ours gets as many people a
    day and the same price for short and over.
    """
    week = a_week(skills=1, activities=False, load=0.9)
    rules = replace(week.rules, shortest=30, longest=30)
    tables = tables_of(replace(week, rules=rules))
    coverage = {}
    for place, shift in enumerate(each for each in _shifts(rules, tables) if each["paid"] == 30):
        coverage[str(place)] = [int(t in set(shift["at work"])) for t in range(tables.need.shape[1])]
    required = tables.need[:, :, 0].astype(int).tolist()
    question = {
        "what": "single",
        "days": len(week.days),
        "grid": tables.need.shape[1],
        "coverage": coverage,
        "required": required,
        "most": 400,
        "seconds": seconds,
    }
    peer = ask_peer("roster", question, patience=seconds + 300)
    began, cost, bound = process_time(), 0.0, 0.0
    wall = perf_counter()
    for day, count in enumerate(peer["people"]):
        alone = Week(
            week.days[day : day + 1],
            week.skills,
            week.need[day : day + 1],
            tuple(
                Person(f"P{number}", frozenset(week.skills), 30, 1, {week.days[day].on.weekday(): None})
                for number in range(count)
            ),
            (),
            rules,
            Prices(under=1.0, over=1.0),
        )
        *_earlier, best = improve(alone, rounds=3)
        cost, bound = cost + best.cost, bound + best.bound
    spent, waited = process_time() - began, perf_counter() - wall
    rows = [
        ("pyworkforce, MinAbsDifference", f"{peer['cost']:.0f}", "none", f"{peer['seconds']:.1f}"),
        (
            "Front Door, as many people a day",
            f"{cost:.0f}",
            f"{bound:.0f}",
            f"{waited:.1f} (processor {spent:.1f})",
        ),
    ]
    print("\n" + table(("One skill, five days", "people off need, summed", "bound", "seconds"), rows))
    return {
        "single peer cost": peer["cost"],
        "single cost": cost,
        "single bound": bound,
        "single days": int(np.sum(peer["people"])),
        "single peer seconds": peer["seconds"],
        "single seconds": spent,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
