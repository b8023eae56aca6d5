"""Fill the demo council: its staff and some hundred cases, and with --year a year of a county's contacts.

A year is 1.1 million contacts on 28 services: volume, hours and answered calls of a published council report. It is made
in bulk by as many processes as there are cores. It cannot be added to: to make it again, start over with --fresh.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta

from frontdoor.config.commands.up import started_over
from frontdoor.config.demonstration import CASES, SEED, ensure_demo, sign_in_table
from frontdoor.config.prepare import prepare_database
from frontdoor.kernel.clock import now_utc


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and whether to start over."""
    parser.add_argument("--year", action="store_true", help="make a year of contacts as well")
    parser.add_argument(
        "--days", type=int, default=365, help="so many days up to yesterday (default: %(default)s)"
    )
    parser.add_argument(
        "--share", type=float, default=1.0, help="of a county's volume, 0 to 1 (default: %(default)s)"
    )
    parser.add_argument(
        "--before",
        type=float,
        default=0.1,
        help="of a county's volume in the same days a year before, 0 to 1: figures have something to stand beside "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--cases",
        type=int,
        default=CASES,
        help="cases driven one by one into an empty database (default: %(default)s)",
    )
    parser.add_argument("--processes", type=int, help="beside this one (default: one for each core)")
    parser.add_argument("--seed", type=int, default=SEED, help=argparse.SUPPRESS)
    parser.add_argument("--fresh", action="store_true", help="remove all data and start over, after asking")
    parser.add_argument("--yes", action="store_true", help="with --fresh: do not ask")


def run(args: argparse.Namespace) -> int:
    """Prepare, load, and say what was made."""
    if args.days < 1 or not 0 < args.share <= 1 or not 0 <= args.before <= 1:
        words = (
            "Give at least one day, a share above 0 and up to 1, and from 0 to 1 of it for the year before."
        )
        print(f"{words} Nothing was changed.", file=sys.stderr)
        return 2
    if not started_over(args):
        return 2
    prepare_database()
    if not ensure_demo(cases=args.cases):
        print("There are accounts in this database already; no cases are added to it.", file=sys.stderr)
    status = _make(args, now_utc()) if args.year else 0
    print(sign_in_table())
    return status


def _make(args: argparse.Namespace, at: datetime) -> int:
    from frontdoor.demo.year.make import (  # it takes a second that other starts need not spend
        NoDesk,
        Wanted,
        YearThere,
        make_year,
    )

    wanted = Wanted(args.days, args.share, args.before, args.processes)
    try:
        made = make_year(at=at, seed=args.seed, wanted=wanted, progress=_tell)
    except (YearThere, NoDesk) as fault:
        print(f"{fault.__doc__}", file=sys.stderr)
        return 2
    print(
        f"Made {made.contacts:,} contacts of {made.customers:,} customers on {made.days} desk days: {made.rows:,} rows, "
        f"and {made.sealed:,} sealed journal entries, in {timedelta(seconds=round(made.seconds))}."
    )
    return 0


def _tell(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)
