"""Web servers and workers are killed (SIGKILL) at random points under load: is anything lost, double, or unrecorded?

    python -m bench.kill [--quick] [--json FILE] [--forms N] [--every SECONDS] [--seed N] [--only PLACE]

Customers send finished applications and try again until they are told that theirs is in, as a browser's user would.
Meanwhile a web server or a worker is killed every few seconds and started again. Then the database is counted.
Three places: `sqlite` and `postgresql` on this machine, and `hosts`: PostgreSQL with two web servers and two workers,
each on a host of its own (a network namespace), which is also cut off for longer than a lease and comes back. That
needs root. The times until rows are taken over are in seconds from the kill; a lease is four here.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.hosts import HERE, NETWORK, THIS_MACHINE, NoHosts, hosts, in_a_network_of_its_own
from bench.kill_counts import Counted
from bench.kill_run import Run
from scripts.postgres import NoPostgres, Server

PLACES = ("sqlite", "postgresql", "hosts")


def main(words: Sequence[str]) -> int:
    """Run in each place and print what was counted; 1 where anything that must be 0 is not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="few forms, killed twice as often, no hosts")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--forms", type=int, default=0, help="applications a place (default: 400, quick: 30)")
    parser.add_argument("--every", type=float, help="seconds between two kills, on average (4, quick: 2)")
    parser.add_argument("--seed", type=int, default=1, help="of the random points")
    parser.add_argument("--only", choices=PLACES, action="append", help="leave out the other places")
    args = parser.parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started ends with us
    places = args.only or (PLACES[:2] if args.quick else PLACES)
    lacking = _try_network(words) if "hosts" in places else ""
    results: dict[str, Counted] = {}
    for place in places:
        try:
            if place == "hosts" and lacking:
                raise NoHosts(lacking)
            with tempfile.TemporaryDirectory(prefix="frontdoor-kill-") as folder:
                forms = args.forms or (30 if args.quick else 400)
                every = args.every or (2.0 if args.quick else 4.0)
                with made(place, Path(folder), forms, every, random.Random(args.seed)) as run:
                    results[place] = run.go()
        except (NoPostgres, NoHosts) as fault:
            print(f"{place}: left out. {fault}", file=sys.stderr)
    print(table(results))
    if args.json:
        shown = {place: each.shown() for place, each in results.items()}
        args.json.write_text(json.dumps(shown, indent=1), "utf-8")
    return int(any(each.faults() for each in results.values()))


def _try_network(words: Sequence[str]) -> str:
    """Start anew in a network of our own; why not, where that is not possible."""
    try:
        in_a_network_of_its_own("bench.kill", words)
    except NoHosts as fault:
        return str(fault)
    return ""


@contextmanager
def made(place: str, folder: Path, forms: int, every: float, rng: random.Random) -> Iterator[Run]:
    """A run, with the database and the hosts that it needs. Raises NoPostgres, NoHosts."""
    if place == "sqlite":
        yield Run(f"sqlite:///{folder / 'db.sqlite3'}", folder, forms, every, rng)
        return
    if place == "postgresql":
        with Server.made() as server:
            yield Run(server.url, folder, forms, every, rng, workers=(THIS_MACHINE, THIS_MACHINE))
        return
    names = ["web1", "web2", "worker1", "worker2"]
    with hosts(names) as found, Server.made(also=HERE, network=NETWORK) as server:
        web1, web2, worker1, worker2 = (found[name] for name in names)
        yield Run(server.url, folder, forms, every, rng, webs=(web1, web2), workers=(worker1, worker2))


def table(results: dict[str, Counted]) -> str:
    """One line a figure, one column a place."""
    shown = {place: each.shown() for place, each in results.items()}
    lines = [f"{'':28}" + "".join(f"{place:>12}" for place in shown)]
    lines += [
        f"{name.replace('_', ' '):28}" + "".join(f"{each[name]:>12}" for each in shown.values())
        for name in Counted().shown()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
