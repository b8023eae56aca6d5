"""Every page at 1,000 contacts and at 1.1 million: p95 in milliseconds and the number of queries, which must be the same.

    python3 -m bench.pages [--quick] [--small URL] [--large URL] [--rounds N] [--json FILE]

A database address is measured as it is (`./run demo --year` fills one); without any, two are made on SQLite: a day at a
part of a county's volume, and a year (with --quick a few days, and both at once). Pages are asked for within the process,
one after the other, by somebody signed in who may see them: templates, queries and all, but no network. Aims: p95 under
100 ms, figures under 300 ms, and as many queries at the one size as at the other. `cpu` is the processor time of the
process and of the database server's beside it (p95): on a machine that is busy with other work it says more than the
clock, and is about what the clock would say on a quiet one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.servers import CHECKOUT

AIM, AIM_FIGURES = 100.0, 300.0
FIGURES = "figures"
HEAD = ("page", "small p95 ms", "cpu", "queries", "large p95 ms", "cpu", "queries", "")


@dataclass(frozen=True)
class Size:
    """How big a database is made."""

    days: int
    share: float


SMALL = Size(1, 0.24)
LARGE = Size(365, 1.0)
QUICK = Size(3, 0.9)


def main(words: Sequence[str]) -> int:
    """Measure both sizes, print, and keep the figures where asked."""
    options = _options(words)
    rounds = options.rounds or (5 if options.quick else 20)
    with (
        tempfile.TemporaryDirectory(prefix="frontdoor-pages-") as folder,
        ThreadPoolExecutor(2 if options.quick else 1) as at_once,
    ):
        homes, larger = Path(folder), QUICK if options.quick else LARGE
        one = at_once.submit(_measured, homes / "small", options.small, SMALL, rounds)
        other = at_once.submit(_measured, homes / "large", options.large, larger, rounds)
        small, large = one.result(), other.result()
    print(_table(small, large))
    if options.json:
        options.json.write_text(
            json.dumps({"small": small, "large": large}, indent=2) + "\n", encoding="utf-8"
        )
    return 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="some 7,000 contacts for the large size, few rounds, and both sizes at once",
    )
    parser.add_argument("--small", default="", help="a database that is there already, as the small one")
    parser.add_argument("--large", default="", help="a database that is there already, as the large one")
    parser.add_argument("--rounds", type=int, help="how often each page is asked for")
    parser.add_argument("--json", type=Path, help="keep the figures here")
    return parser.parse_args(words)


def _measured(home: Path, url: str, size: Size, rounds: int) -> dict[str, Any]:
    """One size, in a process of its own, because the database is chosen before Django starts."""
    home.mkdir()
    out = home / "measured.json"
    place = {"FRONTDOOR_HOME": str(home), "FRONTDOOR_DATABASE_URL": url or f"sqlite:///{home / 'db.sqlite3'}"}
    path = os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)])
    made = [] if url else ["--days", str(size.days), "--share", str(size.share)]
    subprocess.run(
        [sys.executable, "-m", "bench.pages_asked", str(out), "--rounds", str(rounds), *made],
        check=True,
        cwd=CHECKOUT,
        env={
            **os.environ,
            **place,
            "PYTHONPATH": path,
            "DJANGO_SETTINGS_MODULE": "frontdoor.config.settings",
        },
    )
    measured: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return measured


def _table(small: Mapping[str, Any], large: Mapping[str, Any]) -> str:
    rows = [HEAD]
    for name, one in small["pages"].items():
        other = large["pages"].get(name)
        if other is None:
            continue
        rows.append(
            (
                name,
                f"{one['p95']:.0f}",
                f"{one['cpu']:.0f}",
                str(one["queries"]),
                f"{other['p95']:.0f}",
                f"{other['cpu']:.0f}",
                str(other["queries"]),
                _said(name, one, other),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "  ".join(
            cell.rjust(width) if 0 < column < len(HEAD) - 1 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    sizes = f"{small['contacts']:,} and {large['contacts']:,} contacts, {large['database']}"
    return "\n".join([sizes, *lines])


def _said(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What misses its aim."""
    aim = AIM_FIGURES if name.startswith(FIGURES) else AIM
    missed = ["slow"] if max(one["p95"], other["p95"]) > aim else []
    return ", ".join(missed + (["more queries"] if other["queries"] != one["queries"] else []))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
