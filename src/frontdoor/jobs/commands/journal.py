"""Prove that nothing in the journal was changed or removed: `./run journal verify`.

The last digest is printed. Keep it somewhere else, and a later `./run journal verify --head DIGEST` also proves that
the journal's end was not cut off.
"""

from __future__ import annotations

import argparse
import sys

from frontdoor.journal.actions import seal_entries
from frontdoor.journal.queries import Verified, verify
from frontdoor.kernel.clock import now_utc


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the journal."""
    what = parser.add_subparsers(dest="what", required=True)
    verifying = what.add_parser(
        "verify", help="walk the whole chain and name the first entry that does not hold"
    )
    verifying.add_argument(
        "--head", metavar="DIGEST", help="a digest noted earlier that must still be in the chain"
    )
    what.add_parser("seal", help="seal every entry now instead of waiting for the worker")


def run(args: argparse.Namespace) -> int:
    """Verify or seal."""
    if args.what == "seal":
        print(f"{_seal_all()} entries sealed.")
        return 0
    return _report(verify(expected_head=args.head))


def _seal_all() -> int:
    total = 0
    while sealed := seal_entries(at=now_utc(), is_thorough=True):
        total += sealed
    return total


def _report(found: Verified) -> int:
    if found.broken:
        print(
            f"THE JOURNAL DOES NOT HOLD at link {found.broken.number}: {found.broken.problem}.",
            file=sys.stderr,
        )
        print("Everything before that link is proved. Compare the entry with a backup.", file=sys.stderr)
        return 1
    print(
        f"The journal holds: {found.sealed} of {found.entries} entries sealed, {found.unsealed} waiting for their seal."
    )
    if found.head:
        print(f"Last digest: {found.head}")
    return 0
