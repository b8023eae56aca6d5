"""Web servers and workers are killed (SIGKILL) at random points under load: is anything lost, double, or unrecorded?

    python -m bench.kill [--quick] [--json FILE] [--forms N] [--every SECONDS] [--seed N]

Customers send finished applications and try again until they are told that theirs is in, as a browser's user would.
Meanwhile a web server or a worker is killed every few seconds and started again. Then the database is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic

import psycopg

from bench.http import Client, NoAnswer
from bench.load import FOUND, Shot
from bench.servers import CHECKOUT, free_port, plain_environment, python, running
from bench.sides import Ours
from scripts.postgres import NoPostgres, running_postgres

CUSTOMERS = 4
AGAIN_SECONDS = 0.5
PATIENCE = 180.0
SETTLE_SECONDS = 240.0
Rows = list[tuple[object, ...]]

WAITING = (
    "SELECT (SELECT count(*) FROM contacts_delivery WHERE done_at IS NULL AND claimed_by <> '')"
    " + (SELECT count(*) FROM contacts_delivery WHERE done_at IS NULL AND next_try_at <= {now})"
    " + (SELECT count(*) FROM cases_timer WHERE done_at IS NULL AND lapsed_at IS NULL AND next_try_at <= {now})"
)
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "now()"}
NOT_RECORDED = (
    "SELECT count(*) FROM cases_case c WHERE NOT EXISTS"
    " (SELECT 1 FROM journal_journalentry j WHERE j.case_id = c.id AND j.event = 'case opened')"
)
RECORDED_TWICE = (
    "SELECT count(*) FROM (SELECT case_id FROM journal_journalentry WHERE event = 'case opened'"
    " GROUP BY case_id HAVING count(*) > 1) AS twice"
)
NOT_TOLD = (
    "SELECT count(*) FROM cases_case c WHERE NOT EXISTS (SELECT 1 FROM cases_update u WHERE u.case_id = c.id)"
)
TOLD_TWICE = (
    "SELECT count(*) FROM (SELECT case_id, customer_id, occasion FROM cases_update"
    " GROUP BY case_id, customer_id, occasion HAVING count(*) > 1) AS twice"
)
CASES = "SELECT count(*), count(DISTINCT draft_id) FROM cases_case"
SENT = 'SELECT "to", count(*) FROM contacts_delivery WHERE done_at IS NOT NULL GROUP BY "to"'


@dataclass
class Counted:
    """What a run came to. All but the first four must be 0, and `mails_repeated` is what SMTP cannot prevent."""

    sent: int = 0
    web_killed: int = 0
    worker_killed: int = 0
    asked_again: int = 0
    not_taken: int = 0
    lost: int = 0
    double: int = 0
    without_entry: int = 0
    entry_twice: int = 0
    not_acknowledged: int = 0
    acknowledged_twice: int = 0
    still_waiting: int = 0
    mails_missing: int = 0
    chain_broken: int = 0
    mails_repeated: int = 0


@dataclass
class Kept:
    """A program that is killed and started again."""

    words: Sequence[str]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.words, cwd=CHECKOUT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()


@dataclass
class Run:
    """One run on one database."""

    kind: str
    url: str
    folder: Path
    forms: int
    every: float
    rng: random.Random
    counted: Counted = field(default_factory=Counted)

    def go(self) -> Counted:
        """Prepare, load and kill, let it settle, count."""
        smtp, mail = free_port(), self.folder / "mail"
        side = Ours(self.url, self.folder, smtp)
        side.prepare(self.forms)
        environment = {**side._environment(), "FRONTDOOR_LEASE_SECONDS": "4"}
        web = Kept(
            python("-m", "frontdoor", "web", "--port", str(side.port)), environment, self.folder / "web.log"
        )
        workers = [
            Kept(python("-m", "frontdoor", "worker"), environment, self.folder / f"worker{number}.log")
            for number in range(1 if self.kind == "sqlite" else 2)
        ]
        programs = [web, *workers]
        sink = python("-m", "bench.sink", str(smtp), str(mail))
        with (
            running(sink, plain_environment(), port=smtp, log=self.folder / "sink.log"),
            all_started(programs),
        ):
            asyncio.run(self._load(side, web, workers))
            self._settle()
            self._count(mail, environment)
        return self.counted

    async def _load(self, side: Ours, web: Kept, workers: list[Kept]) -> None:
        shots = await side.shots(Client(side.port), self.forms)
        waiting = iter(shots)
        killer = asyncio.create_task(self._kill(side.port, web, workers))
        await asyncio.gather(*(self._customer(side.port, waiting) for _ in range(CUSTOMERS)))
        killer.cancel()
        with suppress(asyncio.CancelledError):
            await killer

    async def _customer(self, port: int, waiting: Iterator[Shot]) -> None:
        for shot in waiting:
            end = monotonic() + PATIENCE
            while not await self._is_taken(port, shot) and monotonic() < end:
                self.counted.asked_again += 1
                await asyncio.sleep(AGAIN_SECONDS)
            self.counted.not_taken += monotonic() >= end

    async def _is_taken(self, port: int, shot: Shot) -> bool:
        client = Client(port)
        try:
            answer = await client.ask(shot.request)
        except (NoAnswer, OSError):
            return False
        finally:
            client.close()
        self.counted.sent += answer.status == FOUND
        return answer.status == FOUND

    async def _kill(self, port: int, web: Kept, workers: list[Kept]) -> None:
        await self._until_it_answers(port)
        while True:
            await asyncio.sleep(self.rng.uniform(0.2, 2 * self.every))
            hit = self.rng.choice([web, *workers])
            hit.kill()
            if hit is web:
                self.counted.web_killed += 1
            else:
                self.counted.worker_killed += 1
            hit.start()
            if hit is web:
                await self._until_it_answers(port)

    async def _until_it_answers(self, port: int) -> None:
        """A server that is killed while it starts takes no form in: then nothing would be proved."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.1)

    def _settle(self) -> None:
        end = monotonic() + SETTLE_SECONDS
        while self._number(WAITING.format(now=NOW[self.kind])) and monotonic() < end:
            subprocess.run(["sleep", "1"], check=True)

    def _count(self, mail: Path, environment: dict[str, str]) -> None:
        told = self.counted
        told.still_waiting = self._number(WAITING.format(now=NOW[self.kind]))
        cases, drafts = (int(str(each)) for each in self._ask(CASES)[0])
        told.lost, told.double = max(0, told.sent - drafts), cases - drafts
        told.without_entry, told.entry_twice = self._number(NOT_RECORDED), self._number(RECORDED_TWICE)
        told.not_acknowledged, told.acknowledged_twice = self._number(NOT_TOLD), self._number(TOLD_TWICE)
        arrived = Counter(line.split(" ", 1)[1] for line in mail.read_text("utf-8").splitlines())
        due = Counter({str(to): int(str(count)) for to, count in self._ask(SENT)})
        told.mails_missing, told.mails_repeated = (due - arrived).total(), (arrived - due).total()
        verify = python("-m", "frontdoor", "journal", "verify")
        told.chain_broken = int(
            subprocess.run(verify, cwd=CHECKOUT, env=environment, check=False, capture_output=True).returncode
            != 0
        )

    def _number(self, sql: str) -> int:
        return int(str(self._ask(sql)[0][0]))

    def _ask(self, sql: str) -> Rows:
        if self.kind == "postgresql":
            with psycopg.connect(self.url) as database:
                return list(database.execute(sql.encode()))
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=60)) as file:
            return list(file.execute(sql))


@contextmanager
def all_started(programs: Sequence[Kept]) -> Iterator[None]:
    """Started, and ended whatever happens."""
    for program in programs:
        program.start()
    try:
        yield
    finally:
        for program in programs:
            program.kill()


def databases(folder: Path) -> Iterator[tuple[str, Callable[[], AbstractContextManager[str]]]]:
    """Each kind of database with a way to have one; PostgreSQL where it is here."""
    yield "sqlite", lambda: nullcontext(f"sqlite:///{folder / 'sqlite' / 'db.sqlite3'}")
    yield "postgresql", running_postgres


def main(words: Sequence[str]) -> int:
    """Run on each database and print what was counted; 1 where anything that must be 0 is not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer forms")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument(
        "--forms", type=int, default=0, help="applications a database (default: 400, quick: 60)"
    )
    parser.add_argument("--every", type=float, default=4.0, help="seconds between two kills, on average")
    parser.add_argument("--seed", type=int, default=1, help="of the random points")
    args = parser.parse_args(words)
    forms = args.forms or (60 if args.quick else 400)
    results: dict[str, Counted] = {}
    with tempfile.TemporaryDirectory(prefix="frontdoor-kill-") as place:
        for kind, made in databases(Path(place)):
            folder = Path(place) / kind
            folder.mkdir()
            try:
                with made() as url:
                    results[kind] = Run(kind, url, folder, forms, args.every, random.Random(args.seed)).go()
            except NoPostgres as fault:
                print(f"{kind}: left out. {fault}", file=sys.stderr)
    print(table(results))
    if args.json:
        args.json.write_text(
            json.dumps({kind: asdict(each) for kind, each in results.items()}, indent=1), "utf-8"
        )
    return int(any(faults(each) for each in results.values()))


def faults(counted: Counted) -> int:
    """The sum of all that must be 0."""
    free = {"sent", "web_killed", "worker_killed", "asked_again", "mails_repeated"}
    return sum(value for name, value in asdict(counted).items() if name not in free)


def table(results: dict[str, Counted]) -> str:
    """One line a figure, one column a database."""
    lines = [f"{'':24}" + "".join(f"{kind:>12}" for kind in results)]
    lines += [
        f"{name.replace('_', ' '):24}" + "".join(f"{getattr(each, name):>12}" for each in results.values())
        for name in asdict(Counted())
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
