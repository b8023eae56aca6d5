"""Browser windows, lent to one visitor after another: a new one costs a second of work, an emptied one almost none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Browser, Geolocation, Page

PATIENCE = 60_000  # milliseconds: a busy machine is no fault of the pages
OWLERTHORPE_ROAD: Geolocation = {"latitude": 54.70425, "longitude": 2.12978}
NOTHING_TO_SEE = "/healthz"


class Windows:
    """Windows on one site. Each remembers nothing of whoever had it before: no cookies and nothing that pages stored."""

    def __init__(self, chromium: Browser, site: str) -> None:
        self._chromium = chromium
        self._site = site
        self._idle: list[Page] = []

    def lend(self, *, size: tuple[int, int], cookies: Sequence[Any]) -> Page:
        """An empty window of this size; with the cookies of somebody who has signed in before, where there are any."""
        page = self._idle.pop() if self._idle else self._new()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if cookies:
            page.context.add_cookies(cookies)
        return page

    def take_back(self, page: Page) -> None:
        """Empty the window for the next visitor."""
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.goto(f"{self._site}{NOTHING_TO_SEE}")
        page.context.clear_cookies()
        switch = page.context.new_cdp_session(page)
        switch.send("Storage.clearDataForOrigin", {"origin": self._site, "storageTypes": "all"})
        switch.detach()
        self._idle.append(page)

    def _new(self) -> Page:
        context = self._chromium.new_context(
            locale="en-GB", geolocation=OWLERTHORPE_ROAD, permissions=["geolocation"]
        )
        context.set_default_timeout(PATIENCE)
        return context.new_page()
