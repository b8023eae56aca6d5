"""As a manager: the figures, the report for a committee, the contacts behind a figure; on a desk and on a phone."""

from __future__ import annotations

from time import sleep

import pytest

from frontdoor.demo.people import PASSWORD
from tests.browser.conftest import DESK, PHONE, VisitorMaker
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
PARTS = {
    "": "Figures",
    "report/": "Customer service report",
    "contacts/": "Contacts behind a figure",
}
COUNTED_WITHIN = 90  # looks, a second apart: the worker counts each minute


def manager(visitor: VisitorMaker, *, scripts: bool, size: tuple[int, int]) -> Visitor:
    """Somebody who may see figures, at the figures."""
    person = visitor(scripts=scripts, size=size)
    person.goes_to("/staff/figures/")
    person.types({"login": "manager@wealdmoor.example", "password": PASSWORD})
    person.presses("Sign in")
    return person


@pytest.mark.parametrize(
    ("scripts", "size"), [(True, DESK), (False, PHONE)], ids=["desk", "phone-no-scripts"]
)
def test_figures_are_counted_and_shown(visitor: VisitorMaker, scripts: bool, size: tuple[int, int]) -> None:
    person = manager(visitor, scripts=scripts, size=size)
    for _ in range(COUNTED_WITHIN):
        person.goes_to("/staff/figures/")
        if person.page.locator("dl.fd-stats").count():
            break
        sleep(1)
    assert "Blue Badge" in person.reads()
    if scripts:
        person.pictures("manager-figures")
    for part, title in PARTS.items():
        person.goes_to(f"/staff/figures/{part}")
        assert person.page.get_by_role("heading", level=1).inner_text() == title
    person.goes_to("/staff/figures/?from=2026-05-02&to=2026-05-01")
    assert "ends before it begins" in person.reads()
