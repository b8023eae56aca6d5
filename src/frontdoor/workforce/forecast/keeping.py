"""The workings of one day as plain numbers, to be kept beside a published forecast until the day is over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from frontdoor.workforce.forecast.definition import Floats, Workings

DIGITS: Final = 6


def as_kept(workings: Workings, place: int) -> dict[str, Any]:
    """What `update` needs of one day (its place among the days of the forecast), as lists and numbers for JSON."""
    return {
        "bins": workings.bins.tolist(),
        "shares": _listed(workings.shares),
        "centre": _listed(workings.centre[place]),
        "loadings": [_listed(each) for each in workings.loadings],
        "spread": _listed(workings.spread[place]),
        "noise": _listed(workings.noise),
        "widen": list(workings.widen),
        "ratio": float(workings.ratio),
        "extra": _listed(workings.extra[place]) if workings.extra[place].any() else [],
        "times": float(workings.times[place]),
        "is_open": _listed(workings.is_open[place]),
    }


def of_kept(kept: Mapping[str, Any]) -> Workings:
    """The workings of that one day, as they were to `DIGITS` significant digits."""
    bins = np.array(kept["bins"], np.int64)
    at80, at95 = kept["widen"]
    return Workings(
        bins=bins,
        shares=np.array(kept["shares"], float),
        centre=np.array([kept["centre"]], float),
        loadings=np.array(kept["loadings"], float).reshape(len(kept["loadings"]), len(kept["noise"])),
        spread=np.array([kept["spread"]], float).reshape(1, len(kept["loadings"])),
        noise=np.array(kept["noise"], float),
        widen=(at80, at95),
        ratio=kept["ratio"],
        extra=np.array([kept["extra"] or [0.0] * len(bins)], float),
        times=np.array([kept["times"]], float),
        is_open=np.array([kept["is_open"]], float),
    )


def _listed(values: Floats) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values.tolist()]
