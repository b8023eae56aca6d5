"""Start a worker alone. Any number may run; each row is done by one, and a dead worker's rows are taken over."""

from __future__ import annotations

import argparse
import os

from django.db import connection

from frontdoor.config.prepare import prepare_database
from frontdoor.config.serving import work

LESS_URGENT = 10
"""By how much a worker stands back for the web server, where the two share a machine: customers wait for pages."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many rows at a time."""
    parser.add_argument(
        "--hands", type=int, default=4, help="threads, each doing one row (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Bring the database to the code's level, then work until told to stop."""
    prepare_database()
    if (
        connection.vendor != "sqlite"
    ):  # there a worker that had to wait would keep the one lock from the web server
        os.nice(LESS_URGENT)
    work(args.hands)
    return 0
