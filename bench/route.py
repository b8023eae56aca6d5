"""One routing decision while many wait, beside a scan of all that waits and beside SciPy's assignment.

    python3 bench/route.py [--quick] [--json FILE]

28 services with calls, chats and email, 190 advisors with five services each; 1,000 and 10,000 items wait. One after the
other an advisor is done and is given the next item; a new one comes in for it, so that as many wait as before. The time
of each decision is taken alone. The scan compares every waiting item that the advisor can take, as a query over a table
of waiting contacts does; it must choose the same item, or the run ends with an error.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __package__ in (None, ""):  # called as a file: enter the environment, then run as a module
    enter = Path(__file__).resolve().parents[1] / "scripts" / "enter.py"
    os.execv(sys.executable, [sys.executable, str(enter), "base", "-m", "bench.route", *sys.argv[1:]])

import argparse
import random
import subprocess
from time import perf_counter_ns
from typing import Any

from bench.figures import percentile
from bench.peers import NoPeer
from bench.planning import ask_peer, keep, table
from frontdoor.routing.definition import Advisor, Item, Kind, Policy, Queue
from frontdoor.routing.floor import Floor

SERVICES, ADVISORS, EACH_KNOWS = 28, 190, 5
CLASSES = ((Kind.CALL, 60.0), (Kind.CHAT, 120.0), (Kind.DEFERRED, 28_800.0))
WAITING = (1_000, 10_000)
START = 100_000.0


def main(words: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="bench/route.py", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer decisions")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures by name")
    args = parser.parse_args(words)
    figures: dict[str, Any] = {}
    rows = []
    for waiting in WAITING:
        world = World(waiting)
        sides = {
            "Front Door, heads": world.by_heads(2_000 if args.quick else 20_000),
            "scan of all that waits": world.by_scan(50 if args.quick else 500),
        }
        try:
            sides["SciPy assignment"] = world.by_assignment(50 if args.quick else 500)
        except (NoPeer, subprocess.SubprocessError) as error:
            print(f"SciPy did not run. {error}")
        for who, took in sides.items():
            p50, p99 = percentile(sorted(took), 50) / 1000, percentile(sorted(took), 99) / 1000
            figures[f"{who}, {waiting} waiting"] = {"p50 us": p50, "p99 us": p99}
            rows.append((who, f"{waiting:,}", f"{len(took):,}", f"{p50:,.1f}", f"{p99:,.1f}"))
    print(table(("One decision", "waiting", "decisions", "p50 us", "p99 us"), rows))
    keep(figures, args.json)
    return 0


class World:
    """Queues, people, and so many items waiting."""

    def __init__(self, waiting: int) -> None:
        rng = random.Random(190)
        self.rng = rng
        self.queues = [
            Queue(f"service {service} {kind}", f"service {service}", kind, promise, rng.choice((1.0, 2.0)))
            for service in range(SERVICES)
            for kind, promise in CLASSES
        ]
        self.by_name = {queue.name: queue for queue in self.queues}
        self.advisors = [
            Advisor(
                f"advisor {number}",
                {f"service {each}": rng.randint(1, 3) for each in rng.sample(range(SERVICES), EACH_KNOWS)},
                chats=1,
            )
            for number in range(ADVISORS)
        ]
        self.items = [self.new_item(number, START - rng.uniform(0, 3600)) for number in range(waiting)]

    def new_item(self, number: int, since: float) -> Item:
        """One more, in any queue."""
        return Item(number, self.rng.choice(self.queues).name, since)

    def by_heads(self, decisions: int) -> list[int]:
        """Nanoseconds of each decision of the policy; each is held against the scan at first."""
        floor = Floor(queues=self.queues, advisors=self.advisors, policy=Policy(ceiling=1.0))
        open_items = {item.number: item for item in self.items}
        for item in self.items:
            floor.arrives(item, at=START)
        held = {}
        for advisor in self.advisors:
            for given in floor.comes(advisor.name, at=START):
                held[given.advisor] = open_items.pop(given.item.number)
        took, number = [], len(self.items)
        people = [advisor for advisor in self.advisors if advisor.name in held]
        for turn in range(decisions):
            advisor, at = people[turn % len(people)], START + 1 + turn / 10
            number += 1
            late = self.new_item(number, at)
            open_items[number] = late
            floor.lines[late.queue].add(late)
            began = perf_counter_ns()
            given = floor.ends(advisor.name, held[advisor.name], at=at)
            took.append(perf_counter_ns() - began)
            if turn < 40:
                self.must_be_chosen(advisor, [*open_items.values()], given[0].item, at)
            held[advisor.name] = open_items.pop(given[0].item.number)
        return took

    def must_be_chosen(self, advisor: Advisor, items: list[Item], chosen: Item, at: float) -> None:
        """RuntimeError where the scan would have chosen another."""
        if (scanned := self.scanned(advisor, items, at)) != chosen:
            raise RuntimeError(f"The heads chose {chosen}, the scan {scanned}.")

    def scanned(self, advisor: Advisor, items: list[Item], at: float) -> Item:
        """The costliest of all that this person can take, immediate before deferred."""
        able = [item for item in items if advisor.can(self.by_name[item.queue])]
        return max(
            able,
            key=lambda item: (
                self.by_name[item.queue].kind is not Kind.DEFERRED,
                self.by_name[item.queue].slope * (at - item.since),
                -item.since,
            ),
        )

    def by_scan(self, decisions: int) -> list[int]:
        """Nanoseconds of each decision by looking at everything."""
        took = []
        for turn in range(decisions):
            advisor = self.advisors[turn % len(self.advisors)]
            began = perf_counter_ns()
            self.scanned(advisor, self.items, START + turn)
            took.append(perf_counter_ns() - began)
        return took

    def by_assignment(self, decisions: int) -> list[int]:
        """Nanoseconds of each decision by SciPy."""
        queues = [self.by_name[item.queue] for item in self.items]
        question = {
            "slope": [queue.slope for queue in queues],
            "since": [item.since for item in self.items],
            "able": [[advisor.can(queue) for queue in queues] for advisor in self.advisors[:10]],
            "at": START,
            "decisions": decisions,
        }
        took: list[int] = ask_peer("route", question, patience=300)
        return took


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
