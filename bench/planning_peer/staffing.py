"""pyworkforce, as its documents use it: one ErlangC object an interval. JSON on standard input, JSON on standard
output.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

from pyworkforce.queuing import ErlangC


def main() -> None:
    """Answer every interval, and say how long it took."""
    asked = json.load(sys.stdin)
    began = perf_counter()
    year = [_positions(*row)["raw_positions"] for row in asked["intervals"]]
    json.dump({"intervals": year, "seconds": perf_counter() - began}, sys.stdout)


def _positions(transactions, handling, asa, interval, shrinkage, level, occupancy):  # type: ignore[no-untyped-def]
    queue = ErlangC(transactions=transactions, aht=handling, asa=asa, interval=interval, shrinkage=shrinkage)
    return queue.required_positions(service_level=level, max_occupancy=occupancy)


main()
