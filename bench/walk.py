"""A customer going through a whole form, page by page, as a browser does: ask for each page, fill it in, send it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.blue_badge import SERVICE, Fields
from bench.http import Answer, Client, get, post

MOST_PAGES = 120
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
GO_ON = re.compile(rb'<a href="([^"]+)"[^>]*class="govuk-button"')
OF_OURSELVES: Mapping[str, Fields] = {"who": {"who": "self"}, "note": {}, "papers": {}, "check": {}}


class LostOnTheWay(Exception):
    """The form showed a page that the walk knows no answer to, or did not come to its end. Mend bench/blue_badge.py."""


@dataclass
class Walk:
    """One customer's way through the form, with the cookies of their browser. `pages` counts requests."""

    client: Client
    typed: Mapping[str, Fields]
    cookies: dict[str, str] = field(default_factory=dict)
    pages: int = 0

    async def go(self) -> bool:
        """From the start page to the confirmation. Raises LostOnTheWay, NoAnswer."""
        start = f"/services/{SERVICE}/"
        path = await self._send(start, f"/apply/{SERVICE}/begin", {})
        for _ in range(MOST_PAGES):
            name = path.rsplit("/", 1)[-1]
            if name == "sent":
                return (await self._page(path)).status == 200
            path = await self._next(path, name)
        raise LostOnTheWay(f"{MOST_PAGES} pages and no end, at {path}")

    async def _next(self, path: str, name: str) -> str:
        if name == "":
            return (await self._page(path)).location
        if name == "tasks":
            found = GO_ON.search((await self._page(path)).body)
            if found is None:
                raise LostOnTheWay(f"No way on from {path}")
            return found[1].decode()
        fields = self.typed.get(name) if "/question/" in path else OF_OURSELVES.get(name)
        if fields is None:
            raise LostOnTheWay(f"What does one answer on {path}?")
        return await self._send(path, path, fields)

    async def _send(self, page: str, path: str, fields: Fields) -> str:
        """Ask for a page, send its form, and give where that leads."""
        shown = await self._page(page)
        token = TOKEN.search(shown.body)
        if token is None:
            raise LostOnTheWay(f"{page} answered {shown.status} without a form")
        sent = await self._ask(post(path, self.cookies, {"csrfmiddlewaretoken": token[1].decode(), **fields}))
        if not sent.location:
            raise LostOnTheWay(f"{path} answered {sent.status}: it did not take {sorted(fields)}")
        return urlsplit(sent.location).path

    async def _page(self, path: str) -> Answer:
        return await self._ask(get(path, self.cookies))

    async def _ask(self, request: bytes) -> Answer:
        answer = await self.client.ask(request)
        self.cookies.update(answer.cookies)
        self.pages += 1
        return answer
