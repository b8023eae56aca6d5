"""Contacts simulated a second, beside SimPy and Ciw, with the same contacts and the same answers.

    python3 bench/simulate.py [--quick] [--json FILE]

Every side is given the same contacts: when they come, how long they take, how long they wait before they give up. How
many were answered and gave up and how long they waited in all must be the same on each, or the run ends with an error. Of
ours the making of the contacts is timed as well. SimPy has no routing by skill: on many skills it keeps the time, and the
plain policy of live contacts says who gets what. Ciw has no skills at all: there everybody can do everything, so its
answers are others. Then a year of a council (calls, chats, email, rosters, redials), and a hundred replications of a day.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __package__ in (None, ""):  # called as a file: enter the environment, then run as a module
    enter = Path(__file__).resolve().parents[1] / "scripts" / "enter.py"
    os.execv(sys.executable, [sys.executable, str(enter), "base", "-m", "bench.simulate", *sys.argv[1:]])

import argparse
import subprocess
import tempfile
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.peers import NoPeer
from bench.planning import ask_peer, keep, table
from bench.simulate_worlds import council, many_skills, one_queue
from frontdoor.workforce.simulation.definition import Kind, World
from frontdoor.workforce.simulation.draws import PATIENCE, TALK, share_of
from frontdoor.workforce.simulation.preparing import tables_of
from frontdoor.workforce.simulation.simulating import arrivals_of, replicate, run_of
from frontdoor.workforce.simulation.structures import Records

SAME = 1e-9
TIMES = 5
"""How often the year is lived; told is the median, since the first times also ask the machine for its memory."""


def main(words: list[str]) -> int:
    """Print the table; 1 where an answer differs."""
    parser = argparse.ArgumentParser(prog="bench/simulate.py", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer contacts for the peers")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures by name")
    args = parser.parse_args(words)
    figures: dict[str, Any] = {}
    rows: list[tuple[str, ...]] = []
    wrong = 0
    for name, make, peers in (
        ("M/M/100+M", one_queue, ("simpy", "ciw")),
        ("28 services, 190 people", many_skills, ("simpy_skills", "ciw_pooled")),
    ):
        ours = _our_speed(make(1_000_000))
        figures[name] = {"front door": ours}
        rows.append((f"{name}: Front Door", f"{ours['contacts']:,}", f"{ours['a second']:,.0f}", "", ""))
        for peer in peers:
            try:
                found, is_same = _peer_speed(peer, make(4_000 if args.quick else 40_000))
            except (NoPeer, subprocess.SubprocessError) as error:
                print(f"{peer} did not run, so there is no ratio. {error}")
                return 1
            found["ratio"] = ours["a second"] / found["a second"]
            figures[name][peer] = found
            wrong += is_same is False
            same = {True: "the same", False: "OTHERS", None: "not comparable"}[is_same]
            rows.append(
                (
                    f"{name}: {peer}",
                    f"{found['contacts']:,}",
                    f"{found['a second']:,.0f}",
                    f"{found['ratio']:.0f}",
                    same,
                )
            )
    print(table(("One run", "contacts", "a second", "ours is times as fast", "answers"), rows))
    figures |= _council(364)
    print(_council_told(figures))
    keep(figures, args.json)
    return 1 if wrong else 0


def _our_speed(world: World) -> dict[str, float]:
    """Time of the processor: contacts made and lived through. The first run is not timed: it compiles."""
    tables = tables_of(world)
    run_of(tables, arrivals_of(world, seed=9))
    took = []
    for seed in (1, 2, 3):
        began = process_time()
        contacts = arrivals_of(world, seed=seed)
        run_of(tables, contacts)
        took.append((process_time() - began) / len(contacts))
    return {"contacts": len(contacts), "a second": 1 / sorted(took)[1]}


def _peer_speed(peer: str, world: World) -> tuple[dict[str, float], bool | None]:
    contacts = arrivals_of(world, seed=1)
    ours = run_of(tables_of(world), contacts.copy()).counts
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "contacts.npz"
        np.savez(file, **_contacts_told(world, contacts))
        found = ask_peer("simulate", {"peer": peer, "file": str(file), **_world_told(world)}, patience=1200)
    speed = {"contacts": len(contacts), "a second": len(contacts) / found["seconds"]}
    if peer == "ciw_pooled":
        return speed, None
    answers = [float(ours[name].sum()) for name in ("answered", "abandoned", "wait")]
    return speed, all(
        abs(a - b) <= SAME * max(1.0, a) for a, b in zip(answers, found["answers"], strict=True)
    )


def _contacts_told(world: World, contacts: Records) -> dict[str, np.ndarray]:
    queue = contacts["queue"]
    talk = np.array([each.talk.mean for each in world.queues])[queue]
    patience = np.array([each.patience.mean for each in world.queues])[queue]
    with np.errstate(over="ignore"):
        return {
            "at": contacts["since"],
            "queue": queue,
            "talk": -talk * np.log(share_of(contacts["key"], TALK)),
            "patience": -patience * np.log(share_of(contacts["key"], PATIENCE)),
        }


def _world_told(world: World) -> dict[str, Any]:
    return {
        "until": world.until,
        "queues": [[queue.name, queue.skill, queue.promise] for queue in world.queues],
        "people": [[person.name, dict(person.skills)] for person in world.people],
    }


def _council(days: int) -> dict[str, Any]:
    world = council(days)
    began = perf_counter(), process_time()
    tables = tables_of(world)
    prepared = perf_counter(), process_time()
    seconds = []
    for _time in range(TIMES):
        starts = perf_counter(), process_time()
        contacts = arrivals_of(world, seed=1)
        run = run_of(tables, contacts)
        ended = perf_counter(), process_time()
        seconds.append([after - before for before, after in zip(starts, ended, strict=True)])
    day = council(1)
    replicate(day, seeds=range(2))
    before = perf_counter(), process_time()
    runs = replicate(day, seeds=range(100))
    after = perf_counter(), process_time()
    calls = [place for place, queue in enumerate(world.queues) if queue.kind is Kind.CALL]
    counts = run.counts[:, calls]
    return {
        "year": {
            "contacts": len(contacts),
            "events": run.events,
            "prepared seconds": prepared[1] - began[1],
            "seconds": median(each[0] for each in seconds),
            "processor seconds": median(each[1] for each in seconds),
            "calls in time": float(counts["in_time"].sum() / counts["offered"].sum()),
            "occupancy": float(run.busy.sum() / run.present.sum()),
            "redialled": float(run.counts["redialled"].sum()),
        },
        "hundred days": {
            "contacts": int(sum(each.counts["offered"].sum() for each in runs)),
            "seconds": after[0] - before[0],
            "processor seconds": after[1] - before[1],
        },
    }


def _council_told(figures: dict[str, Any]) -> str:
    year, days = figures["year"], figures["hundred days"]
    rows = [
        (
            name,
            f"{each['contacts']:,}",
            f"{each['seconds']:.2f}",
            f"{each['processor seconds']:.2f}",
        )
        for name, each in (("a year", year), ("a hundred replications of a day", days))
    ]
    return (
        "\n"
        + table(("A council", "contacts", "seconds", "of the processor"), rows)
        + f"\nThe year: {year['calls in time']:.1%} of calls in time, occupancy {year['occupancy']:.1%}, "
        f"{year['redialled']:,.0f} redialled; made ready in {year['prepared seconds']:.2f} s."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
