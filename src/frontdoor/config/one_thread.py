"""Each request is answered in one thread, from the first middleware to the last.

Django's own handler crosses between the event loop and threads once for each change from asynchronous to synchronous
code; every page of ours is synchronous, so all those crossings would buy nothing and cost a third of the answer's time.
Threads are kept, and so are their connections to the database.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneThread(ASGIHandler):
    """Django behind an asynchronous server, with the whole of a request in one of `threads` threads."""

    def __init__(self, *, threads: int) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:
        """The chain in its synchronous form, whoever asks."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The response, worked out in a thread of our own with the context of this request."""
        context = copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, context.run, self._answer, request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        """Django looks after connections at the start and end of a request, but in another thread than this."""
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()
