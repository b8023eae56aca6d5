"""Start web and worker together, with the demo council where the database is empty.

Stop it with Ctrl-C; what was entered is kept, and a second start is ready in seconds.
"""

from __future__ import annotations

import argparse
import sys

from frontdoor.config.demonstration import ensure_demo, sign_in_table
from frontdoor.config.prepare import database_words, prepare_database, read_packs, wipe
from frontdoor.config.serving import PortTaken, bind, serve, worker_beside


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve, and whether to start over."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--hands", type=int, default=4, help="threads of the worker (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="remove all data and start over, after asking")
    parser.add_argument("--yes", action="store_true", help="with --fresh: do not ask")
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")


def run(args: argparse.Namespace) -> int:
    """Prepare, load, print where to go, serve."""
    try:
        taken = bind(args.host, args.port)
    except (PortTaken, OSError) as fault:
        print(f"Cannot start: {fault}", file=sys.stderr)
        return 2
    with taken:
        if not started_over(args):
            return 2
        prepare_database()
        if not args.no_demo:
            ensure_demo()
        read_packs()
        print(f"\nFront Door is at http://{args.host}:{args.port}/\n\n{sign_in_table()}\n", flush=True)
        with worker_beside(args.hands):
            serve(taken)
    return 0


def started_over(args: argparse.Namespace) -> bool:
    """Remove everything where --fresh asks for it; False where it does and nobody confirms it."""
    if not args.fresh:
        return True
    if not args.yes and not confirmed():
        print("Nothing was removed.", file=sys.stderr)
        return False
    wipe()
    return True


def confirmed() -> bool:
    """Ask on the terminal. Without a terminal nobody can answer, so the answer is no."""
    if not sys.stdin.isatty():
        print(
            "--fresh removes all data. Nobody can be asked here: add --yes if that is meant.", file=sys.stderr
        )
        return False
    print(f"This removes everything in {database_words()} and all kept files. It cannot be undone.")
    return input('Type "remove" to go on: ').strip() == "remove"
