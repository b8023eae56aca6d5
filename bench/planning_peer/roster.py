"""Two ways to a rota with OR-Tools: one CP-SAT model with every advisor's day in it, and pyworkforce's MinAbsDifference
for one skill, as its documents use it. JSON on standard input, JSON on standard output.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

from ortools.sat.python import cp_model
from pyworkforce.scheduling import MinAbsDifference


def main() -> None:
    """Answer the question that is asked, and say how long it took."""
    asked = json.load(sys.stdin)
    json.dump({"advisors": _advisors, "single": _single}[asked["what"]](asked), sys.stdout)


def _advisors(asked):  # type: ignore[no-untyped-def]
    """Each advisor's day is one of its shifts (start, length, pauses at the usual places); days and hours as contracted;
    short and over by flow from advisors of a kind to skills.
    """
    began = perf_counter()
    model = cp_model.CpModel()
    kinds = sorted({person["kind"] for person in asked["people"]})
    at_work = {
        (day, t, kind): [] for day in range(asked["days"]) for t in range(asked["grid"]) for kind in kinds
    }
    costs = [cost for person in asked["people"] for cost in _one(model, asked["shifts"], person, at_work)]
    for day in range(asked["days"]):
        for t in range(asked["grid"]):
            costs += _cover(
                model, asked, kinds, {kind: sum(at_work[day, t, kind]) for kind in kinds}, (day, t)
            )
    model.Minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = asked["seconds"]
    solver.parameters.num_search_workers = 2
    made = perf_counter() - began
    found = solver.Solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return {
        "cost": solver.ObjectiveValue() / 100 if found else None,
        "bound": solver.BestObjectiveBound() / 100,
        "made": made,
        "seconds": perf_counter() - began,
    }


def _one(model, shifts, person, at_work):  # type: ignore[no-untyped-def]
    """One advisor's week; what their wishes cost."""
    paid, worked, costs = [], [], []
    for day, window in enumerate(person["windows"]):
        choices = []
        for shift in shifts if window else ():
            fits = window[0] <= shift["begins"] and shift["ends"] <= window[1]
            if not fits or not window[2] <= shift["paid"] <= window[3]:
                continue
            if (shift["paid"] - window[2]) % 2 and person["quarters"] % 2 == 0:
                continue  # lengths by the half hour, which is enough for whole half hours of contract
            chosen = model.NewBoolVar("")
            choices.append(chosen)
            paid.append(shift["paid"] * chosen)
            for t in shift["at work"]:
                at_work[day, t, person["kind"]].append(chosen)
            wish = person["wishes"][day][0][shift["begins"]] + person["wishes"][day][1][shift["ends"]]
            if wish:
                costs.append(round(100 * wish) * chosen)
        model.Add(sum(choices) == 1) if window and window[4] else model.Add(sum(choices) <= 1)
        worked += choices
    model.Add(sum(paid) == person["quarters"])
    model.Add(sum(worked) == person["days"])
    return costs


def _cover(model, asked, kinds, present, cell):  # type: ignore[no-untyped-def]
    """What one quarter hour costs."""
    need = [int(each) for each in asked["need"][cell[0]][cell[1]]]
    short = [model.NewIntVar(0, each, "") for each in need]
    into = [[] for _skill in need]
    for kind in kinds:
        flows = []
        for skill, wanted in enumerate(need):
            if kind >> skill & 1 and wanted:
                flow = model.NewIntVar(0, min(len(asked["people"]), wanted), "")
                flows.append(flow)
                into[skill].append(flow)
        model.Add(sum(flows) <= present[kind])
    for skill, wanted in enumerate(need):
        model.Add(sum(into[skill]) + short[skill] == wanted)
    over = sum(present.values()) - sum(need) + sum(short)
    return [round(100 * asked["under"]) * sum(short), round(100 * asked["over"]) * over]


def _single(asked):  # type: ignore[no-untyped-def]
    began = perf_counter()
    found = MinAbsDifference(
        num_days=asked["days"],
        periods=asked["grid"],
        shifts_coverage=asked["coverage"],
        required_resources=asked["required"],
        max_period_concurrency=asked["most"],
        max_shift_concurrency=asked["most"],
        max_search_time=asked["seconds"],
        num_search_workers=2,
    ).solve()
    return {
        "cost": found["cost"],
        "people": [
            sum(each["resources"] for each in found["resources_shifts"] if each["day"] == day)
            for day in range(asked["days"])
        ],
        "seconds": perf_counter() - began,
    }


main()
