"""Each request is answered in one thread, from its first signal to its last.

Django's own handler crosses between the event loop and threads some six times a request: for its signals, for each
change from asynchronous to synchronous code, and to close the response. Every page of ours is synchronous, so all those
crossings would buy nothing and cost a third of the answer's time. Threads are kept, and so are their connections to the
database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import IO, Any, TypeVar, cast

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

Scope = dict[str, Any]
Found = TypeVar("Found")


class OneThread(ASGIHandler):
    """Django behind an asynchronous server, with the whole of a request in one of `threads` threads."""

    def __init__(self, *, threads: int) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:
        """The chain in its synchronous form, whoever asks."""
        super().load_middleware(is_async=False)

    async def handle(
        self,
        scope: Scope,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Mapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Read the whole body, answer in a thread, send the answer. One who leaves meanwhile is answered all the same: a
        thread cannot be stopped half-way.
        """
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        response = await self._in_a_thread(lambda: self._answer(scope, body))
        await self.send_response(response, send)
        if response.streaming:
            await self._in_a_thread(response.close)

    async def _in_a_thread(self, work: Callable[[], Found]) -> Found:
        """What `work` returns, done in a thread of our own with the context of this request."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, copy_context().run, work)

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        """The response. Closing it is what lets go of a connection that is broken or old, so this thread does that."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=type(self), scope=scope)
            request, refused = self.create_request(scope, body)
            response = refused or self.get_response(cast(HttpRequest, request))
            if not response.streaming:
                response.close()
            return response
