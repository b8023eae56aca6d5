"""A small HTTP server on this machine that stands in for a supplier, in tests and in the demo.

A stand-in follows the supplier's published contract and can be told to fail: what happens on the day the
supplier is down is then something one can see.
"""

from __future__ import annotations

import json
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, Self
from urllib.parse import parse_qsl, urlsplit

_MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something goes wrong with the next `times` requests: no answer, a slow answer, or an HTTP status.

    'lost answer' does the work and then breaks the line: the caller cannot know whether it was done.
    """

    kind: Literal["down", "slow", "status", "lost answer"]
    times: int = 1
    status: int = 500
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as the stand-in sees it. Header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def form(self) -> dict[str, str]:
        """The fields of a form-encoded body."""
        return dict(parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What to answer. `content` is turned into JSON unless it is bytes."""

    status: int = 200
    content: object = None
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else json.dumps(self.content).encode()


class StandIn(ABC):
    """The server: override `answer`. Use as a context manager; `url` is where it listens, on loopback
    only.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.requests: list[Request] = []
        self.lock = threading.RLock()
        self._fault: Fault | None = None
        self._faults_left = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler_for(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def fail_with(self, fault: Fault) -> None:
        """The next `fault.times` requests meet this fault; it replaces one that was set before."""
        with self.lock:
            self._fault, self._faults_left = fault, fault.times

    def recover(self) -> None:
        """No fault any more."""
        with self.lock:
            self._faults_left = 0

    @abstractmethod
    def answer(self, request: Request) -> Answer:
        """What the supplier would answer."""

    def fault_answer(self, status: int) -> Answer:
        """The body the supplier sends with a failure status."""
        return Answer(status=status, content={"status_code": status})

    def respond(self, request: Request) -> Answer | None:
        """The answer, faults included; None means that the line breaks without one."""
        with self.lock:
            self.requests.append(request)
            fault = self._next_fault()
        if fault is None:
            return self.answer(request)
        if fault.kind == "status":
            return self.fault_answer(fault.status)
        if fault.kind == "slow":
            time.sleep(fault.seconds)
            return self.answer(request)
        if fault.kind == "lost answer":
            self.answer(request)
        return None

    def _next_fault(self) -> Fault | None:
        if self._faults_left <= 0:
            return None
        self._faults_left -= 1
        return self._fault


def _handler_for(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            length = min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES)
            request = Request(
                method=self.command,
                path=parts.path,
                query=dict(parse_qsl(parts.query)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(length),
            )
            answer = stand_in.respond(request)
            if answer is None:
                self.close_connection = True
                return
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            content = answer.as_bytes()
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(content)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except ConnectionError:
                self.close_connection = True  # the caller did not wait for a slow answer

        def log_message(self, format: str, *args: object) -> None:  # the library's own name
            """Nothing is logged: requests hold personal data; `requests` keeps them for tests."""

    return Handler
