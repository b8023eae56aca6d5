"""Make a rota from need and people, and say how far from the best possible it is: `./run roster plan --into out`.

The folder holds need.csv and people.csv, and leave.csv, fixed.csv, activities.csv, pauses.csv and rules.csv where they
are wanted; docs/planning.md lists their columns. Written are roster.csv, which `./run simulate` reads, and cover.csv.
Stop it when you are satisfied (Ctrl+C): what was best until then is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import monotonic

from frontdoor.workforce.files import BadFiles
from frontdoor.workforce.rota.checking import broken_rules
from frontdoor.workforce.rota.definition import BadWeek, Week
from frontdoor.workforce.rota.measuring import measure
from frontdoor.workforce.rota.reading import read_week
from frontdoor.workforce.rota.solving import Progress, improve
from frontdoor.workforce.rota.writing import write_cover, write_rota


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is planned, for how long, and where to write."""
    parser.add_argument("folder", type=Path, help="where need.csv and people.csv are")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="write roster.csv and cover.csv there")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to look for better ones (20)")
    parser.add_argument(
        "--gap", type=float, default=0.1, metavar="PERCENT", help="stop this near to the best (0.1)"
    )
    parser.add_argument("--seed", type=int, default=1, help="chance: another may give another rota (1)")


def run(args: argparse.Namespace) -> int:
    """Read, plan, tell, write; 2 where it cannot be done as asked."""
    try:
        week = read_week(args.folder)
        best = _best(week, args)
    except (BadFiles, BadWeek) as error:
        print(f"No rota was made.\n{error}", file=sys.stderr)
        return 2
    for note in best.notes:
        print(note)
    for broken in broken_rules(week, best.rota, best.paid):
        print(f"Not held: {broken}")
    print(told(week, best))
    if args.into is not None:
        args.into.mkdir(parents=True, exist_ok=True)
        write_rota(best.rota, args.into / "roster.csv")
        write_cover(week, best.rota, args.into / "cover.csv")
        print(f"Written: {args.into / 'roster.csv'} and {args.into / 'cover.csv'}")
    return 0


def _best(week: Week, args: argparse.Namespace) -> Progress:
    began, rotas = monotonic(), improve(week, seed=args.seed)
    best = next(rotas)
    try:
        for found in rotas:
            best = found
            print(
                f"\rRound {best.rounds}: cost {best.cost:.1f}, {best.told()}   ",
                end="",
                file=sys.stderr,
                flush=True,
            )
            if monotonic() - began > args.seconds or (best.gap is not None and best.gap * 100 <= args.gap):
                break
    except KeyboardInterrupt:
        pass
    print(file=sys.stderr)
    return best


def told(week: Week, best: Progress) -> str:
    """The rota in two lines."""
    figures = measure(week, best.rota)
    return (
        f"{len(best.rota.shifts)} shifts: {figures.short_hours:.1f} hours of people short, "
        f"{figures.over_hours:.1f} to spare.\n"
        f"Cost {best.cost:.1f}, and no rota can cost less than {max(0.0, best.bound):.1f}: {best.told()}."
    )
