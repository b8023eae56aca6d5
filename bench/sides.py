"""The two that are measured: each prepares a database, runs one server process, and makes forms ready to be sent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.blue_badge import SERVICE, email_of, typed_by
from bench.http import Client, get, post
from bench.load import Shot
from bench.servers import CHECKOUT, cpu_seconds, free_port, plain_environment, python, running
from bench.walk import TOKEN, Walk

PREPARE_SECONDS = 600
WALKS_FROM = (
    5_000_000  # numbers of customers: those who walk the form are others than those whose drafts are ready
)


class NotPrepared(Exception):
    """A side could not be prepared; the words of the command that failed are in the message."""


class Side(Protocol):
    """What a measurement needs of a side. `runs` serves while the context is open."""

    name: str
    port: int

    def prepare(self, count: int) -> None: ...
    def runs(self) -> object: ...
    def cpu(self) -> dict[str, float]: ...
    async def shots(self, client: Client, count: int) -> list[Shot]: ...
    async def whole_form(self, client: Client) -> bool: ...


@dataclass
class Ours:
    """Front Door: one web process (`./run web`) and its worker beside it (`./run worker`), every check on."""

    database_url: str
    folder: Path
    smtp_port: int
    name: str = "ours"
    port: int = field(default_factory=free_port)
    _ready: list[Shot] = field(default_factory=list)
    _walks: int = WALKS_FROM
    _programs: dict[str, int] = field(default_factory=dict)

    def prepare(self, count: int) -> None:
        """Tables, the team, and `count` applications filled in. Raises NotPrepared."""
        words = python("-m", "bench.drafts", str(count), "1")
        for line in output_of(words, self.environment(), self.folder / "drafts.log").splitlines():
            made = json.loads(line)
            fields = {"csrfmiddlewaretoken": made["token"]}
            request = post(f"/apply/{SERVICE}/check", made["cookies"], fields)
            self._ready.append(Shot(request, made["recipient"]))

    @contextmanager
    def runs(self) -> Iterator[None]:
        """One web server, and the worker that hands the acknowledgements over; the peer does that while it answers."""
        web = python("-m", "frontdoor", "web", "--port", str(self.port))
        worker = python("-m", "frontdoor", "worker")
        environment = self.environment()
        with (
            running(worker, environment, port=None, log=self.folder / "worker.log") as behind,
            running(web, environment, port=self.port, log=self.folder / "web.log") as front,
        ):
            self._programs = {"web server": front, "worker": behind}
            yield

    def cpu(self) -> dict[str, float]:
        """Seconds of processor time used so far, by program."""
        return {name: cpu_seconds(pid) for name, pid in self._programs.items()}

    async def shots(self, client: Client, count: int) -> list[Shot]:
        """The next `count` applications that nobody has sent yet; fewer when there are no more."""
        taken, self._ready = self._ready[:count], self._ready[count:]
        return taken

    async def whole_form(self, client: Client) -> bool:
        """One customer from the start page to the confirmation."""
        self._walks += 1
        return await Walk(client, typed_by(self._walks)).go()

    def environment(self) -> dict[str, str]:
        """The settings that every process of ours runs with."""
        return plain_environment(
            FRONTDOOR_HOME=str(self.folder / "home"),
            FRONTDOOR_DATABASE_URL=self.database_url,
            FRONTDOOR_LOG="json",
            FRONTDOOR_EMAIL_BY="smtp",
            FRONTDOOR_SMTP_HOST="127.0.0.1",
            FRONTDOOR_SMTP_PORT=str(self.smtp_port),
            FRONTDOOR_SMTP_SECURITY="none",
        )


@dataclass
class Peer:
    """django-helpdesk: its public form for a new ticket, its own emails to the submitter, on the same server."""

    database_url: str
    folder: Path
    smtp_port: int
    interpreter: Path
    name: str = "peer"
    port: int = field(default_factory=free_port)
    _number: int = 0
    _programs: dict[str, int] = field(default_factory=dict)

    def prepare(self, count: int) -> None:
        """Tables and a queue. Raises NotPrepared."""
        words = [str(self.interpreter), "-m", "bench.peer.prepare"]
        output_of(words, self.environment(), self.folder / "peer-prepare.log")

    @contextmanager
    def runs(self) -> Iterator[None]:
        """The peer on the server that ours runs on, set in the same way."""
        words = [str(self.interpreter), "-m", "uvicorn", "bench.peer.asgi:application", "--lifespan", "off"]
        words += ["--no-access-log", "--log-level", "warning", "--port", str(self.port)]
        with running(words, self.environment(), port=self.port, log=self.folder / "peer.log") as pid:
            self._programs = {"web server": pid}
            yield

    def cpu(self) -> dict[str, float]:
        """Seconds of processor time used so far, by program."""
        return {name: cpu_seconds(pid) for name, pid in self._programs.items()}

    async def shots(self, client: Client, count: int) -> list[Shot]:
        """`count` tickets filled in; the form's token and cookie come from its own page."""
        page = await client.ask(get("/tickets/submit/", {}))
        return [self._ticket(page.body, page.cookies) for _ in range(count)]

    async def whole_form(self, client: Client) -> bool:
        """One person: the form, then the ticket as it was taken."""
        page = await client.ask(get("/tickets/submit/", {}))
        sent = await client.ask(self._ticket(page.body, page.cookies).request)
        return (await client.ask(get(sent.location, page.cookies))).status == 200

    def _ticket(self, page: bytes, cookies: dict[str, str] | object) -> Shot:
        self._number += 1
        token = TOKEN.search(page)
        if token is None or not isinstance(cookies, dict):
            raise NotPrepared("The peer's page has no form: no queue is open to the public.")
        typed = typed_by(self._number)
        fields = {
            "csrfmiddlewaretoken": token[1].decode(),
            "queue": "1",
            "title": f"Blue Badge for {typed['full_name']['full_name']}",
            "body": "\r\n".join(f"{name}: {', '.join(each.values())}" for name, each in typed.items()),
            "priority": "3",
            "due_date": "",
            "submitter_email": email_of(self._number),
        }
        return Shot(post("/tickets/submit/", cookies, fields), email_of(self._number))

    def environment(self) -> dict[str, str]:
        """The settings that every process of the peer runs with."""
        return plain_environment(PEER_DATABASE_URL=self.database_url, PEER_SMTP_PORT=str(self.smtp_port))


def output_of(words: Sequence[str], environment: dict[str, str], log: Path) -> str:
    """What a command printed; its complaints go to `log`. Raises NotPrepared."""
    with log.open("wb") as errors:
        done = subprocess.run(
            words,
            cwd=CHECKOUT,
            env=environment,
            check=False,
            stdout=-1,
            stderr=errors,
            timeout=PREPARE_SECONDS,
        )
    if done.returncode:
        raise NotPrepared(f"`{' '.join(words)}` failed:\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return done.stdout.decode()
