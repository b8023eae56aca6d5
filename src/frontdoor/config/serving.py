"""Running the web server and the worker, together or apart, and stopping them cleanly."""

from __future__ import annotations

import errno
import random
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType

import uvicorn

from frontdoor.jobs.table import JOBS, SWEEPS
from frontdoor.jobs.worker import STOP_SECONDS, Worker
from frontdoor.kernel.clock import now_utc

GRACE_SECONDS = 10


class PortTaken(Exception):
    """The port is in use by another program. Stop that one, or choose another port with --port."""


def bind(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done. Raises PortTaken, or OSError where the host is not of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as fault:
        taken.close()
        if fault.errno != errno.EADDRINUSE:
            raise
        raise PortTaken(
            f"Port {port} on {host} is in use: Front Door or another program is running there already. "
            f"Stop it, or start on another port: ./run --port {port + 1}"
        ) from fault
    return taken


def serve(taken: socket.socket) -> None:
    """Serve the web application on a bound port until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        "frontdoor.config.asgi:application",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    with (
        signals_noted()
    ):  # the server passes a signal on once it has shut down: it must not end the process here
        uvicorn.Server(config).run(sockets=[taken])


def new_worker(hands: int) -> Worker:
    """A worker with everything in the table to do."""
    return Worker(jobs=JOBS, sweeps=SWEEPS, clock=now_utc, rng=random.SystemRandom(), hands=hands)


@contextmanager
def worker_beside(hands: int) -> Iterator[None]:
    """Run a worker in a thread of this process, and stop it at the end."""
    worker = new_worker(hands)
    thread = Thread(target=worker.run, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join(STOP_SECONDS)


def work(hands: int) -> None:
    """Work until SIGINT or SIGTERM."""
    worker = new_worker(hands)
    with signals_noted() as noted:
        thread = Thread(target=worker.run, name="worker", daemon=True)
        thread.start()
        noted.wait()
        worker.stop()
        thread.join(STOP_SECONDS)


@contextmanager
def signals_noted() -> Iterator[Event]:
    """SIGINT and SIGTERM set the event instead of ending the process; the old handlers come back afterwards."""
    noted = Event()

    def note(number: int, frame: FrameType | None) -> None:
        noted.set()

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
