"""Refuses a request body that is too large before anything of it is kept, in memory or on disk.

It stands in front of Django, because Django's own ASGI handler stores a whole body before any middleware runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]

DISCARD_SECONDS = 60.0
"""How long a refused body is read and thrown away. A browser shows the page only once it has sent what it began."""


class BodyTooLarge(Exception):
    """The request body is larger than this installation accepts. Sending it again cannot help; a smaller one can."""


class BodyLimit:
    """ASGI application that answers 413 with `page()` when a body exceeds `limit` bytes, declared or streamed."""

    def __init__(self, application: Application, *, limit: int, page: Callable[[], Awaitable[bytes]]) -> None:
        self.application = application
        self.limit = limit
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or refuse it."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
        elif declared_length(scope) > self.limit:
            await self._refuse(receive, send)
        else:
            await self._count(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A body sent in chunks declares no length: count it as it comes. Django answers only after the last chunk."""
        counted = 0
        is_unread = True
        has_answered = False

        async def counting() -> Message:
            nonlocal counted, is_unread
            message = await receive()
            is_unread = bool(message.get("more_body"))
            counted += len(message.get("body", b""))
            if counted > self.limit:
                raise BodyTooLarge
            return message

        async def noting(message: Message) -> None:
            nonlocal has_answered
            has_answered = True
            await send(message)

        try:
            await self.application(scope, counting, noting)
        except BodyTooLarge:
            if not has_answered:
                await self._refuse(receive, send, is_unread=is_unread)

    async def _refuse(self, receive: Receive, send: Send, *, is_unread: bool = True) -> None:
        page = await self.page()
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(page)).encode("ascii")),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": page, "more_body": True})
        if is_unread:
            await _discard(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def declared_length(scope: Scope) -> int:
    """The Content-Length of a request in bytes; 0 when it declares none or nonsense (the server checks its form)."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _discard(receive: Receive) -> None:
    try:
        async with asyncio.timeout(DISCARD_SECONDS):
            while True:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body"):
                    return
    except TimeoutError:
        return
