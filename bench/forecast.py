"""Forecasts of contacts by quarter hour, beside statsforecast (seasonal naive, MSTL with AutoETS) and LightGBM in
mlforecast with the same calendar, from rolling origins: a day, a week and four weeks ahead.

    python3 bench/forecast.py [--quick] [--json FILE]

Reads FRONTDOOR_DATA/calls. Seconds are of the processor, one thread. MSTL forecasts from every third origin only; with
--quick there are few origins of two lines, and a smaller council.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __package__ in (None, ""):  # called as a file: enter the environment, then run as a module
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ[threads] = "1"
    enter = Path(__file__).resolve().parents[1] / "scripts" / "enter.py"
    os.execv(sys.executable, [sys.executable, str(enter), "base", "-m", "bench.forecast", *sys.argv[1:]])

import argparse
import subprocess
from dataclasses import dataclass, field
from time import process_time
from typing import Any, Final

import numpy as np

from bench.forecast_sets import Counted, bank, bank_by_night, boston, council
from bench.peers import NoPeer
from bench.planning import ask_peer, keep, table
from frontdoor.workforce.forecast.definition import Floats, Forecast
from frontdoor.workforce.forecast.forecasting import forecast
from frontdoor.workforce.forecast.scoring import chance_error
from frontdoor.workforce.forecast.updating import SoFar, update

OURS: Final = "Front Door"
NAIVE, MSTL, TREES, PROFILE = (
    "seasonal naive",
    "MSTL + AutoETS",
    "LightGBM with calendar",
    "profile of 8 weeks",
)
HEADS: Final = ("origins", "MASE", "WAPE", "RMSE", "in 80 %", "in 95 %", "Winkler", "seconds")
TEN: Final = 10 * 60


@dataclass
class Told:
    """What one method said of all origins, each by day and open interval: mean, median and four bounds; what came."""

    said: list[Floats] = field(default_factory=list)
    came: list[Floats] = field(default_factory=list)
    scales: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, said: Floats, came: Floats, scale: float, seconds: float) -> None:
        """One origin: `said` (mean, median, low80, high80, low95, high95) by day and interval."""
        self.said.append(said)
        self.came.append(came)
        self.scales.append(scale)
        self.seconds.append(seconds)

    def figures(self) -> dict[str, float]:
        """Means over origins, and of what chance alone would be off."""
        parts = [_of_origin(*each) for each in zip(self.said, self.came, self.scales, strict=True)]
        found = {name: float(np.mean([part[name] for part in parts])) for name in parts[0]}
        return found | {"origins": len(parts), "seconds": float(np.mean(self.seconds))}


def _of_origin(said: Floats, came: Floats, scale: float) -> dict[str, float]:
    mean, median, low80, high80, low95, high95 = said
    off = np.abs(came - median)
    outside = np.maximum(low95 - came, 0) + np.maximum(came - high95, 0)
    return {
        "MASE": float(off.mean()) / scale,
        "WAPE": 100 * float(off.sum() / came.sum()),
        "RMSE": float(np.sqrt(((came - mean) ** 2).mean())),
        "in 80 %": 100 * float(np.where(np.isnan(low80), np.nan, (came >= low80) & (came <= high80)).mean()),
        "in 95 %": 100 * float(np.where(np.isnan(low95), np.nan, (came >= low95) & (came <= high95)).mean()),
        "Winkler": float((high95 - low95 + 40 * outside).mean()),
        "chance": 100 * float(chance_error(mean).sum() / came.sum()),
    }


def main(words: list[str]) -> int:
    """Print the tables; 1 where a peer did not run, 2 without data."""
    parser = argparse.ArgumentParser(prog="bench/forecast.py", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few origins of one line and a smaller council")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures by name")
    args = parser.parse_args(words)
    if not (data := os.environ.get("FRONTDOOR_DATA")):
        print(
            "FRONTDOOR_DATA is not set, so there is nothing to forecast. It is the folder that holds calls/."
        )
        return 2
    folder = Path(data) / "calls"
    figures: dict[str, Any] = {}
    try:
        for make in (bank, boston) if args.quick else (bank, boston, bank_by_night):
            figures |= _of_set(make(folder), quick=args.quick)
    except (NoPeer, subprocess.SubprocessError) as error:
        print(f"The peers did not run, so there is nothing to compare with. {error}")
        return 1
    figures |= _within_the_day(bank(folder), every=12 if args.quick else 1)
    figures |= _council(days=120 if args.quick else 365)
    keep(figures, args.json)
    return 0


def _of_set(lines: Counted, *, quick: bool) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    weekly = lines.days_a_week == 7
    steps: tuple[tuple[int, int], ...] = ((1, 9), (7, 14), (28, 28)) if weekly else ((1, 1), (5, 5), (20, 5))
    if quick:
        steps = ((7, 90),) if weekly else ((1, 24), (5, 30), (20, 41))
    for horizon, step in steps:
        told = _from_origins(lines, horizon, step, quick=quick)
        name = f"{lines.name}, {horizon} {'day' if horizon == 1 else 'days'} ahead"
        found = {who: each.figures() for who, each in told.items()}
        print(table((name, *HEADS), [_row(who, each) for who, each in found.items()]))
        print(f"Chance alone: WAPE {found[OURS]['chance']:.2f}.\n", flush=True)
        figures |= {f"{name}, {who}": each for who, each in found.items()}
    return figures


def _row(who: str, figures: dict[str, float]) -> tuple[str, ...]:
    places = {"origins": 0, "MASE": 3, "seconds": 2}
    cells = (f"{figures[head]:,.{places.get(head, 1)}f}" for head in HEADS)
    return who, *(cell.replace("nan", "–") for cell in cells)


def _from_origins(lines: Counted, horizon: int, step: int, *, quick: bool) -> dict[str, Told]:
    regular, places, features = lines.regular()
    row_of = {place: row for row, place in enumerate(places)}
    opened = lines.open_days
    origins = [row_of[opened[at]] for at in range(lines.begins, len(opened) - horizon + 1, step)]
    origins = [row for row in origins if row + horizon <= len(places)]
    peers = [NAIVE] if lines.days_a_week == 7 or (quick and horizon > 1) else [NAIVE, TREES]
    asked = [
        {"before": row, "days": horizon, "peers": [*peers, *([MSTL] if _has_mstl(lines, at, quick) else [])]}
        for at, row in enumerate(origins)
    ]
    question = {
        "counts": regular.tolist(),
        "features": features.tolist(),
        "days a week": lines.days_a_week,
        "origins": asked,
    }
    answers = ask_peer("forecast", question, patience=6000)
    told: dict[str, Told] = {OURS: Told()}
    for row, answer in zip(origins, answers, strict=True):
        _add_origin(told, lines, regular, places, row, horizon, answer)
    return told


def _has_mstl(lines: Counted, origin: int, quick: bool) -> bool:
    """It is slow: every third origin of the line that is open five days a week."""
    return lines.days_a_week == 5 and origin % (99 if quick else 3) == 0


def _add_origin(
    told: dict[str, Told],
    lines: Counted,
    regular: Floats,
    places: list[int],
    row: int,
    horizon: int,
    answer: dict[str, Any],
) -> None:
    ahead = places[row : row + horizon]
    kept = [at for at, place in enumerate(ahead) if not np.isnan(lines.counts[place]).any()]
    came = lines.counts[[ahead[at] for at in kept], lines.open_at]
    week = lines.days_a_week
    scale = float(np.abs(regular[week:row] - regular[: row - week]).mean())
    began = process_time()
    published = forecast(
        lines.history(ahead[0]), lines.calendar, days=ahead[-1] - ahead[0] + 1, first_day=lines.day(ahead[0])
    )
    seconds = process_time() - began
    ours = _arrays(published)[:, [ahead[at] - ahead[0] for at in kept], lines.open_at]
    told[OURS].add(ours, came, scale, seconds)
    if week == 7:
        weeks = [regular[row + at - 7 * (1 + at // 7) - 7 * np.arange(8)].mean(axis=0) for at in kept]
        said = np.stack([np.stack(weeks)] * 2 + [np.full(came.shape, np.nan)] * 4)
        told.setdefault(PROFILE, Told()).add(said, came, scale, 0.0)
    for who, each in answer.items():
        values = np.array(each["values"])[:, kept]
        told.setdefault(who, Told()).add(np.concatenate([values[:1], values]), came, scale, each["seconds"])


def _arrays(found: Forecast) -> Floats:
    return np.stack(
        [found.mean[0], found.median[0], found.low80[0], found.high80[0], found.low95[0], found.high95[0]]
    )


def _within_the_day(lines: Counted, *, every: int) -> dict[str, float]:
    at_ten = TEN // lines.minutes
    before, after = [], []
    for place in lines.open_days[lines.begins :: every]:
        published = forecast(lines.history(place), lines.calendar, days=1, first_day=lines.day(place))
        known = np.where(np.arange(lines.counts.shape[1]) < at_ten, lines.counts[place], np.nan)[None]
        updated = update(published, SoFar(lines.day(place), known))
        rest = lines.counts[place, at_ten:].sum()
        before.append(abs(published.mean[0, 0, at_ten:].sum() - rest) / rest)
        after.append(abs(updated.mean[0, 0, at_ten:].sum() - rest) / rest)
    figures = {
        "rest of the day, error as published %": 100 * float(np.mean(before)),
        "rest of the day, error at 10:00 %": 100 * float(np.mean(after)),
    }
    published_off, updated_off = figures.values()
    print(
        f"{lines.name}: the total of the rest of the day was {published_off:.2f} % off as published, {updated_off:.2f} % "
        f"when updated at 10:00: {100 * (1 - updated_off / published_off):.0f} % less ({len(before)} days).\n"
    )
    return figures


def _council(*, days: int) -> dict[str, float]:
    history, calendar = council(days=days)
    began = process_time()
    forecast(history, calendar, days=28)
    seconds = process_time() - began
    print(
        f"A council made up, {len(history.series)} series of {days} days, four weeks ahead: {seconds:.1f} s of one core, "
        f"{seconds / len(history.series):.2f} s a series."
    )
    return {"council series": len(history.series), "council days": days, "council seconds": seconds}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
