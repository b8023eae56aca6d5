"""An ordinary status call at the desk, by keyboard alone: how many seconds from the first key to being free again?

    python -m bench.desk [--calls 40] [--quick] [--json FILE]

What is counted is the customer's name and three keys: Enter takes the call and looks the name up, Enter takes the first
who may be meant, Ctrl+Enter notes what they were told and ends the call. A key takes 0.2 seconds: Card, Moran and Newell,
The Keystroke-Level Model (1980), give it for an average skilled typist. To that comes the time of every page, asked for
in a row from a web server of its own on SQLite. What the two say to each other is not counted. Aim: under 20 seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from bench.figures import percentile
from bench.http import Client
from bench.servers import free_port, plain_environment, python, running
from bench.sides import output_of
from bench.soak_contacts import DESK, Stock

SECONDS_A_KEY = 0.2
KEYS_BESIDE_THE_NAME = 3
AIM_SECONDS = 20.0
CUSTOMERS = 200
QUICK_CALLS = 10


@dataclass(frozen=True)
class Call:
    """One call: keys pressed, and how long its pages took in seconds."""

    keys: int
    pages: float

    @property
    def seconds(self) -> float:
        """From the first key to the empty desk."""
        return self.keys * SECONDS_A_KEY + self.pages


@dataclass(frozen=True)
class Told:
    """What a run came to. Times in seconds."""

    calls: int
    keys_median: float
    pages_median: float
    pages_p95: float
    whole_median: float
    whole_p95: float
    whole_worst: float


def main() -> int:
    """Run it, print the table; 1 where the slowest call is over the aim."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_CALLS} calls")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calls = _run(Path(folder), QUICK_CALLS if asked.quick else asked.calls)
    told = tell(calls)
    print(table(told))
    if asked.json:
        asked.json.write_text(json.dumps(asdict(told), indent=2), "utf-8")
    return 0 if told.whole_worst <= AIM_SECONDS else 1


def tell(calls: Sequence[Call]) -> Told:
    """The figures of these calls."""
    pages, whole = sorted(call.pages for call in calls), sorted(call.seconds for call in calls)
    return Told(
        calls=len(calls),
        keys_median=percentile(sorted(float(call.keys) for call in calls), 50),
        pages_median=percentile(pages, 50),
        pages_p95=percentile(pages, 95),
        whole_median=percentile(whole, 50),
        whole_p95=percentile(whole, 95),
        whole_worst=max(whole),
    )


def table(told: Told) -> str:
    """The figures as a table."""
    rows = [
        ("calls", f"{told.calls}"),
        ("keys, median", f"{told.keys_median:.0f}"),
        ("pages of a call, median", f"{told.pages_median:.2f} s"),
        ("pages of a call, p95", f"{told.pages_p95:.2f} s"),
        ("whole call, median", f"{told.whole_median:.1f} s"),
        ("whole call, p95", f"{told.whole_p95:.1f} s"),
        ("whole call, slowest", f"{told.whole_worst:.1f} s (aim: under {AIM_SECONDS:.0f} s)"),
    ]
    return "\n".join(
        ["| an ordinary status call | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    )


def _run(folder: Path, count: int) -> list[Call]:
    environment = plain_environment(FRONTDOOR_HOME=str(folder / "home"), FRONTDOOR_LOG="json")
    words = python("-m", "bench.soak_ready", "0", str(min(count, CUSTOMERS)), "1")
    made = [json.loads(line) for line in output_of(words, environment, folder / "ready.log").splitlines()]
    port = free_port()
    web = python("-m", "frontdoor", "web", "--port", str(port))
    with running(web, environment, port=port, log=folder / "web.log"):
        return asyncio.run(_calls(Client(port), made, count))


async def _calls(client: Client, made: list[dict[str, Any]], count: int) -> list[Call]:
    """One advisor, one call after the other; the first, on which everything is loaded, is not counted."""
    cases = [each for each in made if each["kind"] == "case"]
    advisors: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    advisors.put_nowait(next(each for each in made if each["kind"] == "advisor"))
    stock = Stock(client, iter(()), cases, advisors)
    taken: list[Call] = []
    for number in range(count + 1):
        name = cases[number % len(cases)]["name"]
        since = monotonic()
        await stock.status_call()
        await stock.look_at(DESK)
        taken.append(Call(keys=len(name) + KEYS_BESIDE_THE_NAME, pages=monotonic() - since))
    client.close()
    return taken[1:]


if __name__ == "__main__":
    raise SystemExit(main())
