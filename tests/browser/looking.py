"""What is looked at on every page: that axe finds nothing, once for each shape of page, and that nothing is too wide."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS_FOR = {"runOnly": RULES, "resultTypes": ["violations"]}
SHAPE = Path(__file__).with_name("shape.js").read_text("utf-8")
LOOKS = Path(__file__).with_name("looks.js").read_text("utf-8")
ONCE_FOR_EACH_LOOK = "axe.configure({rules: [{id: 'color-contrast', selector: '[data-judged]'}]})"
AXE = Axe(f"{AXE_SCRIPT};{ONCE_FOR_EACH_LOOK}")
Fault = tuple[str, list[Any]]


def faults_of(page: Page) -> list[Fault]:
    """The rules of axe that the page breaks, and where. Contrast, most of the work, is judged once for each look."""
    page.evaluate(LOOKS)
    found = AXE.run(page, options=LOOKS_FOR).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def width_of(page: Page) -> int:
    """How wide the page is, in pixels: more than its screen means scrolling sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


class Seen:
    """The shapes of pages that were looked at in this run, kept in a folder that its processes share.

    Two pages have one shape when the same kinds of element are shown with the same roles and classes, whatever their
    words and however often: axe would say the same of both, so that it is asked once.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder

    def is_first(self, page: Page, width: int) -> bool:
        """True for whoever is first to come to a page of this shape on a screen of this width."""
        shape = f"{width} {page.evaluate(SHAPE)}"
        try:
            (self._folder / hashlib.sha256(shape.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
