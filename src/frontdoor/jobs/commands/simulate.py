"""Simulate a roster against expected contacts, with what-ifs: `./run simulate plan --what-if ideas.yaml --into out`.

The folder holds queues.csv, people.csv, roster.csv and contacts.csv; docs/planning.md lists their columns and the words
of a what-if. Written are figures.csv and, with --intervals, intervals.csv. With --need no roster is read: the people who
are needed by skill are settled by simulating, and need.csv is written, which `./run roster` reads.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.settling.pooling import pooled_of
from frontdoor.workforce.settling.settling import settle
from frontdoor.workforce.settling.writing import told_need, write_need
from frontdoor.workforce.simulation.asking import read_what_ifs
from frontdoor.workforce.simulation.changing import BadChange, WhatIf
from frontdoor.workforce.simulation.comparing import Comparison, compare
from frontdoor.workforce.simulation.definition import BadWorld, Policy
from frontdoor.workforce.simulation.measuring import by_queue, by_service
from frontdoor.workforce.simulation.reading import Planned, read_world
from frontdoor.workforce.simulation.writing import told, write_figures, write_intervals
from frontdoor.workforce.staffing.definition import Targets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is simulated, how often, and where to write."""
    parser.add_argument(
        "folder", type=Path, help="where queues.csv, people.csv, roster.csv and contacts.csv are"
    )
    parser.add_argument(
        "--what-if",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="YAML; may be given more than once",
    )
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="write CSV files there")
    parser.add_argument("--runs", type=int, default=20, help="how often each is simulated (20)")
    parser.add_argument(
        "--seed", type=int, default=1, help="the first run's chance; each run takes the next (1)"
    )
    parser.add_argument(
        "--by", choices=("service", "queue"), default="service", help="what figures are told of"
    )
    parser.add_argument(
        "--need", action="store_true", help="settle how many people are needed, by interval and skill"
    )
    parser.add_argument(
        "--target",
        type=float,
        default=0.8,
        help="with --need: share in time that each service is to keep (0.8)",
    )
    parser.add_argument("--rounds", type=int, default=30, help="with --need: how often at most to try (30)")
    parser.add_argument("--intervals", action="store_true", help="figures by interval as well")
    parser.add_argument(
        "--interval", type=float, default=15.0, metavar="MINUTES", help="of contacts.csv (15)"
    )
    parser.add_argument(
        "--ceiling", type=float, default=0.85, help="occupancy up to which email is given out (0.85)"
    )
    parser.add_argument(
        "--hourly-cost", type=float, default=0.0, metavar="POUNDS", help="of one person at work (0)"
    )


def run(args: argparse.Namespace) -> int:
    """Read, simulate, tell, write; 2 where it cannot be done as asked."""
    if args.runs < 2 or args.interval <= 0:
        print(
            "--runs must be 2 or more, so that doubt can be told, and --interval some minutes.",
            file=sys.stderr,
        )
        return 2
    if not 0 < args.target < 1 or args.rounds < 1 or (args.need and args.what_if):
        print(
            "--target must be a share such as 0.8, --rounds 1 or more, and --need stands alone, without --what-if.",
            file=sys.stderr,
        )
        return 2
    try:
        planned = read_world(
            args.folder,
            interval=args.interval * 60.0,
            policy=Policy(ceiling=args.ceiling),
            hourly_cost=args.hourly_cost,
            has_roster=not args.need,
        )
        if args.need:
            return _settle(planned, args)
        what_ifs = [each for file in args.what_if for each in read_what_ifs(file)]
        comparison = _compare(planned, what_ifs, args, by_interval=False)
        print(told(comparison))
        if args.into is not None:
            _write(planned, what_ifs, comparison, args)
    except (BadFiles, BadWorld, BadChange) as error:
        print(f"Nothing was simulated.\n{error}", file=sys.stderr)
        return 2
    return 0


def _settle(planned: Planned, args: argparse.Namespace) -> int:
    """From the formulas to a need with which every service keeps its target; 1 where none was found."""
    settled = settle(
        planned.world,
        pooled_of(planned.world, planned.calendar, Targets(service_level=args.target)),
        target=args.target,
        seeds=range(args.seed, args.seed + args.runs),
        rounds=args.rounds,
        progress=lambda done, levels: print(
            f"\rRound {done}: {100 * min(levels.shares, default=1.0):.0f} % in time at the least",
            end="",
            file=sys.stderr,
            flush=True,
        ),
    )
    print(file=sys.stderr)
    print(told_need(settled))
    if args.into is not None:
        args.into.mkdir(parents=True, exist_ok=True)
        write_need(settled, planned.calendar, args.into / "need.csv")
        print(f"Written: {args.into / 'need.csv'}")
    return 0 if settled.is_held else 1


def _compare(
    planned: Planned, what_ifs: list[WhatIf], args: argparse.Namespace, *, by_interval: bool
) -> Comparison:
    scopes = by_queue(planned.world) if args.by == "queue" else by_service(planned.world)
    comparison = compare(
        planned.world,
        what_ifs,
        calendar=planned.calendar,
        scopes=scopes,
        seeds=range(args.seed, args.seed + args.runs),
        by_interval=by_interval,
        progress=lambda done: print(f"\rRun {done} of {args.runs}", end="", file=sys.stderr, flush=True),
    )
    print(file=sys.stderr)
    return comparison


def _write(
    planned: Planned, what_ifs: list[WhatIf], comparison: Comparison, args: argparse.Namespace
) -> None:
    args.into.mkdir(parents=True, exist_ok=True)
    write_figures(comparison, args.into / "figures.csv")
    print(f"Written: {args.into / 'figures.csv'}")
    if args.intervals:
        by_interval = _compare(planned, what_ifs, args, by_interval=True)
        write_intervals(by_interval, planned.calendar, args.into / "intervals.csv")
        print(f"Written: {args.into / 'intervals.csv'}")
