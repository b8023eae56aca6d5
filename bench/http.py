"""A small HTTP client over kept-alive connections: light, so that the load does not eat the machine it measures."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlencode

FRESH_SECONDS = 3.0
"""Longest a connection lies idle before it is left alone; the servers close theirs after five seconds."""
ANSWER_SECONDS = 30.0


class NoAnswer(Exception):
    """The server did not answer in full in time, or closed the connection."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads; empty where it is none."""
        return self.headers.get("location", "")


@dataclass
class Client:
    """Asks one server; any number of requests at once. `seconds` is how long an answer may take."""

    port: int
    host: str = "127.0.0.1"
    seconds: float = ANSWER_SECONDS
    _idle: deque[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=deque)

    async def ask(self, request: bytes) -> Answer:
        """Send a whole request and read the whole answer. Raises NoAnswer."""
        reader, writer = await self._connection()
        try:
            writer.write(request)
            async with asyncio.timeout(self.seconds):
                answer = await _read(reader)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as fault:
            writer.close()
            raise NoAnswer(f"{type(fault).__name__} from port {self.port}. {NoAnswer.__doc__}") from fault
        self._idle.append((monotonic(), reader, writer))
        return answer

    def close(self) -> None:
        """Close what is open."""
        for _, _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._idle:
            since, reader, writer = self._idle.pop()
            if monotonic() - since < FRESH_SECONDS and not reader.at_eof():
                return reader, writer
            writer.close()
        try:
            async with asyncio.timeout(self.seconds):
                return await asyncio.open_connection(self.host, self.port)
        except TimeoutError as fault:
            raise NoAnswer(f"Nobody took the call on port {self.port}. {NoAnswer.__doc__}") from fault


def get(path: str, cookies: Mapping[str, str]) -> bytes:
    """A request for a page, as bytes."""
    return _head("GET", path, cookies) + b"\r\n"


def post(path: str, cookies: Mapping[str, str], fields: Mapping[str, str | list[str]]) -> bytes:
    """A form being sent, as bytes."""
    body = urlencode(fields, doseq=True).encode()
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    return _head("POST", path, cookies) + kind + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _head(method: str, path: str, cookies: Mapping[str, str]) -> bytes:
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html", "User-Agent: bench"]
    if jar:
        lines.append(f"Cookie: {jar}")
    return "\r\n".join([*lines, ""]).encode()


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie":
            cookie, _, kept = value.strip().partition(";")[0].partition("=")
            cookies[cookie] = kept
        else:
            headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers["content-length"])) if "content-length" in headers else b""
    if "content-length" not in headers and headers.get("transfer-encoding"):
        raise ValueError("an answer without a length")
    return Answer(int(first.split()[1]), headers, cookies, body)
