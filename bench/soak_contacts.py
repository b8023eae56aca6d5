"""The contacts of a soak: a call at the desk, an application by the web form, a look at how one's case stands."""

from __future__ import annotations

import re
from asyncio import Queue
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from time import monotonic
from typing import Any

from bench.blue_badge import SERVICE
from bench.http import Answer, Client, NoAnswer, get, post

CHOSEN = re.compile(rb'name="customer" value="([^"]+)"')
TOLD = re.compile(rb'action="[^"]*told/".*?name="case" value="([^"]+)"', re.DOTALL)
ENQUIRY = re.compile(rb"/enquiries/([0-9a-f-]{36})/close/")
DESK = "/staff/desk/"


class WentWrong(Exception):
    """A page answered otherwise than it should; the message says which, with its status."""


@dataclass
class Browser:
    """Cookies and token of somebody, and how long each answer took. `times` maps kinds of pages to seconds."""

    client: Client
    cookies: dict[str, str]
    token: str
    times: dict[str, list[float]]

    async def page(self, name: str, path: str) -> Answer:
        """Ask for a page that must be there."""
        return await self._ask(name, get(path, self.cookies), 200)

    async def send(self, name: str, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form that must be taken."""
        return await self._ask(
            name, post(path, self.cookies, {"csrfmiddlewaretoken": self.token, **fields}), 302
        )

    async def _ask(self, name: str, request: bytes, wanted: int) -> Answer:
        since = monotonic()
        try:
            answer = await self.client.ask(request)
        except (NoAnswer, OSError) as fault:
            raise WentWrong(f"{name}: no answer") from fault
        self.times.setdefault(name, []).append(monotonic() - since)
        if answer.status != wanted:
            raise WentWrong(f"{name}: {answer.status}")
        self.cookies.update(answer.cookies)
        return answer


@dataclass
class Stock:
    """What there is to do contacts with. Each advisor has one contact in hand at a time."""

    client: Client
    forms: Iterator[dict[str, Any]]
    cases: list[dict[str, Any]]
    advisors: Queue[dict[str, Any]]
    times: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._asked_after = cycle(self.cases)
        self._callers = 0

    def _browser(self, known: Mapping[str, Any]) -> Browser:
        return Browser(self.client, dict(known["cookies"]), str(known["token"]), self.times)

    async def web_form(self) -> None:
        """Somebody finds the service, and sends the application that they filled in."""
        sent = next(self.forms, None)
        if sent is None:
            raise WentWrong("web form: no application was left to send")
        browser = self._browser(sent)
        await browser.page("find", "/find?q=blue+badge")
        await browser.page("service", f"/services/{SERVICE}/")
        await browser.send("form sent", f"/apply/{SERVICE}/check", {})
        await browser.page("confirmation", f"/apply/{SERVICE}/sent")

    async def look_up(self) -> None:
        """Somebody asks by reference and surname; another, whom we let in before, reads how their case stands."""
        known = next(self._asked_after)
        browser = self._browser(known)
        await browser.page("track", "/track/case")
        await browser.send("track asked", "/track", {name: known[name] for name in ("reference", "surname")})

    async def status_call(self) -> None:
        """A known customer rings; they are found by name and told how their case stands."""
        known = next(self._asked_after)
        await self._at_the_desk(known["name"], known=True)

    async def look_at(self, path: str) -> None:
        """An advisor looks at a page of theirs."""
        advisor = await self.advisors.get()
        try:
            await self._browser(advisor).page(path, path)
        finally:
            self.advisors.put_nowait(advisor)

    async def first_call(self) -> None:
        """Somebody new rings with a question, and is answered."""
        self._callers += 1
        await self._at_the_desk(f"Newcomer Number{self._callers}", known=False)

    async def _at_the_desk(self, name: str, *, known: bool) -> None:
        advisor = await self.advisors.get()
        try:
            browser = self._browser(advisor)
            begun = await browser.send("call taken", f"{DESK}begin/", {"q": name, "way": "phone"})
            page = begun.location
            shown = await browser.page("call", page)
            await (self._tell(browser, page, shown) if known else self._answer(browser, page, name))
        finally:
            self.advisors.put_nowait(advisor)

    async def _tell(self, browser: Browser, page: str, shown: Answer) -> None:
        customer = _found(CHOSEN, shown, "call: the customer was not found")
        await browser.send("customer chosen", f"{page}who/", {"customer": customer})
        shown = await browser.page("call", page)
        case = _found(TOLD, shown, "call: the customer has no case to tell of")
        told = {"case": case, "words": "Told how it stands.", "then": "end"}
        await browser.send("call closed", f"{page}told/", told)

    async def _answer(self, browser: Browser, page: str, name: str) -> None:
        await browser.send("customer new", f"{page}new/", {"full_name": name})
        await browser.send("enquiry", f"{page}enquiries/", {"subject": f"{SERVICE}/apply"})
        shown = await browser.page("call", page)
        enquiry = _found(ENQUIRY, shown, "call: the enquiry does not show")
        close = {"outcome": "answered", "words": "Told how to apply.", "then": "end"}
        await browser.send("call closed", f"{page}enquiries/{enquiry}/close/", close)


def _found(pattern: re.Pattern[bytes], shown: Answer, otherwise: str) -> str:
    found = pattern.search(shown.body)
    if found is None:
        raise WentWrong(otherwise)
    return found[1].decode()
