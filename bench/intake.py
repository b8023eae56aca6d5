"""How many applications a second are stored, acknowledged and queued, beside django-helpdesk taking a ticket.

    python3 bench/intake.py [--quick] [--only SQLite|PostgreSQL] [--json FILE]

Two tests on SQLite and on PostgreSQL (with --quick on the second alone, unless --only says otherwise), each side in turn,
one web server process each, the same mail server (Front Door's worker is a process of its own; the peer sends its mail
before it answers):
 steady    20 forms a second for a minute; waits count from when each form was due to be sent
 flat out  customers who send the next form as soon as the last was answered
A form counts when its answer is there: case, update and outbox row (for the peer: ticket and email) are then stored.
"mail" is until the mail server has the acknowledgement. "whole form" is every page from the start to the confirmation.
Needs PostgreSQL's programs for its half: sudo apt-get install postgresql
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __package__ in (None, ""):  # called as a file: enter the environment, then run as a module
    enter = Path(__file__).resolve().parents[1] / "scripts" / "enter.py"
    os.execv(sys.executable, [sys.executable, str(enter), "base", "-m", "bench.intake", *sys.argv[1:]])

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic

import psycopg

from bench.figures import Figures, figures_of, table_of
from bench.http import Client
from bench.load import Sent, flat_out, over_and_over, steadily
from bench.peers import peer_interpreter
from bench.servers import free_port, plain_environment, python, running
from bench.sides import Ours, Peer
from scripts.postgres import NoPostgres, running_postgres


@dataclass(frozen=True)
class Plan:
    """How long each part runs. Seconds; `ready` is the most forms flat out may use in one round, `warm` how many whole
    forms come before anything counts, `mail` how long the mails of a part are waited for.
    """

    rate: float = 20.0
    steady: float = 60.0
    flat: float = 10.0
    rounds: int = 3
    clients: int = 8
    ready: int = 800
    whole: float = 10.0
    walkers: int = 4
    warm: int = 2
    mail: float = 30.0

    @property
    def steady_count(self) -> int:
        return round(self.rate * self.steady)


KINDS = ("SQLite", "PostgreSQL")
QUICK = Plan(steady=3.0, flat=2.0, rounds=1, ready=80, whole=1.0, walkers=1, warm=1, mail=5.0)


def main(words: Sequence[str]) -> int:
    """Run the plan on every database there is; print the tables."""
    parser = argparse.ArgumentParser(
        prog="bench/intake.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="short runs, on one database: under 50 seconds")
    parser.add_argument("--only", choices=KINDS, help="one database instead of both")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures to a file too")
    parser.add_argument("--clients", type=int, default=Plan.clients, help="customers at once, flat out")
    args = parser.parse_args(words)
    plan = QUICK if args.quick else Plan(clients=args.clients)
    peer = peer_interpreter()
    found: dict[str, object] = {}
    for kind in [args.only] if args.only else KINDS[-1:] if args.quick else KINDS:
        try:
            with _databases(kind) as (urls, folder):
                found[kind] = _measure(kind, urls, folder, peer, plan)
        except NoPostgres as fault:
            print(f"{kind} was not measured: {fault}", file=sys.stderr)
    if args.json:
        args.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    return 0


@contextmanager
def _databases(kind: str) -> Iterator[tuple[tuple[str, str], Path]]:
    """An empty database for each side, of the same kind on the same disk."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="frontdoor-bench-")))
        if kind == "SQLite":
            yield (f"sqlite:///{folder}/ours.sqlite3", f"sqlite:///{folder}/peer.sqlite3"), folder
            return
        url = stack.enter_context(running_postgres(is_durable=True))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE peer")
        yield (url, url.removesuffix("frontdoor") + "peer"), folder


def _measure(
    kind: str, urls: tuple[str, str], folder: Path, interpreter: Path, plan: Plan
) -> dict[str, object]:
    """Both sides on one kind of database, in turn."""
    smtp, mail = free_port(), folder / "mail"
    mail.touch()
    ours = Ours(urls[0], folder, smtp)
    peer = Peer(urls[1], folder, smtp, interpreter)
    with ThreadPoolExecutor(2) as hands:
        count = plan.steady_count + plan.rounds * plan.ready
        list(hands.map(lambda side: side.prepare(count), (ours, peer)))
    sink = python("-m", "bench.sink", str(smtp), str(mail))
    sink_runs = running(sink, plain_environment(), port=smtp, log=folder / "sink.log")
    with ExitStack() as stack, ThreadPoolExecutor(3) as hands:
        list(hands.map(stack.enter_context, (sink_runs, ours.runs(), peer.runs())))
        return asyncio.run(_both(kind, ours, peer, mail, plan))


async def _both(kind: str, ours: Ours, peer: Peer, mail: Path, plan: Plan) -> dict[str, object]:
    clients = {side.name: Client(side.port) for side in (ours, peer)}
    found: dict[str, object] = {}
    # the first page of each loads what a process loads once
    await asyncio.gather(*(_warm_up(side, clients[side.name], plan) for side in (ours, peer)))
    cpu = {side.name: side.cpu() for side in (ours, peer)}
    steady = {side.name: await _steady(side, clients[side.name], mail, plan) for side in (ours, peer)}
    cpu = {side.name: _used(cpu[side.name], side.cpu(), steady[side.name].sent) for side in (ours, peer)}
    _tell(f"{kind}, {plan.rate:.0f} a second for {plan.steady:.0f} s", steady, found, "steady")
    found["cpu ms a form"] = cpu
    print(
        f"Processor time a form, ms: Front Door {_said(cpu['ours'])}; django-helpdesk {_said(cpu['peer'])}\n"
    )
    rounds: dict[str, list[Figures]] = {"ours": [], "peer": []}
    for _ in range(plan.rounds):
        for side in (ours, peer):
            rounds[side.name].append(await _flat(side, clients[side.name], mail, plan))
    flat = {name: _median(each) for name, each in rounds.items()}
    _tell(f"{kind}, flat out, {plan.clients} customers at once", flat, found, "flat out")
    whole = {side.name: await _whole(side, plan) for side in (ours, peer)}
    found["whole form"] = whole
    print(
        f"{kind}, whole form, {plan.walkers} customers at once: Front Door {whole['ours']:.2f} a second "
        f"(some 50 requests each), django-helpdesk {whole['peer']:.2f} a second (3 requests each)\n",
        flush=True,
    )
    for client in clients.values():
        client.close()
    return found


def _used(before: dict[str, float], after: dict[str, float], count: int) -> dict[str, float]:
    """Milliseconds of processor time for each form, by program: what a busy machine leaves as it is."""
    return {name: (after[name] - before[name]) * 1000 / count for name in after}


def _said(used: dict[str, float]) -> str:
    return " and ".join(f"{ms:.1f} in the {name}" for name, ms in used.items())


async def _warm_up(side: Ours | Peer, client: Client, plan: Plan) -> None:
    for _ in range(plan.warm):
        await side.whole_form(client)


async def _steady(side: Ours | Peer, client: Client, mail: Path, plan: Plan) -> Figures:
    shots = await side.shots(client, plan.steady_count)
    return await _with_mail(await steadily(client, shots, rate=plan.rate), mail, plan)


async def _flat(side: Ours | Peer, client: Client, mail: Path, plan: Plan) -> Figures:
    shots = await side.shots(client, plan.ready)
    sent = await flat_out(client, shots, clients=plan.clients, seconds=plan.flat)
    return await _with_mail(sent, mail, plan)


async def _whole(side: Ours | Peer, plan: Plan) -> float:
    clients = [Client(side.port) for _ in range(plan.walkers)]
    done, seconds = await over_and_over(
        side.whole_form, iter(clients), count=plan.walkers, seconds=plan.whole
    )
    for client in clients:
        client.close()
    return done / seconds


async def _with_mail(sent: Sequence[Sent], mail: Path, plan: Plan) -> Figures:
    """Wait until every acknowledgement is with the mail server, so that the other side's turn begins in peace."""
    wanted = {each.recipient for each in sent if each.is_taken}
    end = monotonic() + plan.mail
    while monotonic() < end:
        came = _mail_of(mail, since=min(each.planned for each in sent))
        if wanted <= came.keys():
            break
        await asyncio.sleep(0.1)
    return figures_of(sent, came)


def _mail_of(mail: Path, *, since: float) -> dict[str, float]:
    """When each recipient's first message since then came; both sides write to the same made-up people."""
    came: dict[str, float] = {}
    for line in mail.read_text("utf-8").splitlines():
        at, recipient, _ = line.split(" ", 2)
        if float(at) >= since:
            came.setdefault(recipient, float(at))
    return came


def _median(rounds: Sequence[Figures]) -> Figures:
    """The round whose rate is in the middle."""
    return sorted(rounds, key=lambda each: each.per_second)[len(rounds) // 2]


def _tell(title: str, both: dict[str, Figures], found: dict[str, object], name: str) -> None:
    print(table_of(title, both["ours"], both["peer"]), flush=True)
    found[name] = {side: figures.as_json() for side, figures in both.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
