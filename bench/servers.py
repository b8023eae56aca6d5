"""The programs of a run: started here, waited for, and ended by their own process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

CHECKOUT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0
STOP_SECONDS = 30.0


class DidNotStart(Exception):
    """A program of the benchmark ended, or did not answer within a minute. Its last words are in the message."""


@contextmanager
def running(
    words: Sequence[str], environment: Mapping[str, str], *, port: int | None, log: Path
) -> Iterator[int]:
    """Start a program, wait until it listens (`port` None: it does not), give its id, end it. Raises DidNotStart."""
    with log.open("wb") as kept:
        program = subprocess.Popen(
            words, cwd=CHECKOUT, env=environment, stdout=kept, stderr=subprocess.STDOUT
        )
    try:
        if port is not None:
            _wait_until_it_listens(program, port, log)
        yield program.pid
    finally:
        program.terminate()
        try:
            program.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def cpu_seconds(pid: int) -> float:
    """Processor time a running program has used, its own and the system's for it. 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return 0.0
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port of the loopback address that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def plain_environment(**added: str) -> dict[str, str]:
    """This process's environment without any setting of an installation, and with the checkout to import from."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FRONTDOOR_", "DJANGO_", "PEER_"))
    }
    path = os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)])
    return {**kept, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **added}


def python(*words: str) -> list[str]:
    """A command of the Python that runs the benchmark."""
    return [sys.executable, *words]


def _wait_until_it_listens(program: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = monotonic() + START_SECONDS
    while monotonic() < end:
        if program.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    words = log.read_text("utf-8", "replace")[-2000:]
    raise DidNotStart(f"Port {port} does not answer. {DidNotStart.__doc__}\n{words}")
