"""A soak: twenty times a county's mean load, for as long as one likes. Does the rate hold, and does anything grow?

    python -m bench.soak [--minutes 10] [--quick] [--times 20] [--only sqlite|postgresql] [--json FILE]

The rate: a county takes 1.1 million contacts a year, Monday to Friday from 8:00 to 18:00. 253 working days of ten hours
are 2,530 hours, so 0.121 contacts a second on the mean, and 2.42 a second at twenty times that. Contacts come at random
(Poisson), whether or not earlier ones are answered: half of them calls at the desk (half from customers who ask how
their case stands, half from newcomers with a question), a quarter applications by the web form, a quarter look-ups of
one's own case. Each is several requests, in a row without a pause. One web server, one worker, one mail server.

Told are: contacts a second that were due and done; milliseconds of each kind of request; memory (resident, after
a tenth of the time and at the end) of web server and worker; the most rows that waited for a worker, and what was left;
errors by kind. Everything must be without errors and without rows left.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic

from bench.figures import percentile
from bench.http import Client, NoAnswer, get
from bench.servers import free_port, plain_environment, python, running
from bench.sides import Ours, output_of
from bench.soak_contacts import Stock, WentWrong
from scripts.postgres import NoPostgres, running_postgres

MEAN_PER_SECOND = 1_100_000 / (253 * 10 * 3600)
KINDS = {"status_call": 0.25, "first_call": 0.25, "web_form": 0.25, "look_up": 0.25}
CASES = 60
ADVISORS = 24
LOOK_SECONDS = 2.0
REST_SECONDS = 60.0
QUICK_SECONDS = 8.0


@dataclass
class Soaked:
    """What a soak came to. Memory in megabytes; `requests` maps kinds to (count, p50, p95, p99 in milliseconds)."""

    seconds: float = 0.0
    due: int = 0
    done: int = 0
    due_per_second: float = 0.0
    done_per_second: float = 0.0
    errors: dict[str, int] = field(default_factory=dict)
    requests: dict[str, tuple[int, float, float, float]] = field(default_factory=dict)
    web_mb: tuple[float, float] = (0.0, 0.0)
    worker_mb: tuple[float, float] = (0.0, 0.0)
    most_waiting: dict[str, int] = field(default_factory=dict)
    longest_wait_seconds: int = 0
    left_waiting: int = 0

    def is_well(self) -> bool:
        """No errors, and nothing left."""
        return not self.errors and not self.left_waiting


@dataclass
class Soak:
    """One soak on one database."""

    url: str
    folder: Path
    rate: float
    seconds: float
    rng: random.Random
    told: Soaked = field(default_factory=Soaked)
    _errors: Counter[str] = field(default_factory=Counter)
    _memory: list[tuple[float, float]] = field(default_factory=list)

    def go(self) -> Soaked:
        """Prepare, load, let it come to rest."""
        smtp, mail = free_port(), self.folder / "mail"
        side = Ours(self.url, self.folder, smtp)
        forms = round(self.rate * self.seconds * KINDS["web_form"] * 1.5) + 10
        words = python("-m", "bench.soak_ready", str(forms), str(CASES), str(ADVISORS))
        made = [
            json.loads(line)
            for line in output_of(words, side.environment(), self.folder / "ready.log").splitlines()
        ]
        sink = python("-m", "bench.sink", str(smtp), str(mail))
        web = python("-m", "frontdoor", "web", "--port", str(side.port))
        worker = python("-m", "frontdoor", "worker")
        with (
            running(sink, plain_environment(), port=smtp, log=self.folder / "sink.log"),
            running(web, side.environment(), port=side.port, log=self.folder / "web.log") as web_pid,
            running(worker, side.environment(), port=None, log=self.folder / "worker.log") as worker_pid,
        ):
            asyncio.run(self._load(Client(side.port), made, (web_pid, worker_pid)))
        return self.told

    async def _load(self, client: Client, made: list[dict[str, object]], pids: tuple[int, int]) -> None:
        by_kind = {
            kind: [each for each in made if each["kind"] == kind] for kind in ("form", "case", "advisor")
        }
        advisors: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        for advisor in by_kind["advisor"]:
            advisors.put_nowait(advisor)
        stock = Stock(client, iter(by_kind["form"]), by_kind["case"], advisors)
        for kind in KINDS:  # the first page of each kind loads what a process loads once
            await self._one(stock, kind)
        stock.times.clear()
        await self._rest(client)
        self.told.most_waiting.clear()
        self.told.longest_wait_seconds = 0
        looking = asyncio.create_task(self._look(client, pids))
        done, seconds = await self._steadily(stock)
        looking.cancel()
        self.told.left_waiting = await self._rest(client)
        self._memory.append(_megabytes(pids))
        self._tell(stock, done, seconds)

    async def _steadily(self, stock: Stock) -> tuple[int, float]:
        """Contacts at random moments until time is up; how many were done, and in how many seconds."""
        start = monotonic()
        tasks: list[asyncio.Task[bool]] = []
        due = self.rng.expovariate(self.rate)
        while due < self.seconds:
            await asyncio.sleep(max(0.0, start + due - monotonic()))
            kind = self.rng.choices(list(KINDS), list(KINDS.values()))[0]
            tasks.append(asyncio.create_task(self._one(stock, kind)))
            due += self.rng.expovariate(self.rate)
        self.told.due = len(tasks)
        done = sum(await asyncio.gather(*tasks))
        return done, max(self.seconds, monotonic() - start)

    async def _one(self, stock: Stock, kind: str) -> bool:
        try:
            await getattr(stock, kind)()
        except WentWrong as fault:
            self._errors[str(fault)] += 1
            return False
        return True

    async def _look(self, client: Client, pids: tuple[int, int]) -> None:
        while True:
            self._memory.append(_megabytes(pids))
            await self._waiting(client)
            await asyncio.sleep(LOOK_SECONDS)

    async def _waiting(self, client: Client) -> int:
        """Rows whose time has come and that no worker has done, as the health page tells; the most is kept."""
        try:
            told = json.loads((await client.ask(get("/healthz", {}))).body)["backlog"]
        except (NoAnswer, OSError, ValueError, KeyError):
            self._errors["health page: no answer"] += 1
            return -1
        for job, each in told.items():
            self.told.most_waiting[job] = max(self.told.most_waiting.get(job, 0), each["rows"])
            self.told.longest_wait_seconds = max(self.told.longest_wait_seconds, each["longest_seconds"])
        return sum(each["rows"] for each in told.values())

    async def _rest(self, client: Client) -> int:
        """Wait until the worker has nothing left to do, a minute at most; what is left."""
        end = monotonic() + REST_SECONDS
        while (left := await self._waiting(client)) and monotonic() < end:
            await asyncio.sleep(0.5)
        return left

    def _tell(self, stock: Stock, done: int, seconds: float) -> None:
        told = self.told
        told.seconds, told.done = round(seconds, 1), done
        told.due_per_second = round(told.due / self.seconds, 2)
        told.done_per_second = round(done / seconds, 2)
        told.errors = dict(self._errors)
        every = [each for times in stock.times.values() for each in times]
        for name, times in sorted({**stock.times, "every request": every}.items()):
            ordered = sorted(times)
            p50, p95, p99 = (round(percentile(ordered, rank) * 1000, 1) for rank in (50, 95, 99))
            told.requests[name] = (len(times), p50, p95, p99)
        early = self._memory[len(self._memory) // 10]
        told.web_mb = (early[0], self._memory[-1][0])
        told.worker_mb = (early[1], self._memory[-1][1])


def _megabytes(pids: tuple[int, int]) -> tuple[float, float]:
    """Resident memory of web server and worker."""
    web, worker = (_resident(pid) for pid in pids)
    return web, worker


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def table(kind: str, told: Soaked) -> str:
    """Everything in words."""
    lines = [
        f"{kind}: {told.due} contacts due in {told.seconds:.0f} s ({told.due_per_second:.2f} a second), "
        f"{told.done} done ({told.done_per_second:.2f} a second)",
        f"  {'request':18}{'count':>8}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}",
    ]
    for name, (count, *marks) in told.requests.items():
        lines.append(f"  {name:18}{count:>8}" + "".join(f"{mark:>10.0f}" for mark in marks))
    for name, (before, after) in {"web server": told.web_mb, "worker": told.worker_mb}.items():
        lines.append(
            f"  memory of the {name}: {before:.0f} MB, at the end {after:.0f} ({after - before:+.1f})"
        )
    waiting = ", ".join(f"{job} {rows}" for job, rows in told.most_waiting.items())
    lines.append(
        f"  most rows waiting: {waiting}; the longest {told.longest_wait_seconds} s; left {told.left_waiting}"
    )
    lines.append(f"  errors: {', '.join(f'{what} ({n})' for what, n in told.errors.items()) or 'none'}")
    return "\n".join(lines) + "\n"


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database that waits for the disk, as in use. Raises NoPostgres."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/db.sqlite3"
        return
    with running_postgres(is_durable=True) as url:
        yield url


def main(words: Sequence[str]) -> int:
    """Soak each database; 1 where there were errors, or rows were left."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="of load on each database (default 10)")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_SECONDS:.0f} seconds instead")
    parser.add_argument("--times", type=float, default=20.0, help="a county's mean load (default 20)")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="leave the other out")
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started ends with us
    seconds = QUICK_SECONDS if args.quick else args.minutes * 60
    found: dict[str, Soaked] = {}
    for kind in [args.only] if args.only else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="frontdoor-soak-") as place:
            folder = Path(place)
            try:
                with database(kind, folder) as url:
                    rate = args.times * MEAN_PER_SECOND
                    found[kind] = Soak(url, folder, rate, seconds, random.Random(1)).go()
            except NoPostgres as fault:
                print(f"{kind}: left out. {fault}", file=sys.stderr)
                continue
        print(table(kind, found[kind]), flush=True)
    if args.json:
        args.json.write_text(
            json.dumps({kind: asdict(each) for kind, each in found.items()}, indent=1), "utf-8"
        )
    return int(not all(each.is_well() for each in found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
