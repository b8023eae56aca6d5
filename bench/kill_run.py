"""One kill run: programs that are killed and started again, hosts that are cut off, and customers who do not give up."""

from __future__ import annotations

import asyncio
import random
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from bench.hosts import HERE, THIS_MACHINE, Host
from bench.http import Client, NoAnswer
from bench.kill_counts import Asked, Counted, count
from bench.load import FOUND, Shot
from bench.servers import CHECKOUT, free_port, plain_environment, python, running
from bench.sides import Ours

CUSTOMERS = 4
AGAIN_SECONDS = 0.5
ANSWER_SECONDS = 10.0
PATIENCE = 300.0
SETTLE_SECONDS = 240.0
LEASE = 4
LOOK_SECONDS = 0.2


@dataclass
class Kept:
    """A program on a host, that is killed and started again."""

    host: Host
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of the program itself; 0 where it never ran."""
        return self.running.pid if self.running else 0

    def start(self) -> None:
        """Start it."""
        words = self.host.words(self.command)
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                words, cwd=CHECKOUT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()


@dataclass
class Run:
    """One run on one database. Programs run on `webs` and `workers`, one on each; a host may have both."""

    url: str
    folder: Path
    forms: int
    every: float
    rng: random.Random
    webs: Sequence[Host] = (THIS_MACHINE,)
    workers: Sequence[Host] = (THIS_MACHINE,)
    counted: Counted = field(default_factory=Counted)
    _looking: list[asyncio.Task[None]] = field(default_factory=list)

    def go(self) -> Counted:
        """Prepare, load and kill, let it settle, count."""
        smtp, mail = free_port(), self.folder / "mail"
        mail.touch()
        side = Ours(self.url, self.folder, smtp)
        side.prepare(self.forms)
        environment = {**side.environment(), "FRONTDOOR_LEASE_SECONDS": str(LEASE)}
        if self._is_spread:
            environment["FRONTDOOR_SMTP_HOST"] = HERE
            environment["FRONTDOOR_DATABASE_URL"] = self.url.replace("127.0.0.1", HERE)
        serve = python("-m", "frontdoor", "web", "--port", str(side.port), "--host")
        webs = [self._kept("web", host, [*serve, host.address], environment) for host in self.webs]
        work = python("-m", "frontdoor", "worker")
        workers = [self._kept("worker", host, work, environment) for host in self.workers]
        sink = python("-m", "bench.sink", str(smtp), str(mail), "0.0.0.0" if self._is_spread else "127.0.0.1")
        with (
            running(sink, plain_environment(), port=smtp, log=self.folder / "sink.log"),
            all_started([*webs, *workers]),
        ):
            asyncio.run(self._load(side, webs, workers))
            self._settle()
            count(self.counted, Asked(self.url), mail)
            self.counted.chain_broken = int(not self._chain_holds(side.environment()))
        return self.counted

    @property
    def _is_spread(self) -> bool:
        return any(host.holder is not None for host in self.webs)

    def _kept(self, kind: str, host: Host, command: Sequence[str], environment: dict[str, str]) -> Kept:
        return Kept(host, command, environment, self.folder / f"{kind}-{host.name.replace(' ', '-')}.log")

    # --- Customers ------------------------------------------------------------------------------------------

    async def _load(self, side: Ours, webs: list[Kept], workers: list[Kept]) -> None:
        waiting = iter(await side.shots(Client(side.port), self.forms))
        killer = asyncio.create_task(self._do_harm(side.port, webs, workers))
        await asyncio.gather(*(self._customer(side.port, waiting) for _ in range(CUSTOMERS)))
        killer.cancel()
        with suppress(asyncio.CancelledError):
            await killer
        for host in {*self.webs, *self.workers}:
            if host.holder is not None:
                host.join_again()
        await asyncio.gather(*self._looking)

    async def _customer(self, port: int, waiting: Iterator[Shot]) -> None:
        for shot in waiting:
            end = monotonic() + PATIENCE
            while not await self._is_taken(port, shot) and monotonic() < end:
                self.counted.asked_again += 1
                await asyncio.sleep(AGAIN_SECONDS)
            self.counted.not_taken += monotonic() >= end

    async def _is_taken(self, port: int, shot: Shot) -> bool:
        """Any web server will do, as behind a proxy that shares requests out."""
        client = Client(port, self.rng.choice(self.webs).address, ANSWER_SECONDS)
        try:
            answer = await client.ask(shot.request)
        except (NoAnswer, OSError):
            return False
        finally:
            client.close()
        self.counted.sent += answer.status == FOUND
        return answer.status == FOUND

    # --- Harm -----------------------------------------------------------------------------------------------

    async def _do_harm(self, port: int, webs: list[Kept], workers: list[Kept]) -> None:
        while True:
            await asyncio.sleep(self.rng.uniform(0.2, 2 * self.every))
            hit = self.rng.choice([*await self._to_spare(port, webs), *workers])
            if hit.host.holder is not None and self.rng.random() < 1 / 3:
                await self._cut_off(hit, hit in workers)
                continue
            hit.kill()
            if hit in workers:
                self.counted.worker_killed += 1
                self._look_after_rows_of(hit.pid)
            else:
                self.counted.web_killed += 1
            hit.start()

    async def _cut_off(self, hit: Kept, is_worker: bool) -> None:
        """For longer than a lease, so that its rows go to others while it still believes that it has them."""
        hit.host.cut_off()
        self.counted.cut_off += 1
        if is_worker:
            self._look_after_rows_of(hit.pid)
        await asyncio.sleep(self.rng.uniform(LEASE + 1, 3 * LEASE))
        hit.host.join_again()

    def _look_after_rows_of(self, pid: int) -> None:
        self._looking.append(asyncio.create_task(self._see_taken_over(pid, monotonic())))

    async def _see_taken_over(self, pid: int, since: float) -> None:
        """Note for each row that the worker had in hand how long it took until another had it, or had done it."""
        asked = Asked(self.url)
        held = await asyncio.to_thread(asked.held_by, pid)
        while held and monotonic() < since + PATIENCE:
            await asyncio.sleep(LOOK_SECONDS)
            gone = held - await asyncio.to_thread(asked.held_by, pid)
            self.counted.taken_over += [monotonic() - since] * len(gone)
            held -= gone

    async def _to_spare(self, port: int, webs: list[Kept]) -> list[Kept]:
        """The web servers, once all of them answer: where each is killed while it starts, no form is taken in."""
        answering = await asyncio.gather(*(_answers(web.host.address, port) for web in webs))
        return webs if all(answering) else []

    # --- Afterwards -----------------------------------------------------------------------------------------

    def _settle(self) -> None:
        end = monotonic() + SETTLE_SECONDS
        asked = Asked(self.url)
        while asked.waiting() and monotonic() < end:
            sleep(1)

    def _chain_holds(self, environment: dict[str, str]) -> bool:
        verify = python("-m", "frontdoor", "journal", "verify")
        done = subprocess.run(verify, cwd=CHECKOUT, env=environment, check=False, capture_output=True)
        return done.returncode == 0


async def _answers(address: str, port: int) -> bool:
    try:
        async with asyncio.timeout(2):
            _, writer = await asyncio.open_connection(address, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


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
