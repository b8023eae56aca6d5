"""How many people each interval needs, beside pyworkforce: are the numbers right, and how long does a year take.

    python3 bench/staffing.py [--quick] [--json FILE]

The published vectors are read from FRONTDOOR_DATA/conformance (left out, and said so, where that is not set): 432 cases
of Erlang C, and Erlang A from another library. Then a year of 28 services in quarter hours (291,200 intervals) is worked
out with Erlang C on both sides, and with Erlang A on ours: pyworkforce has none.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __package__ in (None, ""):  # called as a file: enter the environment, then run as a module
    enter = Path(__file__).resolve().parents[1] / "scripts" / "enter.py"
    os.execv(sys.executable, [sys.executable, str(enter), "base", "-m", "bench.staffing", *sys.argv[1:]])

import argparse
import csv
import json
import subprocess
from time import perf_counter
from typing import Any

import numpy as np

from bench.peers import NoPeer
from bench.planning import ask_peer, keep, table
from frontdoor.workforce.staffing.definition import Load, Targets
from frontdoor.workforce.staffing.needing import need_of, performance_of, positions_of

SERVICES, DAYS, INTERVALS = 28, 260, 40
SECONDS = 900.0
CLOSE = 5e-6
"""The published cases are rounded to six places."""


def main(words: list[str]) -> int:
    """Print the table; 1 where a number is wrong."""
    parser = argparse.ArgumentParser(prog="bench/staffing.py", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the peer works out a tenth of the year")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures by name")
    args = parser.parse_args(words)
    figures: dict[str, Any] = {}
    wrong = 0
    if data := os.environ.get("FRONTDOOR_DATA"):
        figures |= _vectors(Path(data) / "conformance")
        wrong = figures["cases wrong"] + figures["erlang a wrong"]
        print(_told(figures))
    else:
        print("FRONTDOOR_DATA is not set: the published cases were left out.\n")
    try:
        figures |= _year(every=10 if args.quick else 1)
    except (NoPeer, subprocess.SubprocessError) as error:
        print(f"The peer did not run, so there is no ratio. {error}")
        return 1
    print(_year_told(figures))
    keep(figures, args.json)
    return 1 if wrong else 0


def _vectors(folder: Path) -> dict[str, Any]:
    with (folder / "erlang_c_pyworkforce_table.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = fewer = rostered = 0
    for row in rows:
        load = Load(float(row["transactions"]), 60 * float(row["aht_min"]), 60 * float(row["interval_min"]))
        targets = Targets(
            float(row["target_sl"]), 60 * float(row["asa_min"]), occupancy=float(row["max_occupancy"])
        )
        need = need_of(load, targets)
        theirs = performance_of(load, positions=int(row["raw_positions"]), targets=targets)
        said = (theirs.service_level, theirs.occupancy, theirs.waiting_share)
        published = tuple(float(row[name]) for name in ("service_level", "occupancy", "waiting_probability"))
        right = all(abs((a or 0.0) - b) < CLOSE for a, b in zip(said, published, strict=True))
        wrong += not right or need.positions > int(row["raw_positions"])
        fewer += need.positions < int(row["raw_positions"])
        rostered += need.rostered(float(row["shrinkage"])) < int(row["positions"])
    vector = json.loads((folder / "erlang_vectors.json").read_text("utf-8"))["erlang_a"]
    return {
        "cases": len(rows),
        "cases wrong": wrong,
        "cases with fewer positions": fewer,
        "cases with fewer rostered": rostered,
        "erlang a": len(vector),
        "erlang a wrong": sum(not _is_right(each) for each in vector),
    }


def _is_right(row: dict[str, float]) -> bool:
    load = Load(row["transactions"], 60 * row["aht"], 60 * row["interval"], 60 * row["patience"])
    targets = Targets(seconds=60 * row["asa"])
    found = performance_of(load, positions=int(row["positions"]), targets=targets)
    said = (found.waiting_share, found.abandonment, found.occupancy, found.service_level, found.mean_wait)
    published = (
        row["waiting_probability"],
        row["abandonment_probability"],
        row["occupancy"],
        row["service_level"],
        60 * row["average_speed_of_answer"],
    )
    return all(abs((a or 0.0) - b) < 1e-4 for a, b in zip(said, published, strict=True))


def _told(figures: dict[str, Any]) -> str:
    return table(
        ("Published cases", "cases", "wrong", "fewer positions", "fewer rostered"),
        [
            (
                "Erlang C, pyworkforce's table",
                str(figures["cases"]),
                str(figures["cases wrong"]),
                str(figures["cases with fewer positions"]),
                str(figures["cases with fewer rostered"]),
            ),
            ("Erlang A", str(figures["erlang a"]), str(figures["erlang a wrong"]), "", ""),
        ],
    ) + ("\nFewer: ours meets every target with fewer people than the published answer has.\n")


def _year(*, every: int) -> dict[str, Any]:
    rng = np.random.default_rng(28)
    busy = rng.gamma(0.7, 8.0, SERVICES)[:, None, None]
    shape = 0.4 + np.sin(np.linspace(0.3, 2.8, INTERVALS))[None, None, :]
    calls = rng.poisson(busy * shape * rng.gamma(20, 1 / 20, (1, DAYS, 1))).astype(float).ravel()
    handling = np.repeat(rng.uniform(180, 600, SERVICES), DAYS * INTERVALS)
    erlangs = calls * handling / SECONDS
    never, patience = np.full(len(calls), np.nan), np.full(len(calls), 240.0)
    positions_of(
        erlangs=erlangs[:9], handling=handling[:9], patience=never[:9]
    )  # compiled, or read from the last time
    began = perf_counter()
    erlang_c = positions_of(erlangs=erlangs, handling=handling, patience=never)
    between = perf_counter()
    positions_of(erlangs=erlangs, handling=handling, patience=patience)
    ended = perf_counter()
    chosen = [each for each in range(0, len(calls), every) if calls[each] > 0]
    rows = [[calls[each], handling[each] / 60, 1 / 3, 15, 0.0, 0.8, 0.85] for each in chosen]
    peer = ask_peer("staffing", {"intervals": rows}, patience=1200)
    return {
        "intervals": len(calls),
        "erlang c seconds": between - began,
        "erlang a seconds": ended - between,
        "peer intervals": len(rows),
        "peer seconds": peer["seconds"],
        "peer needs more": sum(
            a > b for a, b in zip(peer["intervals"], erlang_c[chosen].tolist(), strict=True)
        ),
        "peer needs fewer": sum(
            a < b for a, b in zip(peer["intervals"], erlang_c[chosen].tolist(), strict=True)
        ),
        "ratio": (peer["seconds"] / len(rows)) / ((between - began) / int((calls > 0).sum())),
    }


def _year_told(figures: dict[str, Any]) -> str:
    return (
        table(
            ("A year of quarter hours", "intervals", "seconds", "a million a second", "other answers"),
            [
                _line("Front Door, Erlang C", figures["intervals"], figures["erlang c seconds"], ""),
                _line("Front Door, Erlang A", figures["intervals"], figures["erlang a seconds"], ""),
                _line(
                    "pyworkforce, Erlang C",
                    figures["peer intervals"],
                    figures["peer seconds"],
                    f"{figures['peer needs more']} more, {figures['peer needs fewer']} fewer",
                ),
            ],
        )
        + f"\nErlang C, interval by interval: {figures['ratio']:.0f} times as fast as pyworkforce."
    )


def _line(who: str, intervals: int, seconds: float, others: str) -> tuple[str, ...]:
    return who, f"{intervals:,}", f"{seconds:.2f}", f"{intervals / seconds / 1e6:.3f}", others


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
