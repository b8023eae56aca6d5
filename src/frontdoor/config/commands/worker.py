"""Start a worker alone. Any number may run; each row is done by one, and a dead worker's rows are taken over."""

from __future__ import annotations

import argparse

from frontdoor.config.prepare import prepare_database
from frontdoor.config.serving import work


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many rows at a time."""
    parser.add_argument(
        "--hands", type=int, default=4, help="threads, each doing one row (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Bring the database to the code's level, then work until told to stop."""
    prepare_database()
    work(args.hands)
    return 0
