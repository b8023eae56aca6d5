"""A body that is too large is refused before anything keeps it, whether it says its length or not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from frontdoor.config import body_limit
from frontdoor.config.body_limit import BodyLimit, Message, Receive, Scope, Send, declared_length

LIMIT = 10
PAGE = b"too large"


class Kept:
    """An application that reads the whole body and answers with its length."""

    def __init__(self) -> None:
        self.body: bytes | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        self.body = body
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})


async def _page() -> bytes:
    return PAGE


def ask(
    application: Kept, chunks: Iterable[bytes], headers: list[tuple[bytes, bytes]]
) -> tuple[int, bytes, int]:
    """Status, answer, and how many chunks were left unread."""
    waiting = list(chunks)
    said: list[Message] = []

    async def receive() -> Message:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        said.append(message)

    scope: dict[str, Any] = {"type": "http", "headers": headers}
    asyncio.run(BodyLimit(application, limit=LIMIT, page=_page)(scope, receive, send))
    answer = b"".join(message.get("body", b"") for message in said)
    return said[0]["status"], answer, len(waiting)


def length(size: int) -> list[tuple[bytes, bytes]]:
    return [(b"content-length", str(size).encode())]


@pytest.mark.parametrize("headers", [length(10), []], ids=["declared", "chunked"])
def test_body_of_exactly_the_limit_is_handed_on(headers: list[tuple[bytes, bytes]]) -> None:
    kept = Kept()
    assert ask(kept, [b"12345", b"67890"], headers) == (200, b"ok", 0)
    assert kept.body == b"1234567890"


def test_declared_length_over_the_limit_never_reaches_the_application() -> None:
    kept = Kept()
    assert ask(kept, [b"12345", b"67890", b"1"], length(11)) == (413, PAGE, 0)
    assert kept.body is None


def test_chunks_over_the_limit_are_refused_as_they_come_and_the_rest_is_thrown_away() -> None:
    kept = Kept()
    assert ask(kept, [b"123456", b"123456", b"123456"], []) == (413, PAGE, 0)
    assert kept.body is None


def test_length_that_is_a_lie_is_found_out_by_counting() -> None:
    kept = Kept()
    assert ask(kept, [b"123456", b"123456"], length(6))[0] == 413
    assert kept.body is None


def test_refused_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_limit, "DISCARD_SECONDS", 0.05)
    said: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Message) -> None:
        said.append(message)

    limit = BodyLimit(Kept(), limit=LIMIT, page=_page)
    asyncio.run(limit({"type": "http", "headers": length(11)}, receive, send))
    assert [message["type"] for message in said] == ["http.response.start"] + ["http.response.body"] * 2


def test_other_traffic_is_handed_on_untouched() -> None:
    seen: list[str] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        return None

    asyncio.run(BodyLimit(application, limit=LIMIT, page=_page)({"type": "lifespan"}, nothing, nothing))
    assert seen == ["lifespan"]


@pytest.mark.parametrize(("value", "bytes_"), [(b"12", 12), (b"-1", 0), (b"x", 0), (b"", 0)])
def test_declared_length_reads_only_digits(value: bytes, bytes_: int) -> None:
    assert declared_length({"headers": [(b"host", b"x"), (b"content-length", value)]}) == bytes_
