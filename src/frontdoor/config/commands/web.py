"""Start the web server alone. Any number may run, on any number of machines, on one PostgreSQL database."""

from __future__ import annotations

import argparse
import sys

from frontdoor.config.prepare import prepare_database, read_packs
from frontdoor.config.serving import PortTaken, bind, serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Bring the database to the code's level, read the packs, then serve."""
    try:
        taken = bind(args.host, args.port)
    except (PortTaken, OSError) as fault:
        print(f"Cannot start: {fault}", file=sys.stderr)
        return 2
    with taken:
        prepare_database()
        read_packs()
        print(f"Front Door is at http://{args.host}:{args.port}/", flush=True)
        serve(taken)
    return 0
