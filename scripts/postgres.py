"""A private PostgreSQL for tests and benchmarks: a cluster in a folder of its own, on a free loopback port.

    with running_postgres() as url: ...

Safe only for data that may be lost: it does not wait for the disk.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

INSTALL = "sudo apt-get install postgresql"
OWNERS = ("postgres", "nobody")
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
}
DURABLE = {"max_connections": "200", "listen_addresses": "127.0.0.1"}


class NoPostgres(Exception):
    """PostgreSQL's own programs are not on this machine. Install them: sudo apt-get install postgresql"""


def programs() -> Path:
    """The folder of initdb and postgres, of the newest version found. Raises NoPostgres."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if found is None:
        raise NoPostgres(NoPostgres.__doc__)
    return Path(found).resolve().parent


@contextmanager
def running_postgres(*, is_durable: bool = False) -> Iterator[str]:
    """Start a server, give the address of an empty database named `frontdoor`, stop and remove everything at the end.

    `is_durable`: wait for the disk at every commit, as in use (for benchmarks).
    """
    with Server.made(is_durable=is_durable) as server:
        yield server.url


class Server:
    """A server that can be stopped and started again. `Server.made()` makes one and removes it at the end."""

    def __init__(self, binaries: Path, folder: Path, options: Mapping[str, str]) -> None:
        self._binaries, self._folder, self._options = binaries, folder, options
        self._port = _free_port()
        self._running: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def made(cls, *, is_durable: bool = False, also: str = "", network: str = "") -> Iterator[Server]:
        """A running server with an empty database named `frontdoor`.

        `also`: another address of this machine to listen on; `network`: whose hosts may come in there (10.0.0.0/24).
        """
        folder = Path(tempfile.mkdtemp(prefix="frontdoor-postgres-"))
        options = dict(DURABLE if is_durable else OPTIONS)
        options["listen_addresses"] = f"{options['listen_addresses']},{also}".rstrip(",")
        server = cls(programs(), folder, options)
        try:
            _make_cluster(server._binaries, folder)
            if network:
                with (folder / "data" / "pg_hba.conf").open("a", encoding="ascii") as rules:
                    rules.write(f"host all all {network} trust\n")
            server.start()
            place = ["-h", "127.0.0.1", "-p", str(server._port), "-U", "postgres"]
            _run([f"{server._binaries}/createdb", *place, "frontdoor"])
            yield server
        finally:
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgres://postgres@127.0.0.1:{self._port}/frontdoor"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._running = _start(self._binaries, self._folder, self._port, self._options)
        _wait_until_ready(self._binaries, self._port, self._running)

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        if self._running is None:
            return
        self._running.terminate()  # SIGTERM lets clients finish; SIGINT below does not
        try:
            self._running.wait(2)
        except subprocess.TimeoutExpired:
            self._running.send_signal(signal.SIGINT)
            self._running.wait(20)
        self._running = None


def _make_cluster(binaries: Path, folder: Path) -> None:
    user, group = _owner()
    if user is not None and group is not None:
        os.chown(folder, user, group)
    kind = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    _run([f"{binaries}/initdb", "-D", f"{folder}/data", *kind])


def _start(binaries: Path, folder: Path, port: int, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    words = [f"{binaries}/postgres", "-D", f"{folder}/data", "-p", str(port), "-k", str(folder)]
    for name, value in options.items():
        words += ["-c", f"{name}={value}"]
    user, group = _owner()
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            words, stdout=log, stderr=log, cwd=folder, start_new_session=True, user=user, group=group
        )


def _wait_until_ready(binaries: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    ready = [f"{binaries}/pg_isready", "-q", "-t", "1", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(150):
        if subprocess.run(ready, check=False).returncode == 0:
            return
        try:
            server.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        raise NoPostgres(f"The private PostgreSQL server ended at once with status {server.returncode}.")
    raise NoPostgres("The private PostgreSQL server did not answer within 30 seconds.")


def _run(words: Sequence[str]) -> None:
    user, group = _owner()
    done = subprocess.run(words, check=False, capture_output=True, text=True, cwd="/", user=user, group=group)
    if done.returncode:
        raise NoPostgres(f"`{' '.join(words)}` failed: {done.stderr.strip()}")


def _owner() -> tuple[int, int] | tuple[None, None]:
    """PostgreSQL refuses to run as root: then a plain account of this machine owns the cluster."""
    if os.getuid() != 0:
        return None, None
    for name in OWNERS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return account.pw_uid, account.pw_gid
    raise NoPostgres(
        f"PostgreSQL cannot run as root, and there is no account {' or '.join(OWNERS)} to run it as."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
