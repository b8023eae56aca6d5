"""Seasonal naive and MSTL with AutoETS (statsforecast), LightGBM with the same calendar (mlforecast), as their documents
use them. JSON on standard input, JSON on standard output: means and bounds of every origin, and processor seconds.
"""

from __future__ import annotations

import json
import sys
import warnings
from time import process_time

import numpy as np
import pandas as pd
from lightgbm import LGBMRegressor
from mlforecast import MLForecast
from mlforecast.utils import PredictionIntervals
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoETS, SeasonalNaive

warnings.filterwarnings("ignore")
LEVELS = [80, 95]
COLUMNS = ("", "-lo-80", "-hi-80", "-lo-95", "-hi-95")


def main():  # type: ignore[no-untyped-def]
    """Answer for each origin with the peers asked for."""
    asked = json.load(sys.stdin)
    json.dump([_answer(asked, origin) for origin in asked["origins"]], sys.stdout)


def _answer(asked, origin):  # type: ignore[no-untyped-def]
    counts = np.array(asked["counts"])
    features = np.array(asked["features"], float)
    before, days, intervals = origin["before"], origin["days"], counts.shape[1]
    week = asked["days a week"] * intervals
    frame = _frame(counts[:before], 0)
    answers = {}
    for name in origin["peers"]:
        began = process_time()
        if name == "LightGBM with calendar":
            found = _trees(frame, features, before, days, intervals, week)
        else:
            seasons = [intervals, week]
            model = SeasonalNaive(week) if name == "seasonal naive" else MSTL(seasons, AutoETS(model="ZZN"))
            engine = StatsForecast(models=[model], freq=1, n_jobs=1)
            found = engine.forecast(df=frame, h=days * intervals, level=LEVELS)
        label = next(column for column in found.columns if column not in ("unique_id", "ds"))
        bounds = [found[label + column].to_numpy().reshape(days, intervals) for column in COLUMNS]
        answers[name] = {
            "values": [np.maximum(each, 0.0).tolist() for each in bounds],
            "seconds": process_time() - began,
        }
    return answers


def _frame(counts, first):  # type: ignore[no-untyped-def]
    values = counts.ravel()
    steps = np.arange(first, first + len(values))
    return pd.DataFrame({"unique_id": "one", "ds": steps, "y": values})


def _trees(frame, features, before, days, intervals, week):  # type: ignore[no-untyped-def]
    names = [f"f{place}" for place in range(features.shape[1])]
    every = np.repeat(features, intervals, axis=0)
    every = pd.DataFrame(every[: (before + days) * intervals], columns=names)
    every["interval"] = np.tile(np.arange(intervals), before + days)
    size = before * intervals
    past = pd.concat([frame, every[:size]], axis=1)
    ahead = every[size:].reset_index(drop=True)
    ahead.insert(0, "unique_id", "one")
    ahead.insert(1, "ds", np.arange(size, size + len(ahead)))
    engine = MLForecast(
        models={"trees": LGBMRegressor(n_estimators=300, learning_rate=0.05, num_threads=1, verbose=-1)},
        freq=1,
        lags=[intervals, week, 2 * week],
        num_threads=1,
    )
    engine.fit(
        past, static_features=[], prediction_intervals=PredictionIntervals(n_windows=2, h=days * intervals)
    )
    return engine.predict(days * intervals, X_df=ahead, level=LEVELS)


main()
