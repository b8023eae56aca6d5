"""A person at a browser. Every page they come to is looked at: by axe, for its width, for what the browser says."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import ConsoleMessage, Error, Page

from tests.browser.looking import Seen, faults_of, width_of
from tests.browser.site import Site

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
KEEPS_PICTURES = os.environ.get("PICTURES") == "1"
MOST_PAGES = 80
COLOURS = 160  # of a picture: enough for text and flat colours, and small
Typed = Mapping[str, Mapping[str, "str | list[str]"]]


def join_pictures(left: str, right: str, name: str) -> None:
    """Two pictures side by side as one, where both were taken."""
    paths = [PICTURES / f"{each}.png" for each in (left, right)]
    if all(path.exists() for path in paths):
        one, two = (Image.open(path).convert("RGB") for path in paths)
        height = max(one.height, two.height)
        both = Image.new("RGB", (one.width + two.width + 24, height), (255, 255, 255))
        both.paste(one, (0, (height - one.height) // 2))
        both.paste(two, (one.width + 24, (height - two.height) // 2))
        _keep(both, name)


def _keep(picture: Image.Image, name: str) -> None:
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{name}.png", optimize=True)


@dataclass
class Visitor:
    """One browser window. `complaints` are errors of scripts, refused resources and broken policies.

    `seen`: the shapes of pages that any visitor of this run has looked at before.
    """

    site: Site
    page: Page
    scripts: bool
    width: int
    seen: Seen
    complaints: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._switch = self.page.context.new_cdp_session(self.page)
        self._runs_scripts(self.scripts)
        self.page.on("pageerror", self._note_fault)
        self.page.on("console", self._note)

    def _note_fault(self, fault: Error) -> None:
        self.complaints.append(f"script: {fault}")

    def _note(self, line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"} and "status of 4" not in line.text:
            self.complaints.append(f"{self.path}: {line.text}")

    def leaves(self) -> None:
        """Leave the window to the next: what it says from here on is no complaint of this visitor's."""
        self._runs_scripts(True)
        self.page.remove_listener("pageerror", self._note_fault)
        self.page.remove_listener("console", self._note)
        self._switch.detach()

    @property
    def path(self) -> str:
        """Where the visitor is, without the host."""
        return urlsplit(self.page.url).path

    def goes_to(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.site.url}{path}")
        self.looks()

    def presses(self, name: str) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.looks()

    def follows(self, name: str) -> None:
        """Follow the link with this name."""
        self.page.get_by_role("link", name=name).first.click()
        self.looks()

    def reads(self) -> str:
        """The words of the page."""
        return self.page.locator("body").inner_text()

    def looks(self) -> None:
        """The page is accessible and no wider than the screen; each page once for each visitor.

        axe is not asked again about a page of a shape that somebody with as wide a screen has had.
        """
        self.page.wait_for_load_state()
        key = self.path + self.page.title()
        if key in self.looked_at:
            return
        self.looked_at.add(key)
        self._runs_scripts(True)
        faults = faults_of(self.page) if self.seen.is_first(self.page, self.width) else []
        wide = width_of(self.page)
        self._runs_scripts(self.scripts)
        assert not faults, f"{self.path}: {faults}"
        assert wide <= self.width, f"{self.path} is {wide} wide on a screen of {self.width}"

    def _runs_scripts(self, does: bool) -> None:
        """Scripts on or off from here on; those that a page left out while it was loaded stay out."""
        self._switch.send("Emulation.setScriptExecutionDisabled", {"value": not does})

    def pictures(self, name: str) -> None:
        """Keep a picture of the page for the documentation, where the run was asked to."""
        if not KEEPS_PICTURES:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        taken = self.page.screenshot(animations="disabled", caret="hide", scale="css")
        _keep(Image.open(io.BytesIO(taken)), name)

    def types(self, fields: Mapping[str, str | list[str]]) -> None:
        """Fill in fields by their names: text, one choice, or several."""
        for name, value in fields.items():
            self._types_one(name, value)

    def _types_one(self, name: str, value: str | list[str]) -> None:
        every = self.page.locator(f'[name="{name}"]:not([type="hidden"])')
        kind = every.first.get_attribute("type") or "text"
        if kind in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                self.page.locator(f'[name="{name}"][value="{one}"]').check()
        else:
            every.first.fill(str(value))

    def fills_in(self, typed: Typed, *, until: str = "check") -> None:
        """Go on from page to page of a form until the address ends in `until`."""
        for _ in range(MOST_PAGES):
            if self.path.rstrip("/").rsplit("/", 1)[-1] == until:
                return
            self._one_page(typed)
        raise AssertionError(f"{MOST_PAGES} pages and no {until}: at {self.path}")

    def _one_page(self, typed: Typed) -> None:
        before, name = self.path, self.path.rsplit("/", 1)[-1]
        if name == "tasks":
            self.page.get_by_role("button", name="Continue").click()
        elif name in typed:
            self._answers(typed[name])
        elif name in {"note", "papers"}:
            self.page.get_by_role("button", name=re.compile("^Continue")).click()
        else:
            raise AssertionError(f"What does one answer on {self.path}?\n{self.reads()}")
        self.looks()
        assert self.path != before, f"{before} was not taken:\n{self.reads()}"

    def _answers(self, fields: Mapping[str, str | list[str]]) -> None:
        self.types(fields)
        if any(each.endswith("-postcode-search") for each in fields):
            self.presses("Find the address")
            self.page.get_by_role("radio").first.check()
        without = self.page.get_by_role("button", name=re.compile("without a file|later$"))
        if not fields and without.count():
            without.first.click()
        else:
            self.page.get_by_role("button", name="Continue").click()
