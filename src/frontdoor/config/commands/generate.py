"""Write the files that are made from the code, or (--check) say which of them are out of date."""

from __future__ import annotations

import argparse
import sys
from difflib import unified_diff
from itertools import islice

from frontdoor.config.environment import CHECKOUT
from frontdoor.config.generators.table import GENERATORS

SHOWN_LINES = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Write or check."""
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when a file is out of date"
    )


def run(args: argparse.Namespace) -> int:
    """Go through the table."""
    made = [pair for generate in GENERATORS.values() for pair in generate().items()]
    stale = [(path, text) for path, text in made if kept(path) != text]
    if args.check:
        for path, text in stale:
            print(f"{path} is out of date:\n{difference(path, text)}", file=sys.stderr)
        if stale:
            print("Write them anew with ./run generate, look at the change, and commit it.", file=sys.stderr)
        return 1 if stale else 0
    for path, text in stale:
        (CHECKOUT / path).parent.mkdir(parents=True, exist_ok=True)
        (CHECKOUT / path).write_text(text, "utf-8")
        print(f"wrote {path}")
    print(f"{len(made)} generated files are up to date.")
    return 0


def kept(path: str) -> str:
    """The file as it is in the checkout; empty where it is not there."""
    file = CHECKOUT / path
    return file.read_text("utf-8") if file.exists() else ""


def difference(path: str, text: str) -> str:
    """The first lines in which the file and what the code says differ."""
    lines = unified_diff(kept(path).splitlines(), text.splitlines(), "committed", "generated", lineterm="")
    return "\n".join(islice(lines, SHOWN_LINES))
