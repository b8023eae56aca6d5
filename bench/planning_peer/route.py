"""One decision by SciPy's assignment, as its documents use it: a cost for every free advisor and every waiting item."""

from __future__ import annotations

import json
import sys
from time import perf_counter_ns

import numpy as np
from scipy.optimize import linear_sum_assignment


def main() -> None:
    """Times one decision after another, each over all that waits."""
    asked = json.load(sys.stdin)
    slope, since, able = (np.array(asked[name]) for name in ("slope", "since", "able"))
    took = []
    for turn in range(asked["decisions"]):
        began = perf_counter_ns()
        gain = np.where(able[turn % len(able)], slope * (asked["at"] + turn - since), 0.0)
        linear_sum_assignment(gain[None, :], maximize=True)
        took.append(perf_counter_ns() - began)
    json.dump(took, sys.stdout)


main()
