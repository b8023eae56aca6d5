"""Finding a person by what a caller gives, beside Splink: how many are found rightly, and how long one look-up takes.

    python3 bench/match.py [--quick] [--people N] [--json FILE]

Public files with known duplicates are read from FRONTDOOR_DATA/linkage (left out, and said so, where that is not set):
every record is looked up among the others, and the share of true pairs is counted that can be claimed while 999 in
1,000 claims are right. Then callers, one in ten a stranger, are looked up among made-up people; of all likely ones
at most one can be meant, and that is reckoned in on both sides. The peer gets the same fields, learns from each file
by itself, and for callers from labelled ones of the same making; Front Door's weights are the same everywhere.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __package__ in (None, ""):  # called as a file: enter the environment, then run as a module
    enter = Path(__file__).resolve().parents[1] / "scripts" / "enter.py"
    os.execv(sys.executable, [sys.executable, str(enter), "base", "-m", "bench.match", *sys.argv[1:]])

import argparse
import json
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from math import log2
from time import perf_counter
from typing import Any

from bench.figures import percentile
from bench.match_ours import Pair, bring_over, forget_everybody, looked_up, pairs_of, set_up
from bench.match_people import MadeUp, Record, public_files, write_records
from bench.peers import NoPeer, peer_interpreter
from bench.servers import CHECKOUT

RIGHT = 0.999
LOCKED = CHECKOUT / "bench" / "match_peers.txt"
FOLDER = CHECKOUT / "var" / "bench-match-peers"
FILES = ("febrl_dataset1", "febrl_dataset2", "rldata500", "splink_fake_1000")
BANDS = ((0.999, 1.0), (0.99, 0.999), (0.9, 0.99), (0.5, 0.9), (0.1, 0.5), (0.0, 0.1))
HEAD = ("", "found rightly", "of", "p50 ms", "p95 ms")


@dataclass(frozen=True)
class Plan:
    """How much is measured. `seconds`: for the peer's look-ups one by one; `patience`: for one run of the peer."""

    people: int = 1_000_000
    callers: int = 1000
    labelled: int = 5000
    files: tuple[str, ...] = FILES
    seconds: float = 40.0
    patience: float = 1200.0


@dataclass(frozen=True)
class Line:
    """One line of the table. `recall`: at 99.9 % precision; `within_reach`: what is among the candidates at all."""

    who: str
    recall: float
    within_reach: float
    p50: float | None = None
    p95: float | None = None


QUICK = Plan(people=5_000, callers=200, labelled=500, files=("febrl_dataset1",), seconds=3.0)


def main(words: Sequence[str]) -> int:
    """Measure, print, and keep the figures where asked."""
    options = _options(words)
    plan = QUICK if options.quick else Plan()
    plan = replace(plan, people=options.people or plan.people)
    figures: dict[str, Any] = {"people": plan.people}
    try:
        peer = peer_interpreter(LOCKED, FOLDER)
    except NoPeer as problem:
        print(problem, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="frontdoor-match-") as place:
        folder = Path(place)
        os.environ |= {
            "FRONTDOOR_HOME": str(folder),
            "FRONTDOOR_DATABASE_URL": f"sqlite:///{folder / 'people.sqlite3'}",
        }
        set_up()
        for name, records in _files(plan):
            _show(f"{name}: {len(records)} records", measure_file(records, folder, peer, plan), name, figures)
        lines, bands = measure_callers(folder, peer, plan)
        _show(f"{plan.callers} callers among {plan.people} made-up people", lines, "callers", figures)
        _show_bands(bands, figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), "utf-8")
    return 0


def measure_file(records: list[Record], folder: Path, peer: Path, plan: Plan) -> list[Line]:
    """Each record among the others of its file, on both sides."""
    cluster = {each.id: each.cluster for each in records}
    total = sum(count * (count - 1) // 2 for count in Counter(cluster.values()).values())

    def is_right(pair: Pair) -> bool:
        return cluster[int(pair[0])] == cluster[int(pair[1])]

    forget_everybody()
    bring_over(records)
    pairs, times = pairs_of(records)
    write_records(folder / "records.csv", records)
    theirs = _peer(peer, plan, folder, "pairs", "records.csv", "pairs.json")
    return [
        _line("Front Door", pairs, is_right, total, times),
        _line("Splink", theirs["pairs"], is_right, total, []),
    ]


def measure_callers(
    folder: Path, peer: Path, plan: Plan
) -> tuple[list[Line], list[tuple[float, int, float]]]:
    """Callers among made-up people: field by field, as typed, and on the other side; and how true our odds are."""
    made, rng = MadeUp(plan.people), random.Random(7)
    forget_everybody()
    known = list(made.everybody())
    began = perf_counter()
    bring_over(known)
    print(f"{plan.people} people brought over in {perf_counter() - began:.0f} s", file=sys.stderr)
    first = plan.people
    callers = [
        made.stranger(first + n) if n % 10 == 0 else made.caller(rng.choice(known), first + n)
        for n in range(plan.callers)
    ]
    cluster = {each.id: each.cluster for each in callers}
    total = sum(not each.startswith("stranger") for each in cluster.values())

    def is_right(pair: Pair) -> bool:
        return cluster[int(pair[0])] == str(int(pair[1]))

    pairs, times, claims = looked_up(callers, typed=False)
    typed, typed_times, _ = looked_up(callers, typed=True)
    taught = rng.sample(known, min(plan.labelled, len(known)))
    labelled = taught + [made.caller(each, 2 * first + n) for n, each in enumerate(taught)]
    for name, records in (("known", known), ("labelled", labelled), ("callers", callers)):
        write_records(folder / f"{name}.csv", records)
    files = ("known.csv", "labelled.csv", "callers.csv", "look.json")
    theirs = _peer(peer, plan, folder, "look", *files, str(plan.seconds))
    best = _of_each_the_best(theirs["found"], plan.people)
    lines = [
        _line("Front Door, field by field", pairs, is_right, total, times),
        _line("Front Door, words in a box", typed, is_right, total, typed_times),
        _line("Splink", best, is_right, total, theirs["times"]),
    ]
    return lines, _bands(claims)


def _line(
    who: str, pairs: Sequence[Pair], is_right: Callable[[Pair], bool], total: int, times: Sequence[float]
) -> Line:
    recall, reach = recall_of(pairs, is_right, total)
    waits = sorted(each * 1000 for each in times)
    return Line(who, recall, reach, *((percentile(waits, 50), percentile(waits, 95)) if waits else ()))


def recall_of(pairs: Sequence[Pair], is_right: Callable[[Pair], bool], total: int) -> tuple[float, float]:
    """The largest share of the true pairs above a threshold at which `RIGHT` of the claims are right; and the share
    among all pairs. Equal scores stand and fall together.
    """
    ordered = sorted(pairs, key=lambda pair: -pair[2])
    best = right = 0
    for place, pair in enumerate(ordered, 1):
        right += is_right(pair)
        is_last_of_score = place == len(ordered) or ordered[place][2] != pair[2]
        if is_last_of_score and right >= RIGHT * place:
            best = right
    return best / total, right / total


def _of_each_the_best(found: Iterable[Pair], people: int) -> list[Pair]:
    """Of each caller's likely ones the likeliest, with the odds that it is this one and none of the others.

    The peer's weights count from even odds; one in `people` is the caller, as in its own model.
    """
    of: dict[int, list[Pair]] = {}
    for pair in found:
        of.setdefault(int(pair[0]), []).append(pair)
    best: list[Pair] = []
    for pairs in of.values():
        pairs.sort(key=lambda pair: -pair[2])
        first = min(pairs[0][2], 200.0)
        others = sum(2.0 ** min(each[2], 200.0) for each in pairs[1:])
        best.append((pairs[0][0], pairs[0][1], first - log2(1 + others)))
    return best


def _bands(claims: Sequence[tuple[float, bool]]) -> list[tuple[float, int, float]]:
    bands = []
    for least, most in BANDS:
        inside = [right for sure, right in claims if least <= sure < most or (most == 1.0 and sure >= least)]
        bands.append((least, len(inside), sum(inside) / len(inside) if inside else 0.0))
    return bands


def _peer(peer: Path, plan: Plan, folder: Path, *words: str) -> dict[str, Any]:
    """Run the peer in its own environment and read what it found."""
    program = CHECKOUT / "bench" / "peer" / "splink_match.py"
    subprocess.run(
        [str(peer), str(program), *words],
        cwd=folder,
        check=True,
        timeout=plan.patience,
        stdout=subprocess.DEVNULL,
    )
    out = next(word for word in words if word.endswith(".json"))
    found: dict[str, Any] = json.loads((folder / out).read_text("utf-8"))
    return found


def _files(plan: Plan) -> Iterable[tuple[str, list[Record]]]:
    data = os.environ.get("FRONTDOOR_DATA")
    if not data or not (Path(data) / "linkage").is_dir():
        print("FRONTDOOR_DATA names no folder with linkage/ in it: the public files are left out.")
        return ()
    return public_files(Path(data) / "linkage", names=plan.files)


def _show(title: str, lines: Sequence[Line], name: str, figures: dict[str, Any]) -> None:
    rows = [HEAD, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    print(title)
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    times = [line.p50 for line in (lines[0], lines[-1])]
    if times[0] and times[1]:
        print(f"one look-up, peer : ours  {times[1] / times[0]:.0f}")
    print(flush=True)
    figures[name] = [asdict(line) for line in lines]


def _cells(line: Line) -> tuple[str, ...]:
    waits = ("-" if each is None else f"{each:.1f}" for each in (line.p50, line.p95))
    return (line.who, f"{line.recall:.1%}", f"{line.within_reach:.1%}", *waits)


def _show_bands(bands: Sequence[tuple[float, int, float]], figures: dict[str, Any]) -> None:
    print(
        "How true the odds are: of the callers whose likeliest customer had at least this probability, so many were right"
    )
    for least, count, right in bands:
        print(f"{least:>6}  {count:>6}  {right:.1%}")
    figures["bands"] = bands


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer of everything; ends within a minute")
    parser.add_argument("--people", type=int, help="how many made-up people there are (default: a million)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
